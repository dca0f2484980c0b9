import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import {
  type DeliveryState,
  deliveryStates,
  getDispatch,
  giveUpDispatch,
  listDeliveries,
  listDispatches,
  listReplies,
  markReplyRead,
  momentOf,
  resumeDispatch,
  stopDispatch,
} from '../modules/delivery/index.ts';
import { installationKind } from '../platform/installation.ts';
import { showPhone } from '../shared/phone.ts';
import { findDispatch, waitOption, waitOptions } from './dispatch-options.ts';
import { showDispatches, tellDispatch, whyOf } from './dispatch-report.ts';
import { dispatchSendVerbs } from './dispatch-send-verbs.ts';
import { tellWaited, waitForEnd } from './dispatch-wait.ts';
import { columns } from './evidence-report.ts';
import { findLine } from './find-line.ts';
import { choiceOption, countOption, readId } from './read-options.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';
import { textOf, type Verb } from './verb.ts';

const listVerb: Verb = {
  group: 'dispatch',
  name: 'list',
  words: [],
  options: [
    { flags: '--line <LINE>', help: 'dispatch-line-only' },
    { flags: '--open', help: 'dispatch-open' },
    { flags: '--limit <NUMBER>' },
  ],
  run: async ({ session, options }) => {
    const { terminal } = session;
    const line = textOf(options, 'line');
    const limit = countOption(options, 'limit', 200) ?? 50;
    const lineId = line === undefined ? undefined : (await findLine(session, line)).lineId;
    const { total, dispatches } = await session.ask(listDispatches, { lineId, open: options.open === true, limit });
    terminal.result({ total, dispatches });
    terminal.line('cli.dispatch.found', { count: total });
    if (dispatches.length > 0) showDispatches(terminal, dispatches);
    if (dispatches.length < total) terminal.line('cli.first-only', { count: dispatches.length });
    return undefined;
  },
};

/** Tells how it stands, after waiting for its end where that is asked for. */
const tell = async (session: Session, dispatchId: string, minutes: number | undefined): Promise<number | undefined> => {
  const dispatch = await session.ask(getDispatch, { dispatchId });
  if (minutes !== undefined) {
    const waited = await waitForEnd(session, dispatchId, minutes);
    session.terminal.result(waited);
    return tellWaited(session, waited);
  }
  session.terminal.result({ dispatch });
  tellDispatch(session.terminal, dispatch);
  return undefined;
};

const showVerb: Verb = {
  group: 'dispatch',
  name: 'show',
  words: ['<SENDING>'],
  options: waitOptions,
  run: async ({ session, words: [text = ''], options }) => {
    const minutes = waitOption(options);
    return tell(session, await findDispatch(session, text), minutes);
  },
};

type Rows = Awaited<ReturnType<typeof listDeliveries.run>>['rows'];

const cellsOf = (terminal: Terminal, rows: Rows) =>
  rows.map((row) => [
    ...[
      row.code,
      row.name ?? '',
      row.place,
      showPhone(row.address),
      terminal.say(`language.${row.language}`),
      row.parts,
    ],
    ...[terminal.say(`delivery.state.${row.state}`), row.fault === null ? '' : whyOf(terminal, row)],
    ...[(row.finalAt ?? row.sentAt) === null ? '' : momentOf((row.finalAt ?? row.sentAt)!)],
  ]);

const HEAD = ['code', 'head', 'village', 'phone', 'language', 'parts-each', 'state', 'why', 'when'] as const;
const AT_ONCE = 5_000;

const allRows = async (session: Session, dispatchId: string, state: DeliveryState | undefined): Promise<Rows> => {
  const rows: Rows = [];
  for (;;) {
    const found = await session.ask(listDeliveries, { dispatchId, state, limit: AT_ONCE, offset: rows.length });
    rows.push(...found.rows);
    if (found.rows.length === 0 || rows.length >= found.total) return rows;
  }
};

/** All rows as a file that opens in a spreadsheet; it names people, so it is for the owner of the file only. */
const writeRows = async (session: Session, file: string, dispatchId: string, state: DeliveryState | undefined) => {
  const { terminal } = session;
  const synthetic = (await installationKind((await session.app()).database.db)) === 'example';
  const rows = await allRows(session, dispatchId, state);
  const mark = synthetic ? [terminal.say('ui.shell.synthetic-short')] : [];
  const head = [...columns(terminal, ...HEAD), ...(synthetic ? columns(terminal, 'remark') : [])];
  const text = stringify([head, ...cellsOf(terminal, rows).map((cells) => [...cells, ...mark])], {
    ...{ bom: true, escape_formulas: true, record_delimiter: 'windows' },
  });
  const path = resolve(file);
  await writeFile(path, text, { mode: 0o600 });
  terminal.result({ file: path, rows: rows.length });
  terminal.line('cli.dispatch.written', { file: path, count: rows.length });
};

