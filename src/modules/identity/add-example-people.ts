import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { conflict } from '../../shared/errors.ts';
import { createUser, giveRole } from './add-user.ts';
import { userByName } from './store.ts';

// Those of the commune come in by the links of every start; those of the province wrote and approved what the example tells.
const PEOPLE = [
  { username: 'can-bo', name: 'Cán bộ (mô phỏng)', role: 'officer', at: 'commune' },
  { username: 'lanh-dao', name: 'Lãnh đạo (mô phỏng)', role: 'leader', at: 'commune' },
  { username: 'tuyen-truyen-vien', name: 'Tuyên truyền viên (mô phỏng)', role: 'agent', at: 'village' },
  { username: 'can-bo-tinh', name: 'Cán bộ tỉnh (mô phỏng)', role: 'officer', at: 'province' },
  { username: 'lanh-dao-tinh', name: 'Lãnh đạo tỉnh (mô phỏng)', role: 'leader', at: 'province' },
] as const;

/** The invented people of the example locality; they have no password and come in by link. Doing it again changes nothing. */
export const addExamplePeople = command({
  name: 'identity.add-example-people',
  input: z.object({ communeId: z.uuid(), villageId: z.uuid(), provinceId: z.uuid() }),
  allow: 'system',
  area: 'none',
  run: async (context, { communeId, villageId, provinceId }) => {
    const places = { commune: communeId, village: villageId, province: provinceId };
    const added: string[] = [];
    for (const { username, name, role, at } of PEOPLE) {
      const known = await userByName(context.tx, username);
      if (known && !known.synthetic) throw conflict('username-taken', { username });
      if (known) continue;
      const userId = await createUser(context, { username, name, synthetic: true });
      await giveRole(context, { userId, role, placeId: places[at] });
      added.push(userId);
    }
    const linked = PEOPLE.filter(({ at }) => at !== 'province');
    return { added, usernames: linked.map((person) => person.username) };
  },
  audit: ({ communeId, villageId, provinceId }, { added }) => ({ communeId, villageId, provinceId, added }),
});
