import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { coveredPlaces } from '../territory/index.ts';
import { type KeyState, keyStateAt } from './key.ts';
import { type KeyRow, listKeyRows } from './store-keys.ts';

export interface ListedKey extends KeyRow {
  readonly state: KeyState;
}

/** Keys over places within the administrator's areas, newest first, those that open nothing any more too. Never a secret. */
export const listKeys = read({
  name: 'identity.list-keys',
  input: z.object({}),
  allow: ['admin'],
  area: 'own',
  run: async ({ tx, areas, today, at }): Promise<ListedKey[]> => {
    const keys = await listKeyRows(tx);
    const places = [...new Set(keys.map(({ placeId }) => placeId))];
    const own = areas && (await coveredPlaces(tx, areas, places, today));
    return keys
      .filter(({ placeId }) => own === null || own.has(placeId))
      .map((key) => ({ ...key, state: keyStateAt(key, at) }));
  },
});
