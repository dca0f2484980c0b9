import { z } from 'zod';
import { type Context, read } from '../../../platform/command.ts';
import { byName } from '../../../shared/order.ts';
import { smsParts, withoutDiacritics } from '../../../shared/sms.ts';
import { getEditions } from '../../content/index.ts';
import { withinAreas } from '../../reach/index.ts';
import { namesOn } from '../../territory/index.ts';
import { ownVillages } from '../own-villages.ts';
import { channelOf, isQuiet } from './dispatch.ts';
import { countLeftOut, formsOf, type Prepared, prepareSending, sendingFields, type Written } from './prepare.ts';
import { findRun, nextRun } from './store.ts';

/** Parts of one message of this sending, at least and at most, and of all together. */
const partsOf = (written: readonly Pick<Written, 'parts'>[]) => {
  const each = written.map(({ parts }) => parts);
  return {
    least: each.reduce((a, b) => Math.min(a, b), each[0] ?? 0),
    most: each.reduce((a, b) => Math.max(a, b), 0),
    all: each.reduce((a, b) => a + b, 0),
  };
};

/** The same words with and without diacritics side by side: what each would come to. */
const bothWays = (written: readonly Written[]) => {
  const counted = new Map<string, number>();
  const plainParts = (body: string): number => {
    const known = counted.get(body) ?? smsParts(withoutDiacritics(body)).parts.length;
    if (counted.size < 10_000) counted.set(body, known);
    return known;
  };
  return { asChosen: partsOf(written), plain: partsOf(written.map(({ body }) => ({ parts: plainParts(body) }))) };
};

const byPlace = async (ctx: Context, { placeIds, written, leftOut }: Prepared) => {
  const names = await namesOn(ctx.tx, [...placeIds], ctx.today);
  const sent = Map.groupBy(written, ({ candidate }) => candidate.placeId);
  const out = Map.groupBy(leftOut, ({ placeId }) => placeId);
  return placeIds
    .map((placeId) => ({
      placeId,
      name: names.get(placeId) ?? '',
      recipients: sent.get(placeId)?.length ?? 0,
      leftOut: out.get(placeId)?.length ?? 0,
    }))
    .sort((a, b) => byName(a.name, b.name));
};

/**
 * Before the button: who would be sent to, in which languages, in how many parts; who is reachable some other way, and who
 * by none; who was sent to last and when. Nothing is written.
 */
export const previewDispatch = read({
  name: 'delivery.preview-dispatch',
  input: z.object(sendingFields),
  allow: ['officer', 'leader'],
  area: 'own',
  run: async (ctx, sending) => {
    const prepared = await prepareSending(ctx, sending);
    const { line, written, leftOut, parts, urgent, asks } = prepared;
    const { messageId, edition } = line;
    const about = (await getEditions(ctx.tx, [{ messageId, edition }])).get(`${messageId}|${edition}`);
    const run = await nextRun(ctx.tx, line.lineId);
    const before = await findRun(ctx.tx, line.lineId, run - 1);
    // Of a sending to others alone nothing is told.
    const last = before && (await withinAreas(ctx, before.placeIds)).size > 0 ? before : undefined;
    const kinds = {
      sms: (await formsOf(ctx, line, 'sms')).length > 0,
      'sms-plain': (await formsOf(ctx, line, 'sms-plain')).length > 0,
      email: (await formsOf(ctx, line, 'email')).length > 0,
    };
    const languages = [...Map.groupBy(written, ({ form }) => form.language)].map(([language, rows]) => ({
      language,
      recipients: rows.length,
      reads: rows.filter(({ reads }) => reads).length,
      sample: rows[0]!.body,
    }));
    const all = await ownVillages(ctx, line.placeIds, ctx.today);
    const allNames = await namesOn(ctx.tx, all, ctx.today);
    return {
      line,
      message: { code: about?.code ?? '?', title: about?.title ?? '?', core: about?.core ?? '' },
      run,
      recipients: written.length,
      reads: written.filter(({ reads }) => reads).length,
      parts,
      ...bothWays(written),
      languages: languages.sort((a, b) => b.recipients - a.recipients),
      leftOut: countLeftOut(leftOut),
      places: await byPlace(ctx, prepared),
      choices: all
        .map((placeId) => ({ placeId, name: allNames.get(placeId) ?? '' }))
        .sort((a, b) => byName(a.name, b.name)),
      kinds,
      urgent,
      asks,
      quiet: channelOf(sending.formKind) === 'sms' && isQuiet(ctx.at) && !urgent,
      last: last
        ? { dispatchId: last.dispatchId, by: last.createdByName, at: last.createdAt, recipients: last.recipients }
        : null,
    };
  },
});

export type DispatchPreview = Awaited<ReturnType<typeof previewDispatch.run>>;
