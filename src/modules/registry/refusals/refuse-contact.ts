import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import { conflict, invalid } from '../../../shared/errors.ts';
import { isOfficer, ownHolders } from './own-holders.ts';
import { noteInput, phoneInput, readNumber, waysToRefuse } from './refusal.ts';
import { refuseNumbers } from './refuse-numbers.ts';
import { holdersOf, openRefusal } from './store.ts';

/**
 * Somebody wants no messages and calls: from today on nobody writes to or calls this number, whoever has it. Leaders and
 * agents say it of numbers in their own areas; an officer of any, and is answered alike whether it is nobody's or somebody's
 * elsewhere. Of a number that is refused already nothing is written.
 */
export const refuseContact = command({
  name: 'registry.refuse-contact',
  input: z.object({
    phone: phoneInput,
    how: z.enum(waysToRefuse, { error: 'refusal.how' }),
    note: noteInput.default(''),
  }),
  allow: ['officer', 'leader', 'agent'],
  area: 'own',
  run: async (ctx, { phone, how, note }) => {
    const value = readNumber(phone);
    const own = await ownHolders(ctx, await holdersOf(ctx.tx, [value]));
    const leads = ctx.actor.grants.some(({ role }) => role === 'leader');
    if (!isOfficer(ctx) && !own.some(({ kind }) => leads || kind === 'household'))
      throw invalid('refusal.not-here', {}, [{ path: 'phone', code: 'refusal.not-here' }]);
    const fresh = (await refuseNumbers(ctx, [{ value, how, note }])) > 0;
    const open = await openRefusal(ctx.tx, value);
    // It was refused a moment ago, and somebody has just lifted it.
    if (!open) throw conflict('somebody-else');
    const { refusalId, since } = open;
    return { refusalId, phone: value, since, fresh, subjectIds: own.map(({ subjectId }) => subjectId) };
  },
  audit: ({ how }, { refusalId, fresh, subjectIds }) => ({ refusalId, how, fresh, subjectIds }),
});
