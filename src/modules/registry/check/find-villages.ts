import type { Db } from '../../../platform/db/connect.ts';
import { addDays, type Day } from '../../../shared/dates.ts';
import { fold } from '../../../shared/text.ts';
import {
  matchVillages,
  type PlaceVersion,
  pathsOf,
  placeNames,
  placesWithin,
  sameName,
} from '../../territory/index.ts';
import type { ListShape } from '../list/index.ts';
import {
  columnsOfShape,
  communesOfPlace,
  insertVillageFaults,
  type KnownCommune,
  namesOfCommunes,
  setVillages,
  type VillageAnswer,
  type VillageText,
  villageTexts,
} from './store.ts';

/** The merger of communes (NQ 1673/NQ-UBTVQH15 and its like): lists drawn up after it often still name the old commune. */
const MERGER: Day = '2025-07-01';

interface ListPlace {
  readonly importId: string;
  readonly placeId: string;
  readonly asOf: Day;
  readonly shape: ListShape | null;
}

/** A village of the list's place with the ids of the communes it lies in, on the list's day and before the merger. */
interface Village extends PlaceVersion {
  readonly commune: string;
  readonly communeBefore: string | undefined;
}

const villagesOf = async (tx: Db, { placeId, asOf }: ListPlace): Promise<Village[]> => {
  const villages = await placesWithin(tx, placeId, asOf, 'village');
  const ids = villages.map((village) => village.placeId);
  const now = await pathsOf(tx, ids, asOf);
  const before = asOf >= MERGER ? await pathsOf(tx, ids, addDays(MERGER, -1)) : now;
  const communeIn = (paths: typeof now, id: string) => paths.get(id)?.find(({ kind }) => kind === 'commune')?.placeId;
  return villages.map((village) => ({
    ...village,
    commune: communeIn(now, village.placeId)!,
    communeBefore: communeIn(before, village.placeId),
  }));
};

/** Its code or a name of any time; also with more behind it: "xã Pá Hu, huyện Trạm Tấu", "Pá Hu (cũ)". */
const isCalled = (commune: PlaceVersion, text: string): boolean =>
  [text, text.split(/[,;(]/u)[0]!].some(
    (part) => part.trim() === commune.officialCode || placeNames(commune).some((name) => sameName(name, part)),
  );

/**
 * The villages a row may mean that names this commune; undefined = it names a commune outside the list's place. Where
 * that is one commune, a name with a slip in it still means it, unless another commune is called so.
 */
const villagesIn = (
  text: string | null,
  villages: readonly Village[],
  communes: readonly KnownCommune[],
  taken: ReadonlySet<string>,
): readonly Village[] | undefined => {
  if (text === null) return villages;
  const called = communes.filter((commune) => isCalled(commune, text));
  if (called.length === 0) {
    const one = new Set(communes.map(({ root }) => root)).size === 1;
    const match = one && !taken.has(fold(text)) ? matchVillages(communes, [text]).get(text) : undefined;
    return match?.placeId === null && match.nearest.length > 0 ? villages : undefined;
  }
  const [ids, roots] = [new Set(called.map(({ placeId }) => placeId)), new Set(called.map(({ root }) => root))];
  const named = villages.filter(
    ({ commune, communeBefore }) => ids.has(commune) || (communeBefore !== undefined && ids.has(communeBefore)),
  );
  if (named.length > 0) return named;
  // Nobody told in which old commune these villages lay: they may be the ones.
  return villages.filter(
    ({ commune, communeBefore }) => roots.has(commune) && (communeBefore === undefined || communeBefore === commune),
  );
};

/**
 * Gives every staged row its village: by name among the villages of the list's place, narrowed by the commune the row
 * names (of the list's day, or one that became or came of it). A name that fits none or several, and a commune outside
 * the list's place, become an error in each of its rows.
 */
export const findVillages = async (tx: Db, list: ListPlace): Promise<void> => {
  const villages = await villagesOf(tx, list);
  const communes = await communesOfPlace(tx, list.placeId, list.asOf);
  const byCommune = Map.groupBy(await villageTexts(tx, list.importId), ({ commune }) => commune);
  const taken = await namesOfCommunes(
    tx,
    [...byCommune.keys()].flatMap((commune) => (commune === null ? [] : fold(commune))),
  );
  const answers: VillageAnswer[] = [];
  const unknown: (VillageText & { code: string; nearest: string })[] = [];
  for (const [commune, texts] of byCommune) {
    const candidates = villagesIn(commune, villages, communes, taken);
    if (!candidates) {
      unknown.push(...texts.map((text) => ({ ...text, code: 'list.commune-elsewhere', nearest: '' })));
      continue;
    }
    const matches = matchVillages(
      candidates,
      texts.map(({ village }) => village),
    );
    for (const text of texts) {
      const match = matches.get(text.village)!;
      if (match.placeId !== null) {
        const village = candidates.find(({ placeId }) => placeId === match.placeId)!;
        answers.push({ ...text, villageId: village.placeId, communeId: village.commune });
      } else {
        const nearest = match.nearest.join(', ');
        const code =
          match.why === 'several' ? 'list.village-several' : nearest ? 'list.village-unknown' : 'list.village-none';
        unknown.push({ ...text, code, nearest });
      }
    }
  }
  await setVillages(tx, list.importId, answers);
  await insertVillageFaults(tx, list.importId, list.shape ? columnsOfShape(list.shape) : [], unknown);
};
