import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import type { FilesDropping } from '../../../platform/files.ts';
import { filesOfNoList } from './store.ts';

/** Lets go of files that came with a refused form: a list that is in no import is nobody's, yet names people. */
export const dropFiles = command({
  name: 'registry.drop-files',
  input: z.object({ hashes: z.array(z.string().regex(/^[0-9a-f]{64}$/u)).max(20) }),
  allow: ['officer'],
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
