import { sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import { folded, foldedHolds } from '../../../platform/db/folded.ts';
import { type Order, orderOf } from '../../../platform/list.ts';
import type { Day } from '../../../shared/dates.ts';
import { fold } from '../../../shared/text.ts';
import { type HowRefused, waysToRefuse } from './refusal.ts';
import { lastPlace } from './store.ts';

/** The orders refusals may be asked for. */
export const refusalSorts = ['number', 'since', 'how', 'by', 'state'] as const;

export interface RefusalQuery extends Order<(typeof refusalSorts)[number]> {
  /** Whose numbers are shown; null = everybody's. */
  readonly placeIds: readonly string[] | null;
  /** Only numbers of somebody in these places; null = wherever. */
  readonly within: readonly string[] | null;
  /** Numbers that this person noted are shown as well. */
  readonly notedBy: string | null;
  readonly refusalId: string | null;
  readonly how: HowRefused | null;
  /** Part of the number or of what was said, or of the name of whose it is, as far as those are shown. */
  readonly text: string | null;
  /** Also those that were lifted. */
  readonly lifted: boolean;
  readonly limit: number;
  readonly offset: number;
}

export interface RefusalRow {
  readonly refusalId: string;
  readonly value: string;
  readonly since: Day;
  readonly how: HowRefused;
  readonly note: string;
  readonly recordedByName: string;
  readonly recordedAt: Date;
  /** The day from which it may be contacted again; null = it is refused. */
  readonly until: Day | null;
  readonly liftedByName: string | null;
  readonly liftNote: string | null;
  readonly subjects: readonly {
    readonly subjectId: string;
    readonly kind: 'household' | 'officer';
    readonly name: string;
  }[];
}

const ORDERS = {
  number: sql`o.value`,
  since: sql`o.valid_from`,
  how: sql`array_position(${[...waysToRefuse]}::text[], o.how)`,
  by: folded(sql`o.recorded_by_name`),
  // Those that refuse now first, then by the day from which they do not.
  state: sql`coalesce(o.valid_to, '-infinity'::date)`,
};

/** As numbers are kept: "0912 345" is looked for as "912345"; undefined for what is no part of a number. */
const digitsIn = (text: string): string | undefined =>
  /^(?:\+84|0)?(\d{2,})$/u.exec(text.replace(/[\s.()-]+/gu, ''))?.[1];

const holdersIn = (placeIds: readonly string[] | null) => sql`from registry.contact_point c cross join ${lastPlace}
  where c.value = o.value and ${placeIds === null ? sql`true` : sql`l.place_id = any(${[...placeIds]}::uuid[])`}`;

const conditionsOf = ({ placeIds, within, notedBy, refusalId, how, text, lifted }: RefusalQuery) => {
  const looked = text?.trim() ?? '';
  const [digits, name] = [digitsIn(looked), fold(looked)];
  const named = sql`exists (select 1 from registry.person p where p.is_head and p.subject_id in (select c.subject_id ${holdersIn(placeIds)})
    and (p.name_folded like ${`${name}%`} or p.name_folded like ${`% ${name}%`}))`;
  return [
    ...(lifted ? [] : [sql`o.valid_to is null`]),
    ...(refusalId === null ? [] : [sql`o.opt_out_id = ${refusalId}::uuid`]),
    ...(how === null ? [] : [sql`o.how = ${how}`]),
    ...(placeIds === null ? [] : [sql`(o.recorded_by = ${notedBy}::uuid or exists (select 1 ${holdersIn(placeIds)}))`]),
    ...(within === null ? [] : [sql`exists (select 1 ${holdersIn(within)})`]),
    ...(looked === ''
      ? []
      : [
          sql`(${foldedHolds(sql`o.note`, looked)} or ${foldedHolds(sql`o.value`, looked)}
            or ${digits ? sql`position(${digits} in o.value) > 0` : sql`false`} or ${name ? named : sql`false`})`,
        ]),
    sql`true`,
  ];
};

/** Refusals of numbers, newest first unless asked otherwise, with those in the places whose number it is. */
export const listRefusalRows = async (tx: Db, query: RefusalQuery): Promise<{ rows: RefusalRow[]; total: number }> => {
  const found = sql`from registry.opt_out o where ${sql.join(conditionsOf(query), sql` and `)}`;
  const { rows } = await sql<RefusalRow>`
    select o.opt_out_id as "refusalId", o.value, o.valid_from as since, o.how, o.note, o.recorded_by_name as "recordedByName",
      o.recorded_at as "recordedAt", o.valid_to as until, o.lifted_by_name as "liftedByName", o.lift_note as "liftNote",
      (select coalesce(jsonb_agg(jsonb_build_object('subjectId', s.subject_id, 'kind', s.kind, 'name', coalesce((
          select h.name from registry.person h where h.subject_id = s.subject_id and h.is_head order by h.valid_from desc limit 1), s.code))
        order by s.code), '[]') from registry.subject s where s.subject_id in (select c.subject_id ${holdersIn(query.placeIds)})) as subjects
    ${found} order by ${orderOf(query, ORDERS, sql`o.recorded_at desc, o.opt_out_id desc`)}
    limit ${query.limit} offset ${query.offset}`.execute(tx);
  const { rows: count } = await sql<{ total: number }>`select count(*)::int as total ${found}`.execute(tx);
  return { rows, total: count[0]!.total };
};
