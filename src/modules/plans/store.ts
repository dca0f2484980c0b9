import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import { notFound } from '../../shared/errors.ts';
import { isId } from '../../shared/ids.ts';
import type { Basis, Plan } from './plan.ts';

/** Held until the transaction ends: `update` by who changes the plan, `share` by who relies on its state. */
type Lock = 'update' | 'share';

const locks: Readonly<Record<Lock, RawBuilder<unknown>>> = {
  update: sql`for update of p`,
  share: sql`for share of p`,
};

const plans = async (tx: Db, where: RawBuilder<unknown>, lock?: Lock): Promise<Plan[]> => {
  const { rows } = await sql<Plan>`
    select p.plan_id as "planId", p.code, p.place_id as "placeId", p.title, p.programme, p.issuer, p.number, p.issued_on as "issuedOn",
      p.signer, p.signed_sha256 as "signedSha256", p.signed_name as "signedName", p.period_from as "periodFrom", p.period_to as "periodTo",
      p.parent_plan_id as "parentPlanId", (select u.code from plans.plan u where u.plan_id = p.parent_plan_id) as "parentCode",
      p.objectives, p.bases, p.state, p.synthetic, p.created_at as "createdAt", p.updated_at as "updatedAt", p.closed_at as "closedAt",
      p.closed_note as "closedNote"
    from plans.plan p where ${where} order by p.period_from desc, p.code ${lock ? locks[lock] : sql``}`.execute(tx);
  return rows;
};

export const getPlanRow = async (tx: Db, planId: string, lock?: Lock): Promise<Plan> => {
  const [plan] = isId(planId) ? await plans(tx, sql`p.plan_id = ${planId}`, lock) : [];
  if (!plan) throw notFound('plan');
  return plan;
};

export const findPlanByCode = async (tx: Db, code: string, lock?: Lock): Promise<Plan | undefined> =>
  (await plans(tx, sql`p.code = ${code}`, lock))[0];

export const allPlans = (tx: Db): Promise<Plan[]> => plans(tx, sql`true`);

/** A plan and the plans above it, nearest first; ends at a circle. */
export const lineageOf = async (tx: Db, planId: string): Promise<string[]> => {
  const { rows } = await sql<{ planId: string }>`
    with recursive up (plan_id, parent_plan_id, depth) as (
      select plan_id, parent_plan_id, 0 from plans.plan where plan_id = ${planId}
      union all
      select p.plan_id, p.parent_plan_id, up.depth + 1 from up join plans.plan p on p.plan_id = up.parent_plan_id
    ) cycle plan_id set again using way
    select plan_id as "planId" from up where not again order by depth`.execute(tx);
  return rows.map(({ planId: each }) => each);
};

export interface PlanHead {
  readonly code: string;
  readonly placeId: string;
  readonly title: string;
  readonly programme: string;
  readonly issuer: string;
  readonly number: string | null;
  readonly issuedOn: Day | null;
  readonly signer: string | null;
  readonly periodFrom: Day;
  readonly periodTo: Day;
  readonly parentPlanId: string | null;
  readonly objectives: readonly string[];
  readonly bases: readonly Basis[];
}

interface Written extends PlanHead {
  readonly planId: string;
  readonly synthetic: boolean;
  readonly by: string | null;
  readonly at: Date;
}

/** Writes the head of a draft, in the stead of what it said before. */
export const saveHead = async (tx: Db, plan: Written): Promise<void> => {
  await sql`insert into plans.plan (plan_id, code, place_id, title, programme, issuer, number, issued_on, signer, period_from, period_to,
      parent_plan_id, objectives, bases, state, synthetic, created_by, created_at, updated_at)
    values (${plan.planId}, ${plan.code}, ${plan.placeId}, ${plan.title}, ${plan.programme}, ${plan.issuer}, ${plan.number},
      ${plan.issuedOn}, ${plan.signer}, ${plan.periodFrom}, ${plan.periodTo}, ${plan.parentPlanId}, ${[...plan.objectives]}::text[],
      ${JSON.stringify(plan.bases)}::jsonb, 'draft', ${plan.synthetic}, ${plan.by}, ${plan.at}, ${plan.at})
    on conflict (plan_id) do update set place_id = excluded.place_id, title = excluded.title, programme = excluded.programme,
      issuer = excluded.issuer, number = excluded.number, issued_on = excluded.issued_on, signer = excluded.signer,
      period_from = excluded.period_from, period_to = excluded.period_to, parent_plan_id = excluded.parent_plan_id,
      objectives = excluded.objectives, bases = excluded.bases, updated_at = excluded.updated_at`.execute(tx);
};

export interface Signature {
  readonly number: string;
  readonly issuedOn: Day;
  readonly signer: string;
  readonly sha256: string;
  readonly name: string;
}

export const setIssued = async (tx: Db, planId: string, signed: Signature, at: Date): Promise<void> => {
  await sql`update plans.plan set state = 'issued', number = ${signed.number}, issued_on = ${signed.issuedOn}, signer = ${signed.signer},
    signed_sha256 = ${signed.sha256}, signed_name = ${signed.name}, issued_at = ${at}, updated_at = ${at} where plan_id = ${planId}`.execute(
    tx,
  );
};

export const setClosed = async (tx: Db, planId: string, note: string | null, at: Date): Promise<void> => {
  await sql`update plans.plan set state = 'closed', closed_at = ${at}, closed_note = ${note}, updated_at = ${at}
    where plan_id = ${planId}`.execute(tx);
};

/** Of these files, those that a plan was signed with. */
export const signedFiles = async (tx: Db, hashes: readonly string[]): Promise<string[]> => {
  const { rows } = await sql<{ sha256: string }>`select distinct signed_sha256 as sha256 from plans.plan
    where signed_sha256 = any(${[...hashes]}::text[])`.execute(tx);
  return rows.map(({ sha256 }) => sha256);
};

/** Something was done for the plan, whether it still counts or not. */
export const hasActivities = async (tx: Db, planId: string): Promise<boolean> => {
  const { rows } = await sql<{ some: boolean }>`select exists (select 1 from plans.activity a
    join plans.plan_line l on l.line_id = a.line_id where l.plan_id = ${planId}) as some`.execute(tx);
  return rows[0]?.some === true;
};