const deliveriesVerb: Verb = {
  group: 'dispatch',
  name: 'deliveries',
  words: ['<SENDING>'],
  options: [
    { flags: '--state <STATE>', help: 'dispatch-state' },
    { flags: '--csv <FILE>', help: 'dispatch-csv' },
    { flags: '--limit <NUMBER>' },
  ],
  run: async ({ session, words: [text = ''], options }) => {
    const { terminal } = session;
    const state = choiceOption(options, 'state', deliveryStates);
    const limit = countOption(options, 'limit', AT_ONCE) ?? 100;
    const dispatchId = await findDispatch(session, text);
    const file = textOf(options, 'csv');
    if (file !== undefined) {
      await writeRows(session, file, dispatchId, state);
      return undefined;
    }
    const { total, rows } = await session.ask(listDeliveries, { dispatchId, state, limit });
    terminal.result({ total, deliveries: rows });
    terminal.line('cli.dispatch.deliveries', { count: total });
    if (rows.length > 0) terminal.table(columns(terminal, ...HEAD), cellsOf(terminal, rows));
    if (rows.length < total) terminal.line('cli.first-only', { count: rows.length });
    return undefined;
  },
};

const stopVerb: Verb = {
  group: 'dispatch',
  name: 'stop',
  words: ['<SENDING>'],
  options: [],
  run: async ({ session, words: [text = ''] }) => {
    const dispatchId = await findDispatch(session, text);
    await session.ask(stopDispatch, { dispatchId });
    session.terminal.line('cli.dispatch.stopped');
    return tell(session, dispatchId, undefined);
  },
};

const resumeVerb: Verb = {
  group: 'dispatch',
  name: 'resume',
  words: ['<SENDING>'],
  options: waitOptions,
  run: async ({ session, words: [text = ''], options }) => {
    const minutes = waitOption(options);
    const dispatchId = await findDispatch(session, text);
    await session.ask(resumeDispatch, { dispatchId });
    session.terminal.line('cli.dispatch.resumed');
    return tell(session, dispatchId, minutes);
  },
};

const giveUpVerb: Verb = {
  group: 'dispatch',
  name: 'give-up',
  words: ['<SENDING>'],
  options: [],
  run: async ({ session, words: [text = ''] }) => {
    const dispatchId = await findDispatch(session, text);
    const { left } = await session.ask(giveUpDispatch, { dispatchId });
    session.terminal.result({ dispatchId, left });
    session.terminal.line('cli.dispatch.given-up', { count: left });
    return undefined;
  },
};

const repliesVerb: Verb = {
  group: 'dispatch',
  name: 'replies',
  words: [],
  options: [{ flags: '--read <ID>', help: 'dispatch-read' }, { flags: '--limit <NUMBER>' }],
  run: async ({ session, options }) => {
    const { terminal } = session;
    const { say } = terminal;
    const read = textOf(options, 'read');
    if (read !== undefined) {
      const inboundId = readId(read, 'reply');
      await session.ask(markReplyRead, { inboundId });
      terminal.result({ inboundId, read: true });
      terminal.line('cli.dispatch.reply-read');
      return undefined;
    }
    const { rows: replies } = await session.ask(listReplies, { limit: countOption(options, 'limit', 200) ?? 50 });
    terminal.result({ replies });
    terminal.line('cli.dispatch.replies', { count: replies.length });
    if (replies.length > 0)
      terminal.table(
        columns(terminal, 'when', 'phone', 'whose', 'text', 'remark', 'id'),
        replies.map((reply) => [
          ...[momentOf(reply.receivedAt), showPhone(reply.address)],
          reply.subjects.map(({ code, name }) => name ?? code).join(', '),
          reply.body ?? say('cli.dispatch.text-gone'),
          reply.meaning === 'stop'
            ? say('cli.dispatch.refuses')
            : reply.readAt
              ? say('cli.dispatch.read-by', { who: reply.readByName ?? '' })
              : '',
          reply.inboundId,
        ]),
      );
    return undefined;
  },
};

export const dispatchVerbs: readonly Verb[] = [
  ...dispatchSendVerbs,
  listVerb,
  showVerb,
  deliveriesVerb,
  stopVerb,
  resumeVerb,
  giveUpVerb,
  repliesVerb,
];
