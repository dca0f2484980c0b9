import {
  assignFollowUp,
  listLeftBehind,
  previewFollowUp,
  type Step,
  steps,
  undoFollowUp,
} from '../../../modules/coverage/index.ts';
import { AppError } from '../../../shared/errors.ts';
import { isId } from '../../../shared/ids.ts';
import { type Form, type PageRequest, page, type Reply, type View } from '../../page.ts';
import { textOf, textsOf } from '../../typed.ts';
import { typedDay } from '../typed-day.ts';
import { type AskedPage, addressOf, askedOf } from './asked.ts';
import { summaryView } from './summary.tsx';

const ofForm = (form: Form): AskedPage =>
  askedOf({ typed: { values: form, error: undefined, kept: false }, query: {} });

/** The lines meant: the one asked for, or all of the plan; of each household those that it misses. */
const linesMeant = async ({ execute }: PageRequest, { lineId, planCode }: AskedPage): Promise<string[]> => {
  if (lineId) return [lineId];
  const { lines } = await execute(listLeftBehind, { planCode, limit: 1 });
  return lines.map((line) => line.lineId);
};

/** What the form asks for, as the use cases take it. */
const meant = async (request: PageRequest, asked: AskedPage) => {
  const { form } = request;
  const all = textsOf(form, 'all').includes('list');
  const [ownerId, step] = [textOf(form, 'ownerId'), textOf(form, 'step')];
  const { placeId, reason, owner, text } = asked;
  return {
    lineIds: await linesMeant(request, asked),
    subjectIds: all ? null : [...textsOf(form, 'subject')],
    all: all ? { placeId, reason, owner, text } : null,
    ownerId: isId(ownerId) ? ownerId : null,
    ownerName: textOf(form, 'ownerName'),
    dueOn: typedDay(textOf(form, 'dueOn')),
    step: step === '' ? null : (steps.find((each) => each === step) ?? (step as Step)),
    note: textOf(form, 'note'),
  };
};

/** First what would come of it; then, when that was seen, it is done: what was shown, or nothing. */
const assign = async (request: PageRequest, asked: AskedPage): Promise<Reply> => {
  const { form, execute } = request;
  const wanted = await meant(request, asked);
  if (textOf(form, 'sure') !== 'yes')
    return summaryView(request, await execute(previewFollowUp, { ...wanted, existing: 'keep' }), wanted.dueOn);
  const again = textsOf(form, 'again').includes('yes');
  const [count, open] = [textOf(form, 'count'), textOf(form, 'open')];
  const { households, visits, undo } = await execute(assignFollowUp, {
    ...wanted,
    existing: again ? 'replace' : 'keep',
    expected: count === '' ? null : Number(count) + (again ? Number(open) : 0),
  });
  const made = undo && { first: undo.first, last: undo.last, at: undo.at.toISOString(), made: String(undo.made) };
  return {
    redirect: addressOf(asked, { assigned: String(households), visits: String(visits), ...made }),
  };
};

/** `view` draws the list, with what was typed. */
export const assignPages = (view: (request: PageRequest) => Promise<View>) => [
  page({
    method: 'POST',
    path: '/left-behind/assign',
    signedIn: true,
    formAt: () => '/left-behind',
    again: view,
    handle: async (request) => {
      const { form } = request;
      const asked = ofForm(form);
      // A page whose choice was lost is drawn again, not failed.
      if (asked.what === '') throw new AppError('invalid', 'left-behind.line-or-plan');
      if (textOf(form, 'back') === 'yes')
        return view({ ...request, typed: { values: form, error: undefined, kept: false } });
      return assign(request, asked);
    },
  }),
  page({
    method: 'POST',
    path: '/left-behind/undo',
    signedIn: true,
    formAt: () => '/left-behind',
    again: view,
    handle: async ({ form, execute }) => {
      const { visits, left } = await execute(undoFollowUp, {
        ...{ first: textOf(form, 'first'), last: textOf(form, 'last') },
        ...{ at: textOf(form, 'at'), made: textOf(form, 'made') },
      });
      const stayed: Record<string, string> = visits > 0 ? { left: String(left) } : {};
      return { redirect: addressOf(ofForm(form), { undone: String(visits), ...stayed }) };
    },
  }),
];
