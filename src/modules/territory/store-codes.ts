import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { Day } from '../../shared/dates.ts';
import type { PlaceKind, PlaceVersion } from './place.ts';
import { onDay } from './store.ts';

export interface CodeQuery {
  readonly code: string;
  readonly on: Day | null;
  readonly kind: PlaceKind | null;
  readonly within: string | null;
  readonly limit: number;
}

/** Places with an official code, the newest first: codes are used again for other units. */
export const searchCodes = async (tx: Db, { code, on, kind, within, limit }: CodeQuery): Promise<PlaceVersion[]> => {
  const { rows } = await sql<PlaceVersion>`
    select v.place_id as "placeId", v.valid_from as "validFrom", v.valid_to as "validTo", v.name, v.other_names as "otherNames", v.kind,
      v.unit_type as "unitType", v.official_code as "officialCode", v.parent_id as "parentId", v.urban
    from territory.place_version v where v.official_code = ${code}
      ${on === null ? sql`` : sql`and ${onDay('v', on)}`} ${kind === null ? sql`` : sql`and v.kind = ${kind}`}
      ${within === null ? sql`` : sql`and v.place_id in (select t.place_id from territory.place_tree t where t.ancestor_id = ${within})`}
    order by v.valid_from desc, v.place_id limit ${limit}`.execute(tx);
  return rows;
};
