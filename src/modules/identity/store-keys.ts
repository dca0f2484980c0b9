import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import type { Role } from '../../shared/roles.ts';

export interface KeyRow {
  readonly keyId: string;
  readonly name: string;
  readonly role: Role;
  readonly placeId: string;
  /** Null = the owner of the data folder. */
  readonly createdBy: string | null;
  readonly createdByName: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  readonly lastUsedOn: Day | null;
  /** The account of who made it is shut, or is there no more. */
  readonly makerShut: boolean;
}

const KEY = sql`k.key_id as "keyId", k.name, k.role, k.place_id as "placeId", k.created_by as "createdBy",
  u.name as "createdByName", k.created_at as "createdAt", k.expires_at as "expiresAt", k.ended_at as "endedAt",
  k.last_used_on as "lastUsedOn", k.created_by is not null and (u.id is null or u.disabled_at is not null) as "makerShut"`;

const FROM = sql`from identity.api_key k left join identity."user" u on u.id = k.created_by`;

export const listKeyRows = async (tx: Db): Promise<KeyRow[]> =>
  (await sql<KeyRow>`select ${KEY} ${FROM} order by k.created_at desc, k.key_id`.execute(tx)).rows;

export const keyById = async (tx: Db, keyId: string): Promise<KeyRow | undefined> =>
  (await sql<KeyRow>`select ${KEY} ${FROM} where k.key_id = ${keyId} for update of k`.execute(tx)).rows[0];

export const keyByHash = async (db: Db, hash: string): Promise<KeyRow | undefined> =>
  (await sql<KeyRow>`select ${KEY} ${FROM} where k.secret_hash = ${hash}`.execute(db)).rows[0];

export interface NewKey extends Pick<KeyRow, 'keyId' | 'name' | 'role' | 'placeId' | 'createdBy' | 'expiresAt'> {
  readonly hash: string;
  readonly at: Date;
}

export const saveKey = async (tx: Db, key: NewKey): Promise<void> => {
  await sql`insert into identity.api_key (key_id, name, secret_hash, role, place_id, created_by, created_at, expires_at)
    values (${key.keyId}, ${key.name}, ${key.hash}, ${key.role}, ${key.placeId}, ${key.createdBy}, ${key.at}, ${key.expiresAt})`.execute(
    tx,
  );
};

export const setKeyEnded = async (tx: Db, keyId: string, at: Date, by: string | null): Promise<void> => {
  await sql`update identity.api_key set ended_at = ${at}, ended_by = ${by} where key_id = ${keyId}`.execute(tx);
};

/** Written once a day and key. */
export const setKeyUsed = async (db: Db, keyId: string, on: Day): Promise<void> => {
  await sql`update identity.api_key set last_used_on = ${on}
    where key_id = ${keyId} and (last_used_on is null or last_used_on < ${on})`.execute(db);
};
