import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import { conflict, invalid } from '../../../shared/errors.ts';
import { announceChanged } from '../events.ts';
import { applyMissingAnswers, refreshTouched } from '../facts/store.ts';
import { rememberSubjects, touchedSubjects, touchedVillages } from '../facts/undo/store.ts';
import { areaOfImport } from './area.ts';
import { duplicateAnswers, missingAnswers } from './import.ts';
import { answerDecisions, getImportRow, lockCommits, nextWrite } from './store.ts';

/**
 * Answers what the program must not decide: households missing from a complete list, possible duplicates. Before the
 * commit answers may change; after it, open questions about missing households can still be answered, once.
 */
export const decideList = command({
  name: 'registry.decide-list',
  input: z
    .object({
      importId: z.uuid(),
      kind: z.enum(['missing', 'duplicate']),
      /** null = all that are still open. */
      ids: z.array(z.uuid()).max(10_000).nullable(),
      answer: z.enum([...missingAnswers, ...duplicateAnswers]),
    })
    .refine(
      ({ kind, answer }) =>
        ((kind === 'missing' ? missingAnswers : duplicateAnswers) as readonly string[]).includes(answer),
      {
        error: 'import.answer',
        path: ['answer'],
      },
    ),
  allow: ['officer'],
  area: areaOfImport,
  run: async (ctx, input) => {
    await lockCommits(ctx.tx);
    const list = await getImportRow(ctx.tx, input.importId, true);
    const late = list.state === 'committed' && input.kind === 'missing';
    if (!late && list.state !== 'checked') throw conflict('import.state', { state: list.state });
    if (late && input.ids !== null && input.ids.length === 0) throw invalid('import.nothing-chosen');
    const answered = await answerDecisions(ctx.tx, { ...input, openOnly: late, by: ctx.actor.userId, at: ctx.at });
    if (late && answered.length > 0) {
      const no = await nextWrite(ctx.tx, input.importId);
      await applyMissingAnswers(ctx.tx, { importId: input.importId, asOf: list.asOf, at: ctx.at }, answered);
      await rememberSubjects(ctx.tx, input.importId, no, touchedSubjects(input.importId, answered));
      await refreshTouched(ctx.tx, input.importId, ctx.today);
      await announceChanged(ctx, await touchedVillages(ctx.tx, input.importId));
    }
    return { answered: answered.length };
  },
  audit: ({ importId, kind, answer }, { answered }) => ({ importId, kind, answer, answered }),
});
