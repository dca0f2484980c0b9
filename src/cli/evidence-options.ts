import { getLineForm, listLines } from '../modules/delivery/index.ts';
import { type SpokenLanguage, spokenLanguages } from '../shared/channels.ts';
import type { Day } from '../shared/dates.ts';
import { invalid, notFound } from '../shared/errors.ts';
import { isId } from '../shared/ids.ts';
import { fold } from '../shared/text.ts';
import { findPlace } from './find-place.ts';
import { choiceOption, choicesOption, dateOption } from './read-options.ts';
import type { Session } from './session.ts';
import { type OptionSpec, type OptionValues, textOf } from './verb.ts';

export const lineOption: OptionSpec = { flags: '--line <LINE>', required: true, help: 'evidence-line' };
export const villageOption: OptionSpec = { flags: '--village <VILLAGE>', required: true };

/** What every record of evidence is told. */
export const evidenceOptions: readonly OptionSpec[] = [
  lineOption,
  { flags: '--date <DATE>', required: true, help: 'evidence-date' },
  { flags: '--language <LANGUAGE>', required: true },
  { flags: '--proof <PROOF>', required: true },
  { flags: '--note <TEXT>', help: 'evidence-note' },
  { flags: '--dry-run' },
];

/** A line as people name it, `ke-hoach-2026:3`, or its id. */
export const findLine = async (session: Session, text: string): Promise<string> => {
  const asked = text.trim();
  if (isId(asked)) return asked;
  const [code = '', position = ''] = asked.split(':');
  const lines = await session.ask(listLines, {});
  const found = lines.find((line) => line.planCode === code.trim() && String(line.position) === position.trim());
  if (!found) throw notFound('cli.evidence.no-line', { line: text });
  return found.lineId;
};

type LineForm = Awaited<ReturnType<typeof getLineForm.run>>;

/** A village of the line, by its name alone where only one has it; else as every place is found. */
export const villageOfLine = async (
  session: Session,
  { villages }: LineForm,
  text: string,
  on: Day,
): Promise<string> => {
  const named = villages.filter(({ name }) => [name, name.split(',')[0]!].some((each) => fold(each) === fold(text)));
  return named.length === 1 ? named[0]!.placeId : findPlace(session, text, on);
};

/** One village each, parted by semicolons (or commas, when no name has its commune behind it); `all` = every one of the line. */
export const villagesOf = async (session: Session, form: LineForm, text: string, on: Day): Promise<string[]> => {
  if (text.trim() === 'all') return form.villages.map(({ placeId }) => placeId);
  const parts = text.split(text.includes(';') ? ';' : ',').map((part) => part.trim());
  const found: string[] = [];
  for (const part of parts.filter(Boolean)) found.push(await villageOfLine(session, form, part, on));
  if (found.length === 0) throw invalid('evidence.villages');
  return found;
};

export interface EvidenceAsked<P extends string> {
  readonly lineId: string;
  readonly happenedOn: Day;
  readonly language: SpokenLanguage;
  readonly proof: P;
  readonly note: string;
  readonly commit: boolean;
}

/** Line, day, language and proof as typed, and how villages are found for them. */
export const readEvidence = async <P extends string>(session: Session, options: OptionValues, proofs: readonly P[]) => {
  const happenedOn = dateOption(options, 'date')!;
  const language = choiceOption(options, 'language', spokenLanguages)!;
  const proof = choiceOption(options, 'proof', proofs)!;
  const lineId = await findLine(session, textOf(options, 'line') ?? '');
  const form = await session.ask(getLineForm, { lineId, on: happenedOn });
  const asked: EvidenceAsked<P> = {
    ...{ lineId, happenedOn, language, proof },
    note: textOf(options, 'note') ?? '',
    commit: options.dryRun !== true,
  };
  return {
    asked,
    form,
    alsoIn: choicesOption(options, 'alsoIn', spokenLanguages) ?? [],
    village: () => villageOfLine(session, form, textOf(options, 'village') ?? '', happenedOn),
    villages: () => villagesOf(session, form, textOf(options, 'villages') ?? '', happenedOn),
  };
};
