import { z } from 'zod';
import { type Context, command } from '../../platform/command.ts';
import { addDays, type Day, showDay } from '../../shared/dates.ts';
import { conflict, invalid } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { foldPlace, type PlaceVersion } from './place.ts';
import { type PlaceFault, type PlaceRow, placeColumns, placeHeadings, readPlaceRow } from './places-list.ts';
import { childrenOf, findByCode, saveCounts, saveStatuses, saveVersions, successionsOf, versionsOf } from './store.ts';

const REFORM: Day = '2025-07-01';
const BEFORE_REFORM: Day = '2025-06-30';
const EARLIEST: Day = '1900-01-01';

const input = z.object({
  /** Rows of the file as texts, with the number each has in the file; the heading among them. */
  rows: z.array(z.object({ row: z.number().int(), cells: z.array(z.string()) })).max(20_000),
  commit: z.boolean(),
});

export interface PlacesReport {
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly faults: readonly PlaceFault[];
  readonly committed: boolean;
}

interface Communes {
  readonly before: PlaceVersion | undefined;
  readonly after: PlaceVersion | undefined;
  /** The one before was split in the reform: this village went with one part only. */
  readonly split: boolean;
}

interface Plan {
  readonly row: PlaceRow;
  readonly placeId: string;
  /** From when the row tells of it. */
  readonly since: Day;
  /** Every version of the village, with what was known of it and the row does not speak of. */
  readonly versions: readonly PlaceVersion[];
  readonly change: 'added' | 'changed' | 'same';
}

const readRows = (rows: z.output<typeof input>['rows'], today: Day, faults: PlaceFault[]): PlaceRow[] => {
  const at = rows.findIndex(({ cells }) => placeHeadings(cells));
  if (at < 0) throw invalid('places.no-heading');
  const headings = placeHeadings(rows[at]!.cells)!;
  const read = rows.slice(at + 1).map(({ row, cells }) => readPlaceRow(row, cells, headings, today, faults));
  return read.filter((row) => row !== undefined);
};

/** The communes a row names, before and after the reform; the later one follows from the earlier where it is plain. */
const communesOf = async (ctx: Context, row: PlaceRow, faults: PlaceFault[]): Promise<Communes | undefined> => {
  const fault = (column: string, value: string, code: string): undefined => {
    faults.push({ row: row.row, column, value, severity: 'error', code, params: {} });
  };
  const before = row.codeBefore ? await findByCode(ctx.tx, row.codeBefore, BEFORE_REFORM, 'commune') : undefined;
  if (row.codeBefore && !before) return fault(placeColumns.codeBefore, row.codeBefore, 'place.unknown-commune');
  let after = row.codeAfter ? await findByCode(ctx.tx, row.codeAfter, REFORM, 'commune') : undefined;
  if (row.codeAfter && !after) return fault(placeColumns.codeAfter, row.codeAfter, 'place.unknown-commune');
  if (!before && !after) return fault(placeColumns.codeAfter, '', 'place.no-commune');
  if (!before) return { before, after, split: false };
  const next = (await successionsOf(ctx.tx, before.placeId)).filter((found) => found.from_id === before.placeId);
  const split = next.length > 1;
  // A commune that was split says nothing of where this village went: the list must.
  if (!after && split) return fault(placeColumns.codeAfter, '', 'place.split-commune');
  if (!after) {
    const versions = await versionsOf(ctx.tx, next[0]?.to_id ?? before.placeId);
    after = versions.find((version) => version.validTo === null);
  }
  return { before, after, split };
};

/** The village a row speaks of, as stored. One of the same name in the new commune may have come from another old one. */
const knownVillage = async (
  ctx: Context,
  row: PlaceRow,
  { before, after }: Communes,
): Promise<readonly PlaceVersion[]> => {
  const called = (sibling: PlaceVersion): boolean =>
    sibling.kind === 'village' &&
    [sibling.name, ...sibling.otherNames].some((name) => foldPlace(name) === foldPlace(row.name));
  const earlier = before ? (await childrenOf(ctx.tx, before.placeId, BEFORE_REFORM)).find(called) : undefined;
  if (earlier) return versionsOf(ctx.tx, earlier.placeId);
  for (const later of after ? (await childrenOf(ctx.tx, after.placeId, REFORM)).filter(called) : []) {
    const versions = await versionsOf(ctx.tx, later.placeId);
    if (!before || versions.every((version) => version.validFrom >= REFORM)) return versions;
  }
  return [];
};

