import { listAgents } from '../../modules/identity/index.ts';
import type { Option } from '../../ui/index.ts';
import type { PageRequest } from '../page.ts';

/** Whom one can send: users with a role in the place looked at, or in one's own, by name and what they are. */
export const agentOptions = async (
  { execute, actor, say }: PageRequest,
  asked: string | null | undefined,
): Promise<Option[]> => {
  const placeId = asked ?? actor.grants.find(({ role }) => role === 'officer' || role === 'leader')?.placeId;
  if (!placeId) return [];
  return (await execute(listAgents, { placeId })).map(({ userId, name, roles }) => ({
    value: userId,
    label: `${name} (${[...new Set(roles.map(({ role }) => say(`role.${role}`)))].join(', ')})`,
  }));
};
