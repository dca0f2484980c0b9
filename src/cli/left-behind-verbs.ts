import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  assignFollowUp,
  type LeftBehind,
  listLeftBehind,
  reasons,
  sheetDocument,
  steps,
  villageSheet,
} from '../modules/coverage/index.ts';
import { listAgents } from '../modules/identity/index.ts';
import { showDay } from '../shared/dates.ts';
import { invalid, notFound } from '../shared/errors.ts';
import { showPhone } from '../shared/phone.ts';
import type { Say } from '../shared/words/index.ts';
import { keyOf, sayOf } from '../shared/words/units.ts';
import { findLine, findLineOrPlan } from './find-line.ts';
import { findPlace } from './find-place.ts';
import { choiceOption, countOption, dateOption } from './read-options.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';
import { textOf, type Verb } from './verb.ts';

type Found = Awaited<ReturnType<typeof listLeftBehind.run>>;

const columns = (say: Say, ...names: string[]): string[] => names.map((name) => say(`visit-column.${name}`));

const why = ({ say }: Terminal, { missing, kind }: LeftBehind, several: boolean): string =>
  missing
    .map(({ position, reason }) => (several ? `${position}: ` : '') + sayOf(say, kind)(`reason.${reason}`))
    .join('; ');

const follows = ({ say }: Terminal, { followUp }: LeftBehind): string =>
  followUp === null
    ? ''
    : [
        followUp.ownerName,
        showDay(followUp.dueOn),
        followUp.visitState ? say(`visit-state.${followUp.visitState}`) : say(`step.${followUp.step}`),
      ].join(', ');

const showList = (terminal: Terminal, found: Found): void => {
  const several = found.lines.length > 1;
  const say = sayOf(terminal.say, found.unit);
  terminal.line(keyOf('cli.left-behind.found', found.unit), { count: found.total, on: showDay(found.on) });
  if (found.total === 0) return;
  terminal.gap();
  terminal.table(
    columns(say, 'reason', 'count'),
    Object.entries(found.reasons).map(([reason, count]) => [say(`reason.${reason}`), count]),
  );
  terminal.gap();
  terminal.table(
    columns(say, 'household', 'head', 'village', 'languages', 'phones', 'reached', 'why', 'next', 'follow-up'),
    found.rows.map((row) => [
      row.code,
      row.head,
      row.place,
      (row.languages ?? []).map((language) => terminal.say(`language.${language}`)).join(', ') ||
        (row.kind === 'officer' ? '' : terminal.say('ui.unknown')),
      row.phones.map(showPhone).join(', '),
      `${row.reached}/${row.lines}`,
      why(terminal, row, several),
      terminal.say(`step.${row.missing[0].next}`),
      follows(terminal, row),
    ]),
  );
  if (found.rows.length < found.total) terminal.line('cli.first-only', { count: found.rows.length });
};

const listVerb: Verb = {
  group: 'left-behind',
  name: 'list',
  words: ['<PLAN:LINE>'],
  options: [
    { flags: '--place <PLACE>' },
    { flags: '--reason <REASON>', help: 'left-behind-reason' },
    { flags: '--owner <NAME>', help: 'left-behind-owner' },
    { flags: '--on <DATE>', help: 'left-behind-on' },
    { flags: '--limit <NUMBER>' },
  ],
  run: async ({ session, words: [asked = ''], options }) => {
    const on = dateOption(options, 'on');
    const reason = choiceOption(options, 'reason', reasons);
    const limit = countOption(options, 'limit', 500) ?? 100;
    const place = textOf(options, 'place');
    const placeId = place === undefined ? undefined : await findPlace(session, place, on ?? session.today);
    const line = await findLineOrPlan(session, asked);
    const found = await session.ask(listLeftBehind, {
      ...line,
      placeId,
      on,
      reason,
      owner: textOf(options, 'owner'),
      limit,
    });
    const { lines, ...answer } = found;
    const named = lines.map(({ lineId, position, what, threshold }) => ({ lineId, position, what, threshold }));
    session.terminal.result({ ...answer, lines: named });
    showList(session.terminal, found);
    return undefined;
  },
};

/** A user by the name they sign in with, among those who can be sent to the village. */
const agentOf = async (session: Session, username: string, placeId: string): Promise<string> => {
  const found = (await session.ask(listAgents, { placeId })).find((each) => each.username === username.trim());
  if (!found) throw notFound('cli.no-agent', { value: username });
  return found.userId;
};

const assignVerb: Verb = {
  group: 'left-behind',
  name: 'assign',
  words: ['<PLAN:LINE>'],
  options: [
    { flags: '--village <PLACE>', required: true, help: 'left-behind-village' },
    { flags: '--owner <NAME>', help: 'left-behind-owner' },
    { flags: '--agent <USERNAME>', help: 'left-behind-agent' },
    { flags: '--due <DATE>', required: true, help: 'left-behind-due' },
    { flags: '--reason <REASON>', help: 'left-behind-reason' },
    { flags: '--step <STEP>', help: 'left-behind-step' },
    { flags: '--note <TEXT>', help: 'left-behind-note' },
  ],
  run: async ({ session, words: [asked = ''], options }) => {
    const [owner, agent] = [textOf(options, 'owner'), textOf(options, 'agent')];
    if ((owner === undefined) === (agent === undefined)) throw invalid('cli.owner-or-agent');
    const dueOn = dateOption(options, 'due')!;
    const reason = choiceOption(options, 'reason', reasons);
    const step = choiceOption(options, 'step', steps);
    const villageId = await findPlace(session, textOf(options, 'village') ?? '', session.today);
    const { lineId } = await findLine(session, asked);
    const ownerId = agent === undefined ? null : await agentOf(session, agent, villageId);
    const done = await session.ask(assignFollowUp, {
      lineIds: [lineId],
      villageId,
      reason,
      ownerId,
      ownerName: owner ?? '',
      dueOn,
      step,
      note: textOf(options, 'note') ?? '',
    });
    const { households, visits, reached, unit } = done;
    session.terminal.result({ households, visits, reached, unit });
    session.terminal.line(keyOf('cli.left-behind.assigned', unit), { households, visits, due: showDay(dueOn) });
    return undefined;
  },
};

const sheetVerb: Verb = {
  group: 'left-behind',
  name: 'sheet',
  words: ['<PLAN:LINE>', '<FILE>'],
  options: [
    { flags: '--village <PLACE>', required: true, help: 'left-behind-village' },
    { flags: '--on <DATE>', help: 'left-behind-on' },
  ],
  run: async ({ session, words: [asked = '', file = ''], options }) => {
    const { terminal } = session;
    const on = dateOption(options, 'on');
    const villageId = await findPlace(session, textOf(options, 'village') ?? '', on ?? session.today);
    const sheet = await session.ask(villageSheet, { ...(await findLineOrPlan(session, asked)), villageId, on });
    const path = resolve(file);
    // It names people: for the owner of the file only.
    await writeFile(path, sheetDocument(sheet, terminal.say, terminal.language), { mode: 0o600 });
    terminal.result({ file: path, place: sheet.place, households: sheet.households.length });
    const told = { file: path, place: sheet.place, count: sheet.households.length };
    terminal.line(keyOf('cli.left-behind.sheet', sheet.unit), told);
    return undefined;
  },
};

export const leftBehindVerbs: readonly Verb[] = [listVerb, assignVerb, sheetVerb];
