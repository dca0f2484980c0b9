import type { Context } from '../../platform/command.ts';
import { byName } from '../../shared/order.ts';
import { coveredPlaces } from '../territory/index.ts';
import { type GrantRow, grantsOf, listUserRows } from './store.ts';
import { listKeyRows } from './store-keys.ts';

/** A person or a key, and when everything they might do lay within the areas. */
export interface Worker {
  readonly id: string;
  readonly kind: 'person' | 'key';
  readonly name: string;
  /** Null for a key. */
  readonly username: string | null;
  readonly spans: readonly { readonly since: Date; readonly until: Date | null }[];
}

const ALWAYS = [{ since: new Date(0), until: null }];

/**
 * Between two changes of somebody's roles the places they hold stay the same. A stretch counts when all of them lie inside;
 * one without any role, after the last has ended, goes on as the one before it.
 */
const spansOf = (grants: readonly GrantRow[], inside: ReadonlySet<string>): Worker['spans'] => {
  const turns = [...new Set(grants.flatMap(({ from, to }) => [from.getTime(), ...(to ? [to.getTime()] : [])]))].sort(
    (a, b) => a - b,
  );
  let own = false;
  return turns.flatMap((turn, at) => {
    const held = grants.filter(({ from, to }) => from.getTime() <= turn && (to === null || to.getTime() > turn));
    if (held.length > 0) own = held.every(({ placeId }) => inside.has(placeId));
    const next = turns[at + 1];
    return own ? [{ since: new Date(turn), until: next === undefined ? null : new Date(next) }] : [];
  });
};

/**
 * Who worked within the asker's areas, and when: people by every role they held at a time, so that what somebody does who also
 * holds a role elsewhere is seen only by whoever is over all of it; keys by their place. Without areas everybody, always.
 * The asker's own work is theirs to see whatever they hold. Ordered by name.
 */
export const workersWithin = async ({
  tx,
  areas,
  actor,
  today,
}: Pick<Context, 'tx' | 'areas' | 'actor' | 'today'>): Promise<Worker[]> => {
  const [grants, users, keys] = [await grantsOf(tx, null), await listUserRows(tx), await listKeyRows(tx)];
  const places = [...new Set([...grants, ...keys].map(({ placeId }) => placeId))];
  const inside = areas === null ? null : await coveredPlaces(tx, areas, places, today);
  const byUser = Map.groupBy(grants, ({ userId }) => userId);
  const people = users.map(({ userId, name, username }): Worker => {
    const all = inside === null || userId === actor.userId;
    const spans = all ? ALWAYS : spansOf(byUser.get(userId) ?? [], inside);
    return { id: userId, kind: 'person', name, username, spans };
  });
  const systems = keys
    .filter(({ placeId }) => inside === null || inside.has(placeId))
    .map(({ keyId, name }): Worker => ({ id: keyId, kind: 'key', name, username: null, spans: ALWAYS }));
  return [...people, ...systems]
    .filter(({ spans }) => spans.length > 0)
    .sort((a, b) => byName(a.name, b.name) || (a.id < b.id ? -1 : 1));
};
