import { z } from 'zod';
import { read } from '../../platform/command.ts';
import { entriesFor, entriesInput } from './entries.ts';
import { readMark, writeMark } from './mark.ts';

/** Nobody reads on past this; to count millions would take its time at every page. */
const MOST_COUNTED = 10_000;

const markInput = z.string().transform((text, check) => {
  const mark = readMark(text.trim());
  if (mark) return mark;
  check.addIssue({ code: 'custom', message: 'audit.mark' });
  return z.NEVER;
});

/**
 * What was done by those who worked within the own areas, newest first, a page at a time. A leader or administrator sees what
 * people and keys did while every role they held lay inside: where somebody serves two communes, what they do is seen by
 * whoever is over both. Officers do not see each other's work. Shows ids, codes and counts, never a personal value.
 */
export const listEntries = read({
  name: 'audit.list-entries',
  input: z.object({
    ...entriesInput,
    /** `next` of the page before. */
    before: markInput.nullish(),
    limit: z.number().int().min(1).max(500).default(50),
  }),
  allow: ['leader', 'admin'],
  area: 'own',
  run: async (ctx, { before, limit, ...asked }) => {
    const { entries, next, total, workers } = await entriesFor(ctx, asked, {
      ...{ before: before ?? null, limit },
      mostCounted: MOST_COUNTED + 1,
    });
    const people = workers.map(({ id, kind, name, username }) => ({ id, kind, name, username }));
    return {
      ...{ entries, next: next && writeMark(next), people },
      /** With `more` there are more than these, and nobody counted them. */
      total: Math.min(total, MOST_COUNTED),
      more: total > MOST_COUNTED,
    };
  },
});
