import { sql } from 'kysely';
import type { Db } from './db/connect.ts';

/** What an installation holds: the invented people of the example, or real ones; never both. */
export type InstallationKind = 'example' | 'real';

export const installationKind = async (tx: Db): Promise<InstallationKind | undefined> => {
  const { rows } = await sql<{
    kind: InstallationKind;
  }>`select value ->> 'kind' as kind from platform.setting where key = 'installation'`.execute(tx);
  return rows[0]?.kind;
};

/** Decides it once; afterwards it stays what it is. @returns what it is. */
export const decideInstallation = async (tx: Db, kind: InstallationKind): Promise<InstallationKind> => {
  await sql`insert into platform.setting (key, value) values ('installation', ${JSON.stringify({ kind })}::jsonb) on conflict (key) do nothing`.execute(
    tx,
  );
  return (await installationKind(tx))!;
};

/** What the first start was asked for: with the example or without, and whether its loading has come to an end. */
export interface FirstStart {
  readonly example: boolean;
  readonly done: boolean;
}

export const firstStart = async (tx: Db): Promise<FirstStart | undefined> => {
  const { rows } = await sql<{
    value: FirstStart;
  }>`select value from platform.setting where key = 'first-start'`.execute(tx);
  return rows[0]?.value;
};

export const noteFirstStart = async (tx: Db, value: FirstStart): Promise<void> => {
  await sql`insert into platform.setting (key, value) values ('first-start', ${JSON.stringify(value)}::jsonb)
    on conflict (key) do update set value = excluded.value, set_at = now()`.execute(tx);
};
