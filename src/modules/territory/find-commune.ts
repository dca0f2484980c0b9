import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { isDay } from '../../shared/dates.ts';
import { notFound } from '../../shared/errors.ts';
import { findByCode } from './store.ts';

/** The commune that an official code named on a day. Codes are reused, so a code without its day names nothing. */
export const findByCommuneCode = read({
  name: 'territory.find-by-commune-code',
  input: z.object({
    code: z.string().regex(/^\d{1,5}$/u, 'place'),
    on: z.string().refine(isDay, 'not-a-day').nullish(),
  }),
  allow: 'signed-in',
  area: 'none',
  run: async ({ tx, today }, { code, on }) => {
    const found = await findByCode(tx, code.padStart(5, '0'), on ?? today, 'commune');
    if (!found) throw notFound('place');
    return found;
  },
});
