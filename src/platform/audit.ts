import { sql } from 'kysely';
import { ahead } from './db/by-keys.ts';
import type { Db } from './db/connect.ts';

/** Ids, codes, counts and field names that say what was touched. Never a name, a phone, a class of a household. */
export type AuditRefs = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export interface AuditEntry {
  readonly name: string;
  /** Who did it, and by which door; null = the product itself. What was done by a key names the key, and no person. */
  readonly actor: { readonly userId: string | null; readonly keyId?: string | undefined; readonly via: string };
  readonly at: Date;
  readonly refs: AuditRefs;
}

/** One row per command (and per look at sensitive data), in the transaction of what it tells of. */
export const writeAudit = async (tx: Db, entry: AuditEntry): Promise<void> => {
  const { name, actor, at, refs } = entry;
  const userId = actor.keyId === undefined ? actor.userId : null;
  await sql`${ahead}insert into platform.audit (name, user_id, key_id, via, at, refs)
    values (${name}, ${userId}, ${actor.keyId ?? null}, ${actor.via}, ${at}, ${JSON.stringify(refs)})`.execute(tx);
};
