import { noteLanguages, noteLanguagesOfVillage } from '../modules/registry/index.ts';
import { spokenLanguages } from '../shared/channels.ts';
import { invalid } from '../shared/errors.ts';
import { findPlace } from './find-place.ts';
import { subjectOf } from './household-verbs.ts';
import { choicesOption, dateOption } from './read-options.ts';
import { type OptionValues, textOf, type Verb } from './verb.ts';

const OPTIONS = [
  { flags: '--understands <LANGUAGES>', required: true, help: 'languages-understands' },
  { flags: '--reads <LANGUAGES>', help: 'languages-reads' },
  { flags: '--from <DATE>', help: 'languages-from' },
];

/** `none` = nobody there reads; left out = as known before. */
const said = (options: OptionValues) => {
  const read = choicesOption(options, 'reads', [...spokenLanguages, 'none']);
  const languagesRead = read?.filter((each) => each !== 'none') ?? null;
  if (read?.includes('none') && read.length > 1) throw invalid('languages.both');
  return {
    languages: choicesOption(options, 'understands', spokenLanguages) ?? [],
    languagesRead,
    from: dateOption(options, 'from'),
  };
};

const householdVerb: Verb = {
  group: 'household',
  name: 'languages',
  words: ['<ID>'],
  options: OPTIONS,
  run: async ({ session, words: [text = ''], options }) => {
    const asked = said(options);
    const subjectId = await subjectOf(session, text);
    const { households } = await session.ask(noteLanguages, { subjectIds: [subjectId], ...asked });
    session.terminal.result({ subjectId, changed: households > 0 });
    session.terminal.line(households > 0 ? 'cli.languages.noted' : 'cli.languages.same');
    return undefined;
  },
};

const villageVerb: Verb = {
  group: 'household',
  name: 'languages-village',
  words: ['<PLACE>'],
  options: [
    { flags: '--ethnicity <TEXT>', required: true, help: 'languages-ethnicity' },
    ...OPTIONS,
    { flags: '--all', help: 'languages-all' },
    { flags: '--dry-run' },
  ],
  run: async ({ session, words: [text = ''], options }) => {
    const asked = said(options);
    const villageId = await findPlace(session, text, session.today);
    const commit = options.dryRun !== true;
    const done = await session.ask(noteLanguagesOfVillage, {
      ...{ villageId, ethnicity: textOf(options, 'ethnicity') ?? '' },
      ...asked,
      ...{ onlyUnknown: options.all !== true, commit },
    });
    session.terminal.result({ ...done, committed: commit });
    const { households, unknownBefore } = done;
    session.terminal.line(commit ? 'cli.languages.village' : 'cli.languages.village-dry', {
      households,
      unknownBefore,
    });
    return undefined;
  },
};

export const languageVerbs: readonly Verb[] = [householdVerb, villageVerb];
