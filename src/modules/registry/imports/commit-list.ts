import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import { decideInstallation } from '../../../platform/installation.ts';
import { conflict } from '../../../shared/errors.ts';
import { newId } from '../../../shared/ids.ts';
import { dropStaged, sampleLittle } from '../check/store.ts';
import { applyDuplicateAnswers, openQuestions, rememberAnswers } from '../check/store-match.ts';
import { announceChanged } from '../events.ts';
import {
  applyMissingAnswers,
  findLaterReviews,
  newLines,
  refreshTouched,
  stagedSubjects,
  writeStagedFacts,
  writeSubjects,
} from '../facts/store.ts';
import {
  analyzeFacts,
  analyzeRemembered,
  isLarge,
  rememberSubjects,
  touchedSubjects,
  touchedVillages,
} from '../facts/undo/store.ts';
import { carryListIntoNotes } from '../languages/store.ts';
import { writePeople } from '../people/store.ts';
import { areaOfImport } from './area.ts';
import { answeredMissing, committedSince, getImportRow, lockCommits, nextWrite, setCommitted } from './store.ts';

/** A code for a household whose list gives none: short enough to be read out. */
const ownCode = (subjectId: string): string =>
  `H-${BigInt(`0x${subjectId.replaceAll('-', '').slice(-12)}`)
    .toString(36)
    .toUpperCase()
    .padStart(10, '0')}`;

/** Writes a checked list into the registry, all of it or nothing. */
export const commitList = command({
  name: 'registry.commit-list',
  input: z.object({ importId: z.uuid() }),
  allow: ['officer'],
  area: areaOfImport,
  run: async (ctx, { importId }) => {
    await lockCommits(ctx.tx);
    const list = await getImportRow(ctx.tx, importId, true);
    if (list.state === 'committed') throw conflict('import.already-committed');
    if (list.state !== 'checked' || !list.counts || list.busy) throw conflict('import.state', { state: list.state });
    if (list.counts.errors > 0) throw conflict('import.has-errors', { count: list.counts.errors });
    if (await committedSince(ctx.tx, importId)) throw conflict('import.stale');
    const kind = list.synthetic ? 'example' : 'real';
    if ((await decideInstallation(ctx.tx, kind)) !== kind) {
      throw conflict(list.synthetic ? 'import.example-beside-real' : 'import.real-beside-example');
    }
    await sampleLittle(ctx.tx);
    await applyDuplicateAnswers(ctx.tx, importId);
    const open = await openQuestions(ctx.tx, importId);
    if (open.duplicates > 0) throw conflict('import.open-duplicates', { count: open.duplicates });
    if (open.clashes > 0) throw conflict('import.clashes', { count: open.clashes });
    const writing = { importId, asOf: list.asOf, at: ctx.at };
    const lines = await newLines(ctx.tx, importId);
    const ids = lines.map((line) => {
      const id = newId();
      return { line, subject_id: id, code: ownCode(id) };
    });
    const no = await nextWrite(ctx.tx, importId);
    await writeSubjects(ctx.tx, writing, ids);
    await findLaterReviews(ctx.tx, writing, stagedSubjects(importId));
    await writeStagedFacts(ctx.tx, writing);
    await carryListIntoNotes(ctx.tx, writing);
    await writePeople(ctx.tx, writing);
    const answered = await answeredMissing(ctx.tx, importId);
    if (answered.length > 0) await applyMissingAnswers(ctx.tx, writing, answered);
    await rememberAnswers(ctx.tx, importId);
    const large = await isLarge(ctx.tx, list.counts.households);
    if (large) await analyzeFacts(ctx.tx);
    await rememberSubjects(ctx.tx, importId, no, touchedSubjects(importId, answered));
    if (large) await analyzeRemembered(ctx.tx);
    await refreshTouched(ctx.tx, importId, ctx.today);
    await announceChanged(ctx, await touchedVillages(ctx.tx, importId));
    await dropStaged(ctx.tx, importId);
    const { households, same } = list.counts;
    const written = { added: ids.length, changed: households - ids.length - same };
    await setCommitted(ctx.tx, importId, no, ctx.actor.userId, ctx.at, { ...list.counts, ...written });
    return { ...written, same, households };
  },
  audit: ({ importId }, { added, households }) => ({ importId, added, households }),
});
