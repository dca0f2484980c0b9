import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { conflict } from '../../shared/errors.ts';
import { clean } from '../../shared/text.ts';
import { heldLine, placeOfLine } from './known-plan.ts';
import { changeLine } from './store-lines.ts';

const line = (max: number) => z.string().transform(clean).pipe(z.string().min(1).max(max));

const shown = (name: string, post: string): string => (post ? `${name}, ${post}` : name);

/** Names another head for a line, with the reason (moved to another post, retired …): the old one stays on record. */
export const nameHead = command({
  name: 'plans.name-head',
  input: z.object({ lineId: z.string(), name: line(120), post: line(200), note: line(1_000) }),
  allow: ['officer', 'leader'],
  area: placeOfLine,
  run: async (ctx, { lineId, name, post, note }) => {
    const { line: known } = await heldLine(ctx, lineId);
    if (known.headName === name && known.headPost === post) throw conflict('line.same-head');
    const change = {
      ...{ lineId, what: 'head' as const, note },
      before: shown(known.headName, known.headPost),
      after: shown(name, post),
    };
    const by = { changedBy: ctx.actor.userId, changedByName: ctx.actor.name, changedAt: ctx.at };
    await changeLine(ctx.tx, { ...change, ...by }, { headName: name, headPost: post });
  },
  audit: ({ lineId }) => ({ lineId, fields: ['head_name', 'head_post'] }),
});