const sameVersions = (a: readonly PlaceVersion[], b: readonly PlaceVersion[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

const planRow = async (
  ctx: Context,
  row: PlaceRow,
  communes: Communes,
  faults: PlaceFault[],
): Promise<Plan | undefined> => {
  const { before, after } = communes;
  const stored = await knownVillage(ctx, row, communes);
  const placeId = stored[0]?.placeId ?? newId();
  const from = row.validFrom ?? (before ? EARLIEST : REFORM);
  const version = (parent: PlaceVersion, validFrom: Day, validTo: Day | null): PlaceVersion => ({
    placeId,
    validFrom,
    validTo,
    name: row.name,
    otherNames: row.otherNames,
    kind: 'village',
    unitType: row.unitType,
    officialCode: null,
    parentId: parent.placeId,
    urban: row.unitType === 'tổ dân phố' && parent.urban,
  });
  const told: PlaceVersion[] = [];
  const ended = row.validTo !== null && row.validTo <= from;
  if (before && from < REFORM && !ended)
    told.push(version(before, from, row.validTo && row.validTo < REFORM ? row.validTo : REFORM));
  if (after && (!row.validTo || row.validTo > REFORM) && !ended)
    told.push(version(after, from > REFORM ? from : REFORM, row.validTo));
  if (told.length === 0) {
    faults.push({
      row: row.row,
      column: placeColumns.validTo,
      value: showDay(addDays(row.validTo ?? from, -1)),
      severity: 'error',
      code: 'place.date',
      params: {},
    });
    return undefined;
  }
  // A row without the old commune says nothing of the time before: what is known of it stays.
  const untold = before ? [] : stored.filter((one) => one.validFrom < REFORM);
  const versions = [...untold, ...told];
  const change = stored.length === 0 ? 'added' : sameVersions(stored, versions) ? 'same' : 'changed';
  return { row, placeId, since: told[0]!.validFrom, versions, change };
};

/** Whom a row touches: the commune, the old one if all of it is meant, and the village that it would change. */
const touchedBy = async (ctx: Context, row: PlaceRow): Promise<string[]> => {
  const communes = await communesOf(ctx, row, []);
  if (!communes) return [];
  const { before, after, split } = communes;
  const village = (await knownVillage(ctx, row, communes))[0]?.placeId;
  return [after?.placeId, split && after ? undefined : before?.placeId, village].filter((id) => id !== undefined);
};

/** A commune's own list of its villages: a dry run with every fault by row, or the same and then written. */
export const importPlaces = command({
  name: 'territory.import-places',
  input,
  allow: ['admin', 'officer'],
  area: async (ctx, { rows }) => {
    const touched = new Set<string>();
    for (const row of readRows(rows, ctx.today, [])) for (const id of await touchedBy(ctx, row)) touched.add(id);
    // A list in which no commune is known touches nothing yet; its faults are told to whoever may import at all.
    return touched.size > 0 ? [...touched] : (ctx.areas ?? []);
  },
  run: async (ctx, { rows, commit }): Promise<PlacesReport> => {
    const faults: PlaceFault[] = [];
    const read = readRows(rows, ctx.today, faults);
    const seen = new Map<string, number>();
    const plans: Plan[] = [];
    for (const row of read) {
      const communes = await communesOf(ctx, row, faults);
      if (!communes) continue;
      const plan = await planRow(ctx, row, communes, faults);
      if (!plan) continue;
      // Two old communes may each have had a "Thôn 1" and still have it in the one they became.
      const keys = [plan.placeId, `${(communes.before ?? communes.after)!.placeId} ${foldPlace(row.name)}`];
      const other = keys.map((key) => seen.get(key)).find((found) => found !== undefined);
      if (other !== undefined) {
        faults.push({
          row: row.row,
          column: placeColumns.name,
          value: row.name,
          severity: 'error',
          code: 'place.twice',
          params: { other },
        });
        continue;
      }
      for (const key of keys) seen.set(key, row.row);
      plans.push(plan);
    }
    const count = (change: Plan['change']) => plans.filter((plan) => plan.change === change).length;
    const errors = faults.filter((fault) => fault.severity === 'error').length;
    if (commit && errors > 0) throw conflict('places.has-errors', { count: errors });
    if (commit) await write(ctx, plans);
    return {
      rows: read.length,
      added: count('added'),
      changed: count('changed'),
      same: count('same'),
      faults,
      committed: commit,
    };
  },
  audit: (_input, output) => ({
    rows: output.rows,
    added: output.added,
    changed: output.changed,
    committed: output.committed,
  }),
});

const write = async (ctx: Context, plans: readonly Plan[]): Promise<void> => {
  const { tx, today } = ctx;
  await saveVersions(
    tx,
    plans.filter((plan) => plan.change !== 'same').flatMap((plan) => plan.versions),
  );
  for (const { row, placeId, since } of plans) {
    await saveStatuses(
      tx,
      row.statuses.map((status) => ({
        place_id: placeId,
        status,
        valid_from: since,
        valid_to: null,
        document: row.source ?? '',
        mark: 'unconfirmed',
      })),
    );
    if (row.households === null) continue;
    await saveCounts(tx, [
      {
        place_id: placeId,
        on_date: row.countedOn ?? today,
        households: row.households,
        people: row.people,
        source: row.source ?? '',
      },
    ]);
  }
  // Who lies where has changed for whoever counts by places.
  await ctx.announce('territory.changed', {});
};
