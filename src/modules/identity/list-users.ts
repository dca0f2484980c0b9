import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { coversPlaces } from '../territory/index.ts';
import { type GrantRow, grantsOf, listUserRows, type UserRow } from './store.ts';

export interface ListedUser extends UserRow {
  /** Those within the asking administrator's areas, the ended ones too. */
  readonly grants: readonly GrantRow[];
}

/** Who has or had a role within the administrator's areas. */
export const listUsers = read({
  name: 'identity.list-users',
  input: z.object({}),
  allow: ['admin'],
  area: 'own',
  run: async ({ tx, areas, today }): Promise<ListedUser[]> => {
    const grants = await grantsOf(tx, null);
    const inside = new Set<string>();
    for (const placeId of new Set(grants.map((grant) => grant.placeId))) {
      if (areas === null || (await coversPlaces(tx, areas, [placeId], today))) inside.add(placeId);
    }
    const listed = (await listUserRows(tx)).map((user) => ({
      ...user,
      grants: grants.filter((grant) => grant.userId === user.userId && inside.has(grant.placeId)),
    }));
    return areas === null ? listed : listed.filter((user) => user.grants.length > 0);
  },
});
