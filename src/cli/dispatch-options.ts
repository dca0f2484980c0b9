import { type DispatchView, getLineForm, listDispatches, readingRules } from '../modules/delivery/index.ts';
import { invalid, notFound } from '../shared/errors.ts';
import { isId } from '../shared/ids.ts';
import { villagesOf } from './evidence-options.ts';
import { findLine } from './find-line.ts';
import { choiceOption, countOption } from './read-options.ts';
import type { Session } from './session.ts';
import { type OptionSpec, type OptionValues, textOf } from './verb.ts';

/** What is chosen of a sending beside its line. */
export const choiceOptions: readonly OptionSpec[] = [
  { flags: '--plain', help: 'dispatch-plain' },
  { flags: '--village <VILLAGES>', help: 'dispatch-village' },
  { flags: '--all', help: 'dispatch-all' },
  { flags: '--reading <WHO>', help: 'dispatch-reading' },
  { flags: '--hour <TEXT>', help: 'dispatch-hour' },
  { flags: '--where <TEXT>', help: 'dispatch-where' },
  { flags: '--urgent <WHY>', help: 'dispatch-urgent' },
];

export const waitOptions: readonly OptionSpec[] = [
  { flags: '--wait', help: 'dispatch-wait' },
  { flags: '--wait-minutes <NUMBER>', help: 'dispatch-wait-minutes' },
];

/** A sending without its time limit ends here; networks that are up bring most receipts within a minute. */
const WAIT_MINUTES = 5;
const LONGEST_WAIT = 1_440;

/** How long to wait for the end, in minutes; undefined = not at all. A limit alone asks for waiting too. */
export const waitOption = (options: OptionValues): number | undefined => {
  const text = textOf(options, 'waitMinutes');
  const minutes = countOption({ 'wait-minutes': text }, 'wait-minutes', LONGEST_WAIT);
  return minutes ?? (options.wait === true ? WAIT_MINUTES : undefined);
};

const placesIn = async (session: Session, lineId: string, text: string | undefined): Promise<string[]> => {
  if (text === undefined) return [];
  const form = await session.ask(getLineForm, { lineId });
  return villagesOf(session, form, text, session.today);
};

/** The choices as they were typed, for a line. */
export const readChoices = async (session: Session, lineId: string, options: OptionValues) => ({
  lineId,
  formKind: options.plain === true ? ('sms-plain' as const) : ('sms' as const),
  placeIds: await placesIn(session, lineId, textOf(options, 'village')),
  onlyMissing: options.all !== true,
  reading: choiceOption(options, 'reading', readingRules) ?? ('maybe' as const),
  hour: textOf(options, 'hour') ?? '',
  where: textOf(options, 'where') ?? '',
  urgentReason: textOf(options, 'urgent') ?? '',
});

export type Choices = Omit<Awaited<ReturnType<typeof readChoices>>, 'formKind'> & {
  readonly formKind: DispatchView['formKind'];
  readonly retryOf?: string;
  readonly alsoUncertain?: boolean;
};

/** A sending as it is typed: its id, or plan, line and run ("hanh-phuc-2026:1:2"). @returns its id */
export const findDispatch = async (session: Session, text: string): Promise<string> => {
  const asked = text.trim();
  if (isId(asked)) return asked;
  const [, line, run] = /^([^:\s]+:\d{1,4}):(\d{1,4})$/u.exec(asked) ?? [];
  if (!line) throw invalid('cli.dispatch.asked', { value: text });
  const { lineId } = await findLine(session, line);
  const { dispatches } = await session.ask(listDispatches, { lineId, limit: 200 });
  const found = dispatches.find((each) => each.run === Number(run));
  if (!found) throw notFound('cli.dispatch.no-run', { value: text, count: dispatches.length });
  return found.dispatchId;
};
