import type { Db } from '../../../platform/db/connect.ts';
import { addDays, type Day } from '../../../shared/dates.ts';
import {
  matchVillages,
  type PlaceVersion,
  pathsOf,
  placeNames,
  placesWithin,
  sameName,
} from '../../territory/index.ts';
import { insertVillageFaults, setVillages, type VillageAnswer, type VillageText, villageTexts } from './store.ts';

/** The merger of communes (NQ 1673/NQ-UBTVQH15 and its like): lists drawn up after it often still name the old commune. */
const MERGER: Day = '2025-07-01';

/**
 * Gives every staged row its village: by name among the villages of the list's place, narrowed by the commune the row
 * names (of the list's day, or of before the merger). A name that fits none or several becomes an error in each of its rows.
 */
export const findVillages = async (tx: Db, list: { importId: string; placeId: string; asOf: Day }): Promise<void> => {
  const villages = await placesWithin(tx, list.placeId, list.asOf, 'village');
  const ids = villages.map(({ placeId }) => placeId);
  const now = await pathsOf(tx, ids, list.asOf);
  const before = list.asOf >= MERGER ? await pathsOf(tx, ids, addDays(MERGER, -1)) : now;
  const communeOf = (village: PlaceVersion) => now.get(village.placeId)?.find(({ kind }) => kind === 'commune');
  const inCommune = (village: PlaceVersion, commune: string): boolean =>
    [...(now.get(village.placeId) ?? []), ...(before.get(village.placeId) ?? [])].some(
      (place) => place.kind === 'commune' && placeNames(place).some((name) => sameName(name, commune)),
    );
  const answers: VillageAnswer[] = [];
  const unknown: (VillageText & { code: string; nearest: string })[] = [];
  const byCommune = Map.groupBy(await villageTexts(tx, list.importId), ({ commune }) => commune);
  for (const [commune, texts] of byCommune) {
    const named = commune === null ? [] : villages.filter((village) => inCommune(village, commune));
    const candidates = named.length > 0 ? named : villages;
    const matches = matchVillages(
      candidates,
      texts.map(({ village }) => village),
    );
    for (const text of texts) {
      const match = matches.get(text.village)!;
      if (match.placeId !== null) {
        const village = candidates.find(({ placeId }) => placeId === match.placeId)!;
        answers.push({ ...text, villageId: village.placeId, communeId: communeOf(village)!.placeId });
      } else {
        const nearest = match.nearest.join(', ');
        const code =
          match.why === 'several' ? 'list.village-several' : nearest ? 'list.village-unknown' : 'list.village-none';
        unknown.push({ ...text, code, nearest });
      }
    }
  }
  await setVillages(tx, list.importId, answers);
  await insertVillageFaults(tx, list.importId, unknown);
};
