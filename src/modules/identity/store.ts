import { type RawBuilder, sql } from 'kysely';
import type { Grant } from '../../platform/command.ts';
import type { Db } from '../../platform/db/connect.ts';
import type { Role } from '../../shared/roles.ts';

const one = async <T>(tx: Db, query: RawBuilder<T>): Promise<T | undefined> => (await query.execute(tx)).rows[0];

export interface UserRow {
  readonly userId: string;
  readonly username: string;
  readonly name: string;
  readonly synthetic: boolean;
  readonly disabled: boolean;
}

const USER = sql`u.id as "userId", u.username, u.name, u.synthetic, u.disabled_at is not null as disabled`;

export const userByName = (tx: Db, username: string): Promise<UserRow | undefined> =>
  one(tx, sql<UserRow>`select ${USER} from identity."user" u where u.username = ${username}`);

export const userById = (tx: Db, userId: string): Promise<UserRow | undefined> =>
  one(tx, sql<UserRow>`select ${USER} from identity."user" u where u.id = ${userId}`);

/** Disables or enables; an account that is disabled loses its sessions, its links and its drafts. */
export const setDisabled = async (tx: Db, userId: string, at: Date | null): Promise<void> => {
  await sql`update identity."user" set disabled_at = ${at} where id = ${userId}`.execute(tx);
  if (!at) return;
  await sql`delete from identity.session where user_id = ${userId}`.execute(tx);
  await sql`delete from identity.sign_in_link where user_id = ${userId}`.execute(tx);
  await sql`delete from identity.form_draft where user_id = ${userId}`.execute(tx);
};

export interface GrantRow extends Grant {
  readonly grantId: string;
  readonly userId: string;
  readonly from: Date;
  readonly to: Date | null;
}

const GRANT = sql`g.grant_id as "grantId", g.user_id as "userId", g.role, g.place_id as "placeId",
  g.valid_from as "from", g.valid_to as "to"`;

export const grantById = (tx: Db, grantId: string): Promise<GrantRow | undefined> =>
  one(tx, sql<GrantRow>`select ${GRANT} from identity.role_grant g where g.grant_id = ${grantId} for update`);

/** All grants of these users (of everybody: null), those that ended too. */
export const grantsOf = async (tx: Db, userIds: readonly string[] | null): Promise<GrantRow[]> => {
  const whose = userIds === null ? sql`true` : sql`g.user_id = any(${userIds}::uuid[])`;
  const rows =
    await sql<GrantRow>`select ${GRANT} from identity.role_grant g where ${whose} order by g.valid_from, g.grant_id`.execute(
      tx,
    );
  return rows.rows;
};

export const saveGrant = async (tx: Db, grant: Omit<GrantRow, 'to'> & { grantedBy: string | null }): Promise<void> => {
  await sql`insert into identity.role_grant (grant_id, user_id, role, place_id, valid_from, granted_by)
    values (${grant.grantId}, ${grant.userId}, ${grant.role}, ${grant.placeId}, ${grant.from}, ${grant.grantedBy})`.execute(
    tx,
  );
};

export const endGrant = async (tx: Db, grantId: string, at: Date): Promise<void> => {
  await sql`update identity.role_grant set valid_to = ${at} where grant_id = ${grantId} and valid_to is null`.execute(
    tx,
  );
};

export const listUserRows = async (tx: Db): Promise<UserRow[]> =>
  (await sql<UserRow>`select ${USER} from identity."user" u order by u.username`.execute(tx)).rows;

interface SessionRow extends UserRow {
  readonly sessionId: string;
  readonly live: boolean;
  readonly stale: boolean;
  readonly grants: readonly { role: Role; placeId: string }[];
}

const GRANTS_NOW = (at: Date) => sql`coalesce((
  select jsonb_agg(jsonb_build_object('role', g.role, 'placeId', g.place_id) order by g.valid_from, g.grant_id)
  from identity.role_grant g where g.user_id = u.id and g.valid_from <= ${at} and (g.valid_to is null or g.valid_to > ${at})
), '[]'::jsonb) as grants`;

