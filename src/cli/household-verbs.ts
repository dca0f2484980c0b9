import { findHouseholds, getHousehold, listedClasses } from '../modules/registry/index.ts';
import { addDays, showDay } from '../shared/dates.ts';
import { conflict, notFound } from '../shared/errors.ts';
import { isId } from '../shared/ids.ts';
import { showPhone } from '../shared/phone.ts';
import type { Say } from '../shared/words/index.ts';
import { findPlace } from './find-place.ts';
import { choicesOption, countOption } from './read-options.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';
import { textOf, type Verb } from './verb.ts';

type Household = Awaited<ReturnType<typeof getHousehold.run>>;

const columns = (terminal: Terminal, ...names: string[]): string[] =>
  names.map((name) => terminal.say(`cli.column.${name}`));

const findVerb: Verb = {
  group: 'household',
  name: 'find',
  words: ['<TEXT>'],
  options: [{ flags: '--place <PLACE>' }, { flags: '--classes <CLASSES>' }, { flags: '--limit <NUMBER>' }],
  run: async ({ session, words: [text = ''], options }) => {
    const { terminal } = session;
    const classes = choicesOption(options, 'classes', listedClasses);
    const limit = countOption(options, 'limit', 200) ?? 50;
    const place = textOf(options, 'place');
    const placeId = place === undefined ? undefined : await findPlace(session, place, session.today);
    const { rows, total } = await session.ask(findHouseholds, { text, placeId, classes, limit });
    terminal.result({ total, households: rows });
    terminal.line('cli.household.found', { count: total });
    if (rows.some(({ synthetic }) => synthetic)) terminal.line('cli.household.synthetic-all');
    if (rows.length > 0)
      terminal.table(
        columns(terminal, 'household', 'head', 'village', 'class', 'since', 'people', 'mobiles', 'id'),
        rows.map((row) => [
          row.code,
          row.headName,
          row.endedOn ? terminal.say('cli.household.ended-short', { on: showDay(row.endedOn) }) : row.village,
          row.class && terminal.say(`class.${row.class}`),
          row.classFrom && showDay(row.classFrom),
          row.endedOn ? null : (row.size ?? row.members),
          row.endedOn ? null : row.mobiles,
          row.subjectId,
        ]),
      );
    if (rows.length < total) terminal.line('cli.first-only', { count: rows.length });
    return undefined;
  },
};

/** An id, or the code of a household; of one that is there today rather than of one that ended. */
export const subjectOf = async (session: Session, text: string): Promise<string> => {
  if (isId(text.trim())) return text.trim();
  const wanted = text.trim();
  // Codes are written in capitals, people type as they like.
  for (const code of new Set([wanted, wanted.toUpperCase()])) {
    const { rows, total } = await session.ask(findHouseholds, { text: code, limit: 200 });
    const alike = rows.filter((row) => row.code === code);
    const there = alike.filter(({ endedOn }) => endedOn === null);
    const found = there.length > 0 ? there : alike.length > 0 ? alike : total === 1 ? rows : [];
    // Communes that number their lists anew give one code to several households: nobody may be taken for another.
    if (found.length > 1)
      throw conflict('cli.several-households', {
        value: code,
        ids: found.map(({ headName, subjectId }) => `${headName ?? ''} ${subjectId}`).join('; '),
      });
    if (found[0]) return found[0].subjectId;
  }
  throw notFound('cli.no-household', { value: text });
};

const dates = ({ validFrom, validTo }: { validFrom: string; validTo: string | null }): string =>
  `${showDay(validFrom)} – ${validTo ? showDay(addDays(validTo, -1)) : '…'}`;

