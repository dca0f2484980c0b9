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

type AuditTables = {
  'platform.audit': {
    name: string;
    user_id: string | null;
    key_id: string | null;
    via: string;
    at: Date;
    refs: string;
  };
};

/** One row per command (and per look at sensitive data), in the transaction of what it tells of. */
export const writeAudit = async (tx: Db, entry: AuditEntry): Promise<void> => {
  await tx
    .withTables<AuditTables>()
    .insertInto('platform.audit')
    .values({
      name: entry.name,
      user_id: entry.actor.keyId === undefined ? entry.actor.userId : null,
      key_id: entry.actor.keyId ?? null,
      via: entry.actor.via,
      at: entry.at,
      refs: JSON.stringify(entry.refs),
    })
    .execute();
};
