import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type App, openApp } from '../../src/app.ts';
import { createDispatch, previewDispatch } from '../../src/modules/delivery/index.ts';
import { importPlaces } from '../../src/modules/territory/index.ts';
import { systemClock, today } from '../../src/platform/clock.ts';
import { systemActor } from '../../src/platform/command.ts';
import { readConfig } from '../../src/platform/config.ts';
import { silentLog } from '../../src/platform/log.ts';
import { newId } from '../../src/shared/ids.ts';
import { programEnv } from './environment.ts';
import { putHouseholds } from './many-households.ts';

const BUILD = join(import.meta.dirname, '..', '..', 'build');

/** What is sent to so many people, each with a name of its own. */
export const SMS_TEXT = 'Nha ((tên)) duoc cap the bao hiem y te. Hoi can bo xa.';

/** A network outside of the program, whose log says what really came to it. */
export const startSink = async (folder: string, ...options: string[]) => {
  const log = join(folder, 'sink.jsonl');
  const args = [join(BUILD, 'channels/simulators/smsc.js'), '--port', '0', '--log', log, '--profile', 'plain'];
  const child = spawn(process.execPath, [...args, ...options, '--until-stdin-ends'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { port } = JSON.parse(String(line)) as { port: number };
  return {
    port,
    /** Every part that was taken, in the order in which it came. */
    submits: async (): Promise<{ to: string; part: number }[]> => {
      const text = await readFile(log, 'utf8').catch(() => '');
      // The last line may be half written while it is read.
      return text
        .slice(0, text.lastIndexOf('\n') + 1)
        .split('\n')
        .filter((each) => each.includes('"submit"'))
        .map((each) => JSON.parse(each))
        .filter(({ event }) => event === 'submit');
    },
    close: async () => {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
};

/** Which network the program of a data folder sends to. */
export const nameSink = async (dataDir: string, port: number): Promise<void> => {
  await writeFile(join(dataDir, 'secret-of-sink'), 'secret\n');
  const settings = {
    provider: 'sink',
    kind: 'smpp',
    host: '127.0.0.1',
    port,
    systemId: 'lantoa',
    passwordFile: 'secret-of-sink',
    sender: 'LANTOA',
    simulator: true,
    timeoutSeconds: 10,
    window: 100,
  };
  await writeFile(join(dataDir, 'channels.yaml'), JSON.stringify({ sms: [settings] }));
};

export const openFolder = (dataDir: string): Promise<App> =>
  openApp({
    config: readConfig({ LANTOA_DATA: dataDir }),
    clock: systemClock,
    log: silentLog(),
  });

const COMMUNE = '04603';

/** A line of an issued plan whose message has an SMS wording, for so many invented households of a few villages. */
export const prepareMany = async (
  app: App,
  count: number,
  text: string,
  kind: 'sms-plain' | 'email' = 'sms-plain',
): Promise<string> => {
  const { pool } = app.database;
  const rows = [['Tên thôn', 'Mã xã cũ'], ...['Thôn Một', 'Thôn Hai', 'Thôn Ba'].map((name) => [name, COMMUNE])];
  await app.execute(importPlaces, systemActor, {
    rows: rows.map((cells, at) => ({ row: at + 1, cells })),
    commit: true,
  });
  const { rows: villages } = await pool.query<{ id: string }>(
    `select place_id as id from territory.place_version where kind = 'village'`,
  );
  await putHouseholds({ pool, villages: villages.map(({ id }) => id), count, today: today(systemClock) });
  const { rows: commune } = await pool.query<{ id: string }>(
    `select t.ancestor_id as id from territory.place_tree t join territory.place_version v on v.place_id = t.ancestor_id and v.kind = 'commune'
     where t.place_id = $1 and t.valid_to is null and v.valid_to is null`,
    [villages[0]!.id],
  );
  const [messageId, planId, lineId] = [newId(), newId(), newId()];
  await pool.query(
    `insert into content.message (message_id, code, place_id, topic, title, created_at) values ($1, 'tin', $2, 'policy', 'Tin', now())`,
    [messageId, commune[0]!.id],
  );
  await pool.query(
    `insert into content.message_edition (message_id, edition, core, state, folded) values ($1, 1, 'Tin', 'approved', 'tin')`,
    [messageId],
  );
  await pool.query(
    `insert into content.form (form_id, message_id, edition, kind, language, version, text, answers, state) values ($1, $2, 1, $4, 'vi', 1, $3, '{}', 'approved')`,
    [newId(), messageId, text, kind],
  );
  const year = today(systemClock).slice(0, 4);
  await pool.query(
    `insert into plans.plan (plan_id, code, place_id, title, programme, issuer, number, issued_on, signer, signed_sha256, signed_name, issued_at,
       period_from, period_to, state, synthetic, created_at, updated_at)
     values ($1, 'ke-hoach', $2, 'Kế hoạch', 'Giảm nghèo', 'UBND xã', '1/KH-UBND', $3::date, 'Chủ tịch', 'x', 'ke-hoach.pdf', $3::date, $3::date, $4::date, 'issued', true, now(), now())`,
    [planId, commune[0]!.id, `${year}-01-01`, `${Number(year) + 1}-12-31`],
  );
  await pool.query(
    `insert into plans.plan_line (line_id, plan_id, position, what, message_id, edition, audience_code, audience_name, rule, channels, place_ids, starts_on, ends_on, body, head_name, threshold, target_percent)
     values ($1, $2, 1, 'Nhắn tin', $3, 1, 'ho-ngheo', 'Hộ nghèo', '{"subject":"household","where":{"class":["poor"]}}', '{sms,email}', $4, $5::date, $6::date, 'Phòng', 'Trưởng phòng', 2, 95)`,
    [lineId, planId, messageId, [commune[0]!.id], `${year}-01-01`, `${Number(year) + 1}-12-31`],
  );
  return lineId;
};

/** Says yes to what the confirmation shows; urgent, for the time of day must not matter. */
export const sendAll = async (
  app: App,
  lineId: string,
  formKind: 'sms-plain' | 'email' = 'sms-plain',
): Promise<string> => {
  const choices = { lineId, formKind, urgentReason: 'thử', onlyMissing: false } as const;
  const { run, recipients, parts } = await app.execute(previewDispatch, systemActor, choices);
  const sent = await app.execute(createDispatch, systemActor, { ...choices, run, seen: { recipients, parts } });
  return sent.dispatchId;
};

const startWorker = async (dataDir: string): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [join(BUILD, 'main.js'), '--empty'], {
    env: programEnv({ LANTOA_DATA: dataDir, ROLE: 'worker', LOG_LEVEL: 'silent' }),
    detached: true,
    stdio: 'ignore',
  });
  return child;
};

const postgresPid = async (dataDir: string): Promise<number | undefined> => {
  const text = await readFile(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').catch(() => '');
  return Number(text.split('\n')[0]) || undefined;
};

const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
};

/** Everything at once: the program with its process group, and the database server it started. */
const killAll = async (child: ChildProcess, dataDir: string): Promise<void> => {
  const server = await postgresPid(dataDir);
  const ended = child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : once(child, 'exit');
  kill(-child.pid!);
  if (server) kill(server);
  await ended;
};

export interface KillResult {
  readonly recipients: number;
  readonly kills: number;
  /** Said to be handed over (or more), and the sink never saw it; or left without any final word. */
  readonly lost: number;
  /** The sink got a part of it twice. */
  readonly doubled: number;
  /** Held to be not sent, and the sink has it. */
  readonly secretlySent: number;
  /** Nobody knows, and that is what is shown. */
  readonly uncertain: number;
  readonly mostUncertainByOneKill: number;
  readonly delivered: number;
}

const uncertainNow = async (dataDir: string): Promise<number> => {
  const app = await openFolder(dataDir);
  const { rows } = await app.database.pool.query(
    `select count(*)::int as n from delivery.delivery where state in ('sending', 'uncertain')`,
  );
  await app.close();
  return rows[0].n;
};

/** Kills everything with -9 in the middle of a sending, again and again, then lets it come to its end and asks the sink. */
export const sendAndKill = async ({
  recipients,
  kills,
}: {
  recipients: number;
  kills: number;
}): Promise<KillResult> => {
  const folder = await mkdtemp(join(tmpdir(), 'lantoa-kill-'));
  const dataDir = join(folder, 'data');
  const sink = await startSink(folder);
  try {
    const app = await openFolder(dataDir);
    await nameSink(dataDir, sink.port);
    await sendAll(app, await prepareMany(app, recipients, SMS_TEXT));
    await app.close();
    let most = 0;
    let before = 0;
    for (let no = 1; no <= kills; no += 1) {
      const child = await startWorker(dataDir);
      // Each time some way further on, and never at the same place of a batch.
      const until = Math.floor((recipients * no) / (kills + 1)) + ((no * 37) % 50);
      while ((await sink.submits()).length < until) {
        // Else everything would be sent by the last one, whom nobody kills, and nothing be proved.
        if (child.exitCode !== null) throw new Error(`worker ${no} ended by itself with ${child.exitCode}`);
        await sleep(20);
      }
      await killAll(child, dataDir);
      const now = await uncertainNow(dataDir);
      most = Math.max(most, now - before);
      before = now;
    }
    const last = await openFolder(dataDir);
    const sending = await last.openSending();
    const left = async () =>
      (
        await last.database.pool.query(
          `select count(*)::int as n from delivery.delivery where state in ('created', 'sending', 'accepted')`,
        )
      ).rows[0].n as number;
    // Receipts that were on their way when everything fell come again.
    for (let tries = 0; tries < 600 && (await left()) > 0; tries += 1) {
      await sending.sender.drain();
      await sleep(100);
    }
    await sending.close();
    const { rows } = await last.database.pool.query<{ address: string; state: string; parts: number }>(
      `select address, state, parts from delivery.delivery`,
    );
    await last.close();
    const seen = new Map<string, number>();
    for (const { to } of await sink.submits())
      seen.set(to.replace(/^\+?/u, '+'), (seen.get(to.replace(/^\+?/u, '+')) ?? 0) + 1);
    const times = (address: string) => seen.get(address) ?? 0;
    return {
      recipients,
      kills,
      lost: rows.filter(
        ({ state, address, parts }) =>
          ['created', 'sending'].includes(state) ||
          (['accepted', 'delivered', 'no-receipt'].includes(state) && times(address) < parts),
      ).length,
      doubled: rows.filter(({ address, parts }) => times(address) > parts).length,
      secretlySent: rows.filter(({ state, address }) => ['failed', 'withheld'].includes(state) && times(address) > 0)
        .length,
      uncertain: rows.filter(({ state }) => state === 'uncertain').length,
      mostUncertainByOneKill: most,
      delivered: rows.filter(({ state }) => state === 'delivered').length,
    };
  } finally {
    await sink.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};
