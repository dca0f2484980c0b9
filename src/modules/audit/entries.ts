import { z } from 'zod';
import type { Context } from '../../platform/command.ts';
import { type AuditMark, type AuditRow, type AuditSpan, countAudit, readAudit } from '../../platform/read-audit.ts';
import { addDays, type Day, isDay } from '../../shared/dates.ts';
import { invalid } from '../../shared/errors.ts';
import { isId } from '../../shared/ids.ts';
import { type Worker, workersWithin } from '../identity/index.ts';
import { lastNames } from '../territory/index.ts';
import { groups } from './group.ts';
import { codesOf, idsByCode, type ThingCode } from './store.ts';
import { type Counts, countsIn, type Thing, type ThingKind, thingsIn } from './thing.ts';

const day = z.string().refine(isDay, { error: 'not-a-day' }).nullish();

/** What is looked for; everything by default, but for background work. */
export const entriesInput = {
  /** A person by username, or a person or key by id. */
  who: z.string().trim().max(100).nullish(),
  group: z.enum(groups, { error: 'audit.group' }).nullish(),
  from: day,
  to: day,
  /** An id, or the code of a household, plan, message or audience. */
  touched: z.string().trim().max(100).nullish(),
  background: z.boolean().default(false),
};

type Asked = z.output<z.ZodObject<typeof entriesInput>>;

export interface EntryThing extends Thing {
  /** By what people know it; null = only its id. */
  readonly code: string | null;
  /** Of a line in the plan of that code. */
  readonly position: number | null;
}

export interface Entry {
  readonly auditId: number;
  readonly at: Date;
  /** The use case; its sentence is `audit.<name>`. */
  readonly name: string;
  /** Null = the product itself. */
  readonly who: Pick<Worker, 'id' | 'kind' | 'name' | 'username'> | null;
  readonly via: AuditRow['via'];
  readonly things: readonly EntryThing[];
  readonly counts: Counts;
}

const fault = (path: string, code: string) => invalid('input', { fields: path }, [{ path, code }]);

const idsAsked = async ({ tx }: Context, { touched }: Asked): Promise<string[] | null> => {
  if (!touched) return null;
  if (isId(touched)) return [touched.toLowerCase()];
  const ids = await idsByCode(tx, touched);
  if (ids.length === 0) throw fault('touched', 'audit.touched');
  return ids;
};

const spansOf = (workers: readonly Worker[]): AuditSpan[] =>
  workers.flatMap(({ id, spans }) => spans.map((span) => ({ doerId: id, ...span })));

const chosen = (workers: readonly Worker[], { who }: Asked): readonly Worker[] => {
  const wanted = who?.toLowerCase();
  if (!wanted) return workers;
  const found = workers.filter(({ id, username }) => id === wanted || username === wanted);
  if (found.length === 0) throw fault('who', 'audit.who');
  return found;
};

/** Background work is nobody's: it is shown about a thing that somebody whose rows one sees has touched, else not at all. */
const mayAskBackground = async (ctx: Context, workers: readonly Worker[], touched: readonly string[] | null) => {
  if (ctx.areas === null) return true;
  if (!touched) throw fault('touched', 'audit.background');
  const all = { group: null, from: null, until: null, before: null, background: false, limit: 1 };
  return (await readAudit(ctx.tx, { ...all, touched, spans: spansOf(workers) })).length > 0;
};

interface Names {
  readonly workers: ReadonlyMap<string, Worker>;
  readonly codes: ReadonlyMap<string, ThingCode>;
  readonly places: ReadonlyMap<string, string>;
}

const namedThing = ({ kind, id }: Thing, { workers, codes, places }: Names): EntryThing => {
  const known = codes.get(id);
  const code = known?.code ?? places.get(id) ?? workers.get(id)?.name ?? null;
  return { kind: known?.kind ?? kind, id, code, position: known?.position ?? null };
};

const idsOf = (things: readonly Thing[], kinds: readonly ThingKind[]) =>
  things.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id);

const entriesOf = async ({ tx }: Context, rows: readonly AuditRow[], workers: readonly Worker[]): Promise<Entry[]> => {
  const things = rows.flatMap(({ refs }) => thingsIn(refs));
  const names: Names = {
    workers: new Map(workers.map((worker) => [worker.id, worker])),
    codes: await codesOf(tx, idsOf(things, ['subject', 'plan', 'line', 'message', 'audience', 'dispatch', 'visit'])),
    places: await lastNames(tx, idsOf(things, ['place'])),
  };
  return rows.map(({ auditId, at, name, doerId, via, refs }) => {
    const doer = doerId === null ? undefined : names.workers.get(doerId);
    return {
      ...{ auditId, at, name, via },
      who: doer ? { id: doer.id, kind: doer.kind, name: doer.name, username: doer.username } : null,
      things: thingsIn(refs).map((thing) => namedThing(thing, names)),
      counts: countsIn(refs),
    };
  });
};

// Midnight of the country, which has no summer time.
const startOf = (on: Day): Date => new Date(`${on}T00:00:00+07:00`);

const bounds = ({ from, to }: { from?: Day | null | undefined; to?: Day | null | undefined }) => {
  if (from && to && from > to) throw fault('to', 'audit.days');
  return { from: from ? startOf(from) : null, until: to ? startOf(addDays(to, 1)) : null };
};

export interface FoundEntries {
  readonly entries: readonly Entry[];
  /** The mark after which the next page begins; null = this is the last. */
  readonly next: AuditMark | null;
  /** How many there are in all, wherever the page begins; not counted past `mostCounted`. */
  readonly total: number;
  /** Whose work one may look at. */
  readonly workers: readonly Worker[];
}

/** One page of the audit, newest first, of those who worked within the asker's areas. */
export const entriesFor = async (
  ctx: Context,
  asked: Asked,
  { before, limit, mostCounted }: { before: AuditMark | null; limit: number; mostCounted: number },
): Promise<FoundEntries> => {
  const workers = await workersWithin(ctx);
  const touched = await idsAsked(ctx, asked);
  const background = asked.background && (await mayAskBackground(ctx, workers, touched));
  const everybody = ctx.areas === null && !asked.who;
  const query = {
    spans: everybody ? null : spansOf(chosen(workers, asked)),
    group: asked.group ?? null,
    ...bounds(asked),
    ...{ touched, background, before },
    limit: limit + 1,
  };
  const rows = await readAudit(ctx.tx, query);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    entries: await entriesOf(ctx, shown, workers),
    next: rows.length > limit && last ? { at: last.at, auditId: last.auditId } : null,
    // A page that holds them all need not be counted.
    total: before || rows.length > limit ? await countAudit(ctx.tx, query, mostCounted) : rows.length,
    workers,
  };
};
