import { z } from 'zod';
import { command } from '../../platform/command.ts';
import type { FilesDropping } from '../../platform/files.ts';
import type { Subscription } from '../../platform/work.ts';
import { filesOfNoList } from '../registry/index.ts';
import { signedFiles } from './store.ts';

/** Lets go of files that came with a form and are kept by nobody: those of a refused form, and plan files once read. */
export const dropPlanFiles = command({
  name: 'plans.drop-files',
  input: z.object({ hashes: z.array(z.string().regex(/^[0-9a-f]{64}$/u)).max(20) }),
  allow: ['officer', 'leader'],
  area: 'none',
  run: async (ctx, { hashes }) => {
    const held = new Set<string>();
    await ctx.announce('files.dropping', { hashes, held } satisfies FilesDropping);
    const dropped = (await filesOfNoList(ctx.tx, hashes)).filter((sha256) => !held.has(sha256));
    for (const sha256 of dropped) await ctx.files.remove(sha256);
    return { dropped };
  },
  audit: (_, { dropped }) => ({ files: dropped.length }),
});

export const plansSubscriptions: readonly Subscription<never>[] = [
  {
    event: 'files.dropping',
    // A signed document stays, also when the very same file was sent somewhere else by mistake.
    react: async (ctx, { hashes, held }: FilesDropping) => {
      for (const sha256 of await signedFiles(ctx.tx, hashes)) held.add(sha256);
    },
  } satisfies Subscription<FilesDropping>,
];
