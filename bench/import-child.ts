// Brings a list in, as the command line does, and says on its last line how long each step took and how much memory it all
// needed. Takes: data folder, place, day, file of households, file of members.
import { basename } from 'node:path';
import { checkList, commitList, listFaults, mapList, openList, receiveList } from '../src/modules/registry/index.ts';
import { systemActor } from '../src/platform/command.ts';
import { uploadLimit } from '../src/platform/files.ts';
import { openFolder } from '../tests/support/send-and-kill.ts';
import { timed } from './row.ts';

/** What the parent is told. */
export interface Imported {
  /** Seconds: of taking the files in and reading their headings, of the dry run, of the commit. */
  readonly open: number;
  readonly check: number;
  readonly commit: number;
  readonly households: number;
  readonly members: number;
  readonly errors: number;
  /** Of this process up to the end of the dry run, and of the whole; the database is another process. */
  readonly peakMiBOfDryRun: number;
  readonly peakMiB: number;
}

const peakMiB = (): number => Math.round(process.resourceUsage().maxRSS / 1_024);

const bringIn = async ([dataDir, placeId, asOf, households, members]: readonly string[]): Promise<Imported> => {
  const app = await openFolder(dataDir!);
  try {
    const { execute, files } = app;
    const keep = async (path: string) => ({ name: basename(path), ...(await files.putPath(path, uploadLimit)) });
    const { seconds: open, result: importId } = await timed(async () => {
      const { importId } = await execute(receiveList, systemActor, {
        file: await keep(households!),
        members: await keep(members!),
        placeId: placeId!,
        asOf: asOf!,
        completeClasses: ['poor', 'near_poor', 'newly_escaped'],
        stepwise: true,
      });
      await execute(openList, systemActor, { importId });
      await execute(mapList, systemActor, { importId, stepwise: true });
      return importId;
    });
    const { seconds: check, result: counts } = await timed(() => execute(checkList, systemActor, { importId }));
    const peakMiBOfDryRun = peakMiB();
    if (counts.errors > 0) {
      const { rows: faults } = await execute(listFaults, systemActor, { importId, limit: 5 });
      process.stderr.write(`${JSON.stringify(faults, null, 1)}\n`);
    }
    const { seconds: commit } = await timed(() => execute(commitList, systemActor, { importId }));
    const { households: count, members: people, errors } = counts;
    return { open, check, commit, households: count, members: people, errors, peakMiBOfDryRun, peakMiB: peakMiB() };
  } finally {
    await app.close();
  }
};

process.stdout.write(`${JSON.stringify(await bringIn(process.argv.slice(2)))}\n`);
