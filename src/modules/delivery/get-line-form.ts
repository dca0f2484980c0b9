import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { isDay, showDay } from '../../shared/dates.ts';
import { invalid, notFound } from '../../shared/errors.ts';
import { byName } from '../../shared/order.ts';
import { approvedForms, getEditions } from '../content/index.ts';
import { getLine } from '../plans/index.ts';
import { namesOn } from '../territory/index.ts';
import { ownVillages } from './own-villages.ts';

/** What a form needs to record something for a line: what is told, its check question, and one's own villages of the line. */
export const getLineForm = read({
  name: 'delivery.get-line-form',
  input: z.object({ lineId: z.string(), on: z.string().refine(isDay, { error: 'not-a-day' }).nullish() }),
  allow: ['officer', 'agent', 'leader'],
  area: 'own',
  run: async (ctx, { lineId, on }) => {
    const line = await getLine(ctx.tx, lineId);
    const day = on ?? ctx.today;
    const villages = await ownVillages(ctx, line.placeIds, day);
    if (villages.length === 0) {
      // A line of somebody else's villages is not found, whether there is one or not.
      if ((await ownVillages(ctx, line.placeIds, ctx.today)).length === 0) throw notFound('line');
      const params = { day: showDay(day) };
      throw invalid('evidence.no-village-then', params, [
        { path: 'happenedOn', code: 'evidence.no-village-then', params },
      ]);
    }
    const { messageId, edition } = line;
    const about = (await getEditions(ctx.tx, [{ messageId, edition }])).get(`${messageId}|${edition}`);
    const forms = await approvedForms(ctx.tx, messageId, edition);
    const names = await namesOn(ctx.tx, villages, day);
    return {
      line,
      on: day,
      message: { messageId, edition, code: about?.code ?? '?', title: about?.title ?? '?', core: about?.core ?? '' },
      scripts: forms.filter(({ kind }) => kind === 'script').map(({ language }) => language),
      questions: forms.filter(({ kind }) => kind === 'question'),
      villages: villages
        .map((placeId) => ({ placeId, name: names.get(placeId) ?? '' }))
        .sort((a, b) => byName(a.name, b.name)),
    };
  },
});
