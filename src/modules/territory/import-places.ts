import { z } from 'zod';
import { command, type Context } from '../../platform/command.ts';
import type { Day } from '../../shared/dates.ts';
import { conflict, invalid } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { foldPlace, type PlaceVersion } from './place.ts';
import { type PlaceFault, type PlaceRow, placeHeadings, readPlaceRow } from './places-list.ts';
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

interface Plan {
  readonly row: PlaceRow;
  readonly versions: PlaceVersion[];
  readonly change: 'added' | 'changed' | 'same';
}

const readRows = (rows: z.output<typeof input>['rows'], faults: PlaceFault[]): PlaceRow[] => {
  const at = rows.findIndex(({ cells }) => placeHeadings(cells));
  if (at < 0) throw invalid('places.no-heading');
  const headings = placeHeadings(rows[at]!.cells)!;
  const read = rows.slice(at + 1).map(({ row, cells }) => readPlaceRow(row, cells, headings, faults));
  return read.filter((row) => row !== undefined);
};

/** The communes a row names, before and after the reform; the later one follows from the earlier where it is plain. */
const communesOf = async (ctx: Context, row: PlaceRow, faults: PlaceFault[]) => {
  const fault = (column: string, value: string, code: string): undefined => {
    faults.push({ row: row.row, column, value, severity: 'error', code, params: {} });
  };
  const before = row.codeBefore ? await findByCode(ctx.tx, row.codeBefore, BEFORE_REFORM, 'commune') : undefined;
  if (row.codeBefore && !before) return fault('mã xã trước 01/07/2025', row.codeBefore, 'place.unknown-commune');
  let after = row.codeAfter ? await findByCode(ctx.tx, row.codeAfter, REFORM, 'commune') : undefined;
  if (row.codeAfter && !after) return fault('mã xã từ 01/07/2025', row.codeAfter, 'place.unknown-commune');
  if (before && !after) {
    const next = (await successionsOf(ctx.tx, before.placeId)).filter((found) => found.from_id === before.placeId);
    const versions = await versionsOf(ctx.tx, next[0]?.to_id ?? before.placeId);
    // A commune that was split says nothing of where this village went: the list must.
    if (next.length > 1) return fault('mã xã từ 01/07/2025', '', 'place.split-commune');
    after = versions.find((version) => version.validTo === null);
  }
  if (!before && !after) return fault('mã xã', '', 'place.no-commune');
  return { before, after };
};

const sameVersion = (a: PlaceVersion | undefined, b: PlaceVersion): boolean =>
  JSON.stringify(a) === JSON.stringify({ ...b, placeId: a?.placeId });

const planRow = async (ctx: Context, row: PlaceRow, faults: PlaceFault[]): Promise<Plan | undefined> => {
  const communes = await communesOf(ctx, row, faults);
  if (!communes) return undefined;
  const { before, after } = communes;
  const from = row.validFrom ?? (before ? EARLIEST : REFORM);
  const siblings = [
    ...(before ? await childrenOf(ctx.tx, before.placeId, BEFORE_REFORM) : []),
    ...(after ? await childrenOf(ctx.tx, after.placeId, REFORM) : []),
  ];
  const known = siblings.find(
    (sibling) =>
      sibling.kind === 'village' &&
      [sibling.name, ...sibling.otherNames].some((name) => foldPlace(name) === foldPlace(row.name)),
  );
  const placeId = known?.placeId ?? newId();
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
  const versions: PlaceVersion[] = [];
  if (before && from < REFORM) versions.push(version(before, from, row.validTo && row.validTo < REFORM ? row.validTo : REFORM));
  if (after && (!row.validTo || row.validTo > REFORM)) versions.push(version(after, from > REFORM ? from : REFORM, row.validTo));
  const stored = known ? await versionsOf(ctx.tx, placeId) : [];
  const same = versions.every((one) => sameVersion(stored.find((other) => other.validFrom === one.validFrom), one));
  return { row, versions, change: known ? (same ? 'same' : 'changed') : 'added' };
};

/** A commune's own list of its villages: a dry run with every fault by row, or the same and then written. */
export const importPlaces = command({
  name: 'territory.import-places',
  input,
  allow: ['admin', 'officer'],
  area: async (ctx, { rows }) => {
    const found = await Promise.all(readRows(rows, []).map((row) => communesOf(ctx, row, [])));
    const ids = found.flatMap((communes) => [communes?.after?.placeId ?? communes?.before?.placeId ?? []].flat());
    // A list in which no commune is known touches nothing yet; its faults are told to whoever may import at all.
    return ids.length > 0 ? [...new Set(ids)] : (ctx.areas ?? []);
  },
  run: async (ctx, { rows, commit }): Promise<PlacesReport> => {
    const faults: PlaceFault[] = [];
    const read = readRows(rows, faults);
    const seen = new Map<string, number>();
    const plans: Plan[] = [];
    for (const row of read) {
      const key = `${row.codeAfter ?? row.codeBefore} ${foldPlace(row.name)}`;
      const twice = seen.get(key);
      if (twice !== undefined) {
        faults.push({ row: row.row, column: 'tên thôn', value: row.name, severity: 'error', code: 'place.twice', params: { other: twice } });
        continue;
      }
      seen.set(key, row.row);
      const plan = await planRow(ctx, row, faults);
      if (plan) plans.push(plan);
    }
    const count = (change: Plan['change']) => plans.filter((plan) => plan.change === change).length;
    const errors = faults.filter((fault) => fault.severity === 'error').length;
    if (commit && errors > 0) throw conflict('places.has-errors', { count: errors });
    if (commit) await write(ctx, plans);
    return { rows: read.length, added: count('added'), changed: count('changed'), same: count('same'), faults, committed: commit };
  },
  audit: (_input, output) => ({ rows: output.rows, added: output.added, changed: output.changed, committed: output.committed }),
});

const write = async (ctx: Context, plans: readonly Plan[]): Promise<void> => {
  const { tx, today } = ctx;
  await saveVersions(tx, plans.filter((plan) => plan.change !== 'same').flatMap((plan) => plan.versions));
  for (const { row, versions } of plans) {
    const placeId = versions[0]?.placeId;
    if (!placeId) continue;
    const since = versions[0]!.validFrom;
    await saveStatuses(tx, row.statuses.map((status) => ({ place_id: placeId, status, valid_from: since, valid_to: null, document: row.source ?? '', mark: 'unconfirmed' })));
    if (row.households === null) continue;
    await saveCounts(tx, [{ place_id: placeId, on_date: row.countedOn ?? today, households: row.households, people: row.people, source: row.source ?? '' }]);
  }
};
