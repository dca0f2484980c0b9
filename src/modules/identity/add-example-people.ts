import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { conflict } from '../../shared/errors.ts';
import { createUser, giveRole } from './add-user.ts';
import { userByName } from './store.ts';

const PEOPLE = [
  { username: 'can-bo', name: 'Cán bộ (mô phỏng)', role: 'officer', at: 'commune' },
  { username: 'lanh-dao', name: 'Lãnh đạo (mô phỏng)', role: 'leader', at: 'commune' },
  { username: 'tuyen-truyen-vien', name: 'Tuyên truyền viên (mô phỏng)', role: 'agent', at: 'village' },
] as const;

/** The three invented people of the example locality; they have no password and come in by link. Doing it again changes nothing. */
export const addExamplePeople = command({
  name: 'identity.add-example-people',
  input: z.object({ placeId: z.uuid(), agentPlaceId: z.uuid() }),
  allow: 'system',
  area: 'none',
  run: async (context, { placeId, agentPlaceId }) => {
    const added: string[] = [];
    for (const { username, name, role, at } of PEOPLE) {
      const known = await userByName(context.tx, username);
      if (known && !known.synthetic) throw conflict('username-taken', { username });
      if (known) continue;
      const userId = await createUser(context, { username, name, synthetic: true });
      await giveRole(context, { userId, role, placeId: at === 'commune' ? placeId : agentPlaceId });
      added.push(userId);
    }
    return { added, usernames: PEOPLE.map((person) => person.username) };
  },
  audit: ({ placeId, agentPlaceId }, { added }) => ({ placeId, agentPlaceId, added }),
});