/** Whose session it is, also when it has ended; `stale` when its end should be moved on. */
export const sessionByToken = (db: Db, token: string, at: Date, renewBefore: Date): Promise<SessionRow | undefined> =>
  one(
    db,
    sql<SessionRow>`select ${USER}, s.id as "sessionId", s.expires_at > ${at} as live, s.updated_at < ${renewBefore} as stale,
      ${GRANTS_NOW(at)} from identity.session s join identity."user" u on u.id = s.user_id where s.token = ${token}`,
  );

export const userWithGrants = (db: Db, username: string, at: Date) =>
  one(
    db,
    sql<
      UserRow & Pick<SessionRow, 'grants'>
    >`select ${USER}, ${GRANTS_NOW(at)} from identity."user" u where u.username = ${username}`,
  );

export const renewSession = async (db: Db, sessionId: string, at: Date, expiresAt: Date): Promise<void> => {
  await sql`update identity.session set updated_at = ${at}, expires_at = ${expiresAt}
    where id = ${sessionId} and expires_at > ${at}`.execute(db);
};

/** Ended rows stay some days: they tell whose half-filled form comes in after the end. */
export const endSessions = async (
  tx: Db,
  userId: string,
  at: Date,
  which: { only?: string; except?: string },
): Promise<void> => {
  const chosen = which.only ? sql`id = ${which.only}` : which.except ? sql`id <> ${which.except}` : sql`true`;
  await sql`update identity.session set expires_at = ${at} where user_id = ${userId} and expires_at > ${at} and ${chosen}`.execute(
    tx,
  );
};

export const dropOldSessions = async (tx: Db, before: Date): Promise<void> => {
  await sql`delete from identity.session where expires_at < ${before}`.execute(tx);
};

/** A password was set, so what was given out before it opens nothing any more. */
export const dropLinks = async (tx: Db, userId: string): Promise<void> => {
  await sql`delete from identity.sign_in_link where user_id = ${userId}`.execute(tx);
};

export const saveLink = async (
  tx: Db,
  link: { hash: string; userId: string; at: Date; expiresAt: Date },
): Promise<void> => {
  await sql`delete from identity.sign_in_link where expires_at < ${link.at}::timestamptz - interval '1 day'`.execute(
    tx,
  );
  await sql`insert into identity.sign_in_link (link_hash, user_id, created_at, expires_at)
    values (${link.hash}, ${link.userId}, ${link.at}, ${link.expiresAt})`.execute(tx);
};

/** Uses the link up, once: of two who come together one gets it. */
export const takeLink = (tx: Db, hash: string, at: Date): Promise<{ userId: string } | undefined> =>
  one(
    tx,
    sql<{ userId: string }>`update identity.sign_in_link set used_at = ${at}
      where link_hash = ${hash} and used_at is null and expires_at > ${at} returning user_id as "userId"`,
  );

export const linkState = (tx: Db, hash: string, at: Date): Promise<{ used: boolean; expired: boolean } | undefined> =>
  one(
    tx,
    sql<{
      used: boolean;
      expired: boolean;
    }>`select used_at is not null as used, expires_at <= ${at} as expired from identity.sign_in_link where link_hash = ${hash}`,
  );

