import { z } from 'zod';
import { read } from '../../../platform/command.ts';
import { type SpokenLanguage, spokenLanguages } from '../../../shared/channels.ts';
import { placesUnder } from '../../territory/index.ts';
import { languagesSpoken } from './store.ts';

/**
 * The languages that households of the own areas are known to understand, the commonest first; Vietnamese is always among
 * them, and where nothing is known all are told. For forms, which show these and fold the others away.
 */
export const listSpokenLanguages = read({
  name: 'registry.list-spoken-languages',
  input: z.object({}),
  allow: ['officer', 'leader', 'agent', 'admin'],
  area: 'own',
  run: async (ctx): Promise<SpokenLanguage[]> => {
    const villages = ctx.areas === null ? null : await placesUnder(ctx.tx, ctx.areas, ctx.today);
    const found = await languagesSpoken(ctx.tx, villages);
    const known = found.flatMap((each) => spokenLanguages.find((language) => language === each) ?? []);
    if (known.length === 0) return [...spokenLanguages];
    return known.includes('vi') ? known : ['vi', ...known];
  },
});
