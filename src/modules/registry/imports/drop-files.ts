import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import type { FilesDropping } from '../../../platform/files.ts';
import type { Role } from '../../../shared/roles.ts';
import { filesOfNoList } from './store.ts';

/** A command that lets go of files that came with a form, but for those that somebody keeps: an import, or who says so. */
export const letsGoOfFiles = (name: string, allow: readonly Role[]) =>
  command({
    name,
    input: z.object({ hashes: z.array(z.string().regex(/^[0-9a-f]{64}$/u)).max(20) }),
    allow,
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

/** Lets go of files that came with a refused form: a list that is in no import is nobody's, yet names people. */
export const dropFiles = letsGoOfFiles('registry.drop-files', ['officer']);

/** Lets go of lists of villages, read or refused: an administrator brings them in, too. */
export const dropPlaceLists = letsGoOfFiles('registry.drop-place-lists', ['officer', 'admin']);