/** Holds everybody else who counts for the same keys until this transaction ends; keys are sorted, so that nobody waits in a ring. */
export const lockAttempts = async (tx: Db, keys: readonly string[]): Promise<void> => {
  for (const key of [...keys].sort()) await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 7))`.execute(tx);
};

export const failuresSince = async (tx: Db, key: string, since: Date): Promise<number> => {
  const row = await one(
    tx,
    sql<{
      n: number;
    }>`select count(*)::int as n from identity.sign_in_attempt where key = ${key} and at > ${since} and not ok`,
  );
  return row?.n ?? 0;
};

export const saveAttempt = async (tx: Db, attemptId: string, keys: readonly string[], at: Date): Promise<void> => {
  await sql`delete from identity.sign_in_attempt where at < ${at}::timestamptz - interval '1 day'`.execute(tx);
  await sql`insert into identity.sign_in_attempt (attempt_id, key, at, ok)
    select ${attemptId}, key, ${at}, false from unnest(${keys}::text[]) key`.execute(tx);
};

/** The attempt was the owner's: it and the account's earlier slips count no more; those of the address stay. */
export const forgiveAttempt = async (tx: Db, attemptId: string, accountKey: string): Promise<void> => {
  await sql`update identity.sign_in_attempt set ok = true where attempt_id = ${attemptId} or key = ${accountKey}`.execute(
    tx,
  );
};

export type Draft = Readonly<Record<string, string | readonly string[]>>;

const DRAFTS_PER_USER = 20;

interface DraftRow {
  readonly draftId: string;
  readonly userId: string;
  readonly path: string;
  readonly form: Draft;
  readonly at: Date;
}

/**
 * Writes what stands in a form over what was kept of it before; the oldest drafts of a person make room for a new one.
 * @returns whether it is the first time; undefined = the id is somebody else's, and nothing was written
 */
export const saveDraft = async (tx: Db, draft: DraftRow): Promise<{ first: boolean } | undefined> => {
  await sql`delete from identity.form_draft where created_at < ${draft.at}::timestamptz - interval '1 day'`.execute(tx);
  await sql`delete from identity.form_draft where draft_id in (
    select draft_id from identity.form_draft where user_id = ${draft.userId} and draft_id <> ${draft.draftId}
    order by created_at desc offset ${DRAFTS_PER_USER - 1})`.execute(tx);
  return one(
    tx,
    sql<{ first: boolean }>`insert into identity.form_draft as kept (draft_id, user_id, path, form, created_at)
      values (${draft.draftId}, ${draft.userId}, ${draft.path}, ${JSON.stringify(draft.form)}::jsonb, ${draft.at})
      on conflict (draft_id) do update set path = excluded.path, form = excluded.form, created_at = excluded.created_at
        where kept.user_id = excluded.user_id
      returning kept.xmax = 0 as first`,
  );
};

/** Writes over a draft of this person that is still there; undefined = there is none. */
export const renewDraft = (tx: Db, draft: DraftRow): Promise<{ first: boolean } | undefined> =>
  one(
    tx,
    sql<{ first: boolean }>`update identity.form_draft
      set path = ${draft.path}, form = ${JSON.stringify(draft.form)}::jsonb, created_at = ${draft.at}
      where draft_id = ${draft.draftId} and user_id = ${draft.userId} returning false as first`,
  );

/** @returns whether there was any to drop */
export const deleteDraft = async (tx: Db, draftId: string, userId: string): Promise<boolean> => {
  const query = sql`delete from identity.form_draft where draft_id = ${draftId} and user_id = ${userId}`;
  return Number((await query.execute(tx)).numAffectedRows ?? 0) > 0;
};

/** The newest that this person typed into the form of that path and did not send. */
export const unsentDraft = (
  tx: Db,
  path: string,
  userId: string,
  since: Date,
): Promise<{ draftId: string; at: Date } | undefined> =>
  one(
    tx,
    sql<{ draftId: string; at: Date }>`select draft_id as "draftId", created_at as at from identity.form_draft
      where user_id = ${userId} and path = ${path} and created_at > ${since}
      order by created_at desc, draft_id desc limit 1`,
  );

/** The newest form in whose middle this person was put out: they were in by no way when it was kept, nor have been since. */
export const newestDraft = (
  tx: Db,
  userId: string,
  since: Date,
): Promise<{ draftId: string; path: string } | undefined> =>
  one(
    tx,
    sql<{ draftId: string; path: string }>`select d.draft_id as "draftId", d.path from identity.form_draft d
      where d.user_id = ${userId} and d.created_at > ${since} and not exists (
        select from identity.session s where s.user_id = d.user_id and s.expires_at > d.created_at)
      order by d.created_at desc, d.draft_id desc limit 1`,
  );

export const draftOf = (
  tx: Db,
  draftId: string,
  userId: string,
  since: Date,
): Promise<{ path: string; form: Draft } | undefined> =>
  one(
    tx,
    sql<{ path: string; form: Draft }>`select path, form from identity.form_draft
      where draft_id = ${draftId} and user_id = ${userId} and created_at > ${since}`,
  );
