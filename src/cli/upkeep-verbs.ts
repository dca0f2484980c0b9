import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type BackupSummary, backup, restore } from '../platform/backup/index.ts';
import { checkDatabase, type Fact } from '../platform/postgres/index.ts';
import { forbidden, invalid } from '../shared/errors.ts';
import { readableFile } from './read-options.ts';
import { Interrupted, type OpenedDatabase, type Session } from './session.ts';
import type { Terminal } from './terminal.ts';
import type { Verb } from './verb.ts';

/** Works on the server itself, its schema left as it is; for the owner of the data folder alone. */
const withDatabase = async <T>(
  session: Session,
  mayMake: boolean,
  work: (opened: OpenedDatabase) => Promise<T>,
): Promise<T> => {
  if (session.actsAs !== undefined) throw forbidden('cli.owner-only');
  const opened = await session.doors.openDatabase(mayMake);
  try {
    if (session.interruption.requested) throw new Interrupted();
    return await work(opened);
  } finally {
    await opened.close();
  }
};

/** A database in which nothing was ever begun lacks its tables rightly: the first start makes them. */
const judged = (fact: Fact): Fact =>
  fact.code === 'migrations' && fact.params.applied === 0 && fact.params.strange === 0
    ? { ...fact, code: 'no-data-yet', ok: true }
    : fact;

const doctorVerb: Verb = {
  group: null,
  name: 'doctor',
  words: [],
  options: [],
  run: async ({ session }) => {
    const { terminal, doors } = session;
    const { dataDir, databaseUrl } = doors.config;
    const found = await withDatabase(session, true, ({ database }) =>
      checkDatabase(database.pool, dataDir, doors.clock),
    );
    const facts = found.map(judged).map((fact) => ({
      ...fact,
      message: terminal.say(fact.ok ? `doctor.${fact.code}` : `doctor.${fact.code}.fail`, fact.params),
    }));
    const healthy = facts.every(({ ok, required }) => ok || !required);
    terminal.result({ healthy, dataDir, embedded: databaseUrl === undefined, facts });
    terminal.line(databaseUrl === undefined ? 'doctor.embedded' : 'doctor.server', { folder: dataDir });
    terminal.table(
      ['check', 'what'].map((column) => terminal.say(`cli.column.${column}`)),
      facts.map(({ ok, required, message }) => [
        terminal.say(ok ? 'doctor.ok' : required ? 'doctor.bad' : 'doctor.advice'),
        message,
      ]),
    );
    terminal.line(healthy ? 'doctor.healthy' : 'doctor.unhealthy');
    return healthy ? undefined : 1;
  },
};

const tellContent = (terminal: Terminal, summary: BackupSummary): void => {
  const jobs = summary.waitingJobs.reduce((sum, { count }) => sum + count, 0);
  terminal.line('cli.backup.holds', { tables: summary.tables, rows: summary.rows, files: summary.files });
  if (jobs > 0) terminal.line('cli.backup.jobs', { count: jobs });
  for (const file of summary.damagedFiles) terminal.note('cli.backup.damaged', { file });
};

const MIB = 1_048_576;

const backupVerb: Verb = {
  group: null,
  name: 'backup',
  words: ['<FILE>'],
  options: [{ flags: '--replace' }],
  run: async ({ session, words: [file = ''], options }) => {
    const { terminal, doors } = session;
    const path = resolve(file);
    const folder = await stat(dirname(path)).catch(() => undefined);
    if (!folder?.isDirectory()) throw invalid('cli.no-folder', { folder: dirname(path) });
    const there = await stat(path).catch(() => undefined);
    if (there && !there.isFile()) throw invalid('cli.not-a-file', { path });
    if (there && options.replace !== true) throw invalid('cli.file-there', { path });
    const { dataDir } = doors.config;
    const summary = await withDatabase(session, false, ({ database }) =>
      backup({ pool: database.pool, dataDir, path, clock: doors.clock }),
    );
    terminal.result({ file: path, ...summary });
    terminal.line('cli.backup.done', { file: path, size: Math.max(1, Math.round(summary.size / MIB)) });
    tellContent(terminal, summary);
    terminal.line('cli.backup.keep');
    return undefined;
  },
};

const restoreVerb: Verb = {
  group: null,
  name: 'restore',
  words: ['<FILE>'],
  options: [],
  run: async ({ session, words: [file = ''] }) => {
    const { terminal, doors } = session;
    const { path } = await readableFile(file);
    const { dataDir } = doors.config;
    const summary = await withDatabase(session, true, ({ database }) =>
      restore({ pool: database.pool, dataDir, path, log: doors.log }),
    );
    terminal.result({ file: path, dataDir, ...summary });
    terminal.line('cli.restore.done', { folder: dataDir });
    tellContent(terminal, summary);
    return undefined;
  },
};

export const upkeepVerbs: readonly Verb[] = [doctorVerb, backupVerb, restoreVerb];