/** What the last lists said of how a household lives, in one line. */
const profileText = (say: Say, fact: Household['profile'][number]): string => {
  const named = (key: string, values: readonly string[] | null, word?: string) =>
    values && values.length > 0
      ? `${say(key)}: ${values.map((value) => (word ? say(`${word}.${value}`) : value)).join(', ')}`
      : '';
  const single = (key: string, value: string | null) => (value ? `${say(key)}: ${value}` : '');
  return [
    fact.size === null ? '' : say('page.household.people-count', { count: fact.size }),
    single('list.field.ethnicity', fact.ethnicity),
    named('page.household.languages', fact.languages, 'language'),
    named('page.household.languages-read', fact.languagesRead, 'language'),
    named('page.household.devices', fact.devices, 'device'),
    single('list.field.livelihood', fact.livelihood),
    named('list.field.causes', fact.causes),
    single('list.field.needs', fact.needs),
    named('list.field.groups', fact.groups),
    single('list.field.notes', fact.notes),
  ]
    .filter(Boolean)
    .join(' · ');
};

const refusedText = (say: Say, { since, how }: NonNullable<Household['contacts'][number]['refusal']>): string =>
  say('refusal.since', { day: showDay(since), how: say(`refusal-how.${how}`) });

const showFacts = (terminal: Terminal, household: Household): void => {
  const { say } = terminal;
  const lists = (texts: readonly string[] | null | undefined) => (texts ?? []).join(', ');
  const lines: [string, string, string, string | null][] = [
    ...household.residency.map((fact): [string, string, string, string | null] => [
      'residency',
      household.villages.find(
        ({ villageId, validFrom }) => villageId === fact.villageId && validFrom === fact.validFrom,
      )?.name ?? '',
      dates(fact),
      fact.fileName,
    ]),
    ...household.classification.map((fact): [string, string, string, string | null] => [
      'classification',
      [
        say(`class.${fact.class}`),
        fact.origin && say(`origin.${fact.origin}`),
        fact.b1 !== null && `B1 ${fact.b1}`,
        fact.b2 !== null && `B2 ${fact.b2}`,
        fact.decisionNumber,
      ]
        .filter(Boolean)
        .join(', '),
      dates(fact),
      fact.fileName,
    ]),
    ...household.deprivation.map((fact): [string, string, string, string | null] => [
      'deprivation',
      lists(fact.indicators.flatMap((lacking, at) => (lacking ? [say(`indicator.d${at + 1}`)] : []))) || '–',
      dates(fact),
      fact.fileName,
    ]),
    ...household.profile.map((fact): [string, string, string, string | null] => [
      'profile',
      profileText(say, fact),
      dates(fact),
      fact.fileName,
    ]),
    ...household.contacts.map((fact): [string, string, string, string | null] => [
      'contact',
      `${/^\+84/u.test(fact.value) ? showPhone(fact.value) : fact.value}${fact.refusal ? ` · ${refusedText(say, fact.refusal)}` : ''}`,
      dates(fact),
      fact.fileName,
    ]),
  ];
  terminal.gap();
  terminal.table(
    columns(terminal, 'fact', 'says', 'dates', 'file'),
    lines.map(([kind, ...rest]) => [say(`cli.fact.${kind}`), ...rest]),
  );
};

const showPeople = (terminal: Terminal, { people }: Household): void => {
  const { say } = terminal;
  terminal.gap();
  terminal.table(
    columns(terminal, 'name', 'relation', 'born', 'sex', 'dates'),
    people.map((person) => [
      person.name,
      person.isHead ? say('cli.household.head') : person.relation,
      person.born && showDay(person.born, person.bornPrecision ?? 'day'),
      person.sex && say(`cli.sex.${person.sex}`),
      dates(person),
    ]),
  );
};

const showVerb: Verb = {
  group: 'household',
  name: 'show',
  words: ['<ID>'],
  options: [],
  run: async ({ session, words: [text = ''] }) => {
    const { terminal } = session;
    const household = await session.ask(getHousehold, { subjectId: await subjectOf(session, text) });
    terminal.result(household);
    terminal.line('cli.household.title', {
      code: household.code,
      from: showDay(household.existsFrom),
      id: household.subjectId,
    });
    if (household.synthetic) terminal.line('cli.household.synthetic');
    if (household.existsTo) terminal.line('cli.household.ended', { on: showDay(addDays(household.existsTo, -1)) });
    showFacts(terminal, household);
    showPeople(terminal, household);
    return undefined;
  },
};

export const householdVerbs: readonly Verb[] = [findVerb, showVerb];
