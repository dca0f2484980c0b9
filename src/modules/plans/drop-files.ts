import type { FilesDropping } from '../../platform/files.ts';
import type { Subscription } from '../../platform/work.ts';
import { lockRecording } from '../reach/index.ts';
import { letsGoOfFiles } from '../registry/index.ts';
import { signedFileKey } from './signed-pdf.ts';
import { signedFiles } from './store.ts';

/** Lets go of files that came with a form and are kept by nobody: those of a refused form, and plan files once read. */
export const dropPlanFiles = letsGoOfFiles('plans.drop-files', ['officer', 'leader']);

export const plansSubscriptions: readonly Subscription<never>[] = [
  {
    event: 'files.dropping',
    // A signed document stays, also when the very same file was sent somewhere else by mistake.
    react: async (ctx, { hashes, held }: FilesDropping) => {
      // A plan that is being issued with one of them is waited for; one that comes later finds the file gone.
      for (const sha256 of [...hashes].sort()) await lockRecording(ctx.tx, signedFileKey(sha256));
      for (const sha256 of await signedFiles(ctx.tx, hashes)) held.add(sha256);
    },
  } satisfies Subscription<FilesDropping>,
];
