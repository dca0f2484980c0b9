import { makeDoors } from './cli/doors.ts';
import { runCli } from './cli/run.ts';
import type { Doors } from './cli/session.ts';
import { readConfig } from './platform/config.ts';

const interruption = { requested: false };
let tellInterrupt = (): void => {};

/** The first asks to stop in order; who presses again ends at once, and the database takes back what was open. */
const interrupt = (): void => {
  if (interruption.requested) process.exit(130);
  interruption.requested = true;
  tellInterrupt();
};

/** Writes until the reader goes away (`| head`); the command itself comes to its end all the same. */
const writerTo = (stream: NodeJS.WriteStream): ((text: string) => void) => {
  let open = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    open = false;
    if (error.code !== 'EPIPE') process.exitCode = 1;
  });
  return (text) => {
    if (open) stream.write(text);
  };
};

const err = writerTo(process.stderr);
const output = { out: writerTo(process.stdout), err };

const openDoors = (): Doors =>
  makeDoors({
    config: readConfig(),
    keyboard: { input: process.stdin.isTTY ? process.stdin : undefined, err },
    // Loaded when needed: a help or a slip of the keyboard is answered at once.
    openApp: async (parts) => (await import('./app.ts')).openApp(parts),
  });

process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
const code = await runCli(process.argv.slice(2), {
  openDoors,
  output,
  interruption,
  onInterrupt: (tell) => {
    tellInterrupt = tell;
  },
});
// What is written to a pipe may still be on its way.
await new Promise<void>((done) => process.stdout.write('', () => done()));
process.exit(process.exitCode ?? code);
