// Runs a program of ours with the right Node, and ends as it ends. Ctrl-C reaches it by itself; a TERM is passed on.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepare, ROOT } from './runtime.mjs';

// Otherwise the heap grows to several times of what it holds before it is looked through: on a small office PC, a list of a
// province would push out all else.
const MEMORY = '--max-semi-space-size=16';

export const runProgram = (file, args) => {
  const { node, env } = prepare({ build: true });
  const child = spawn(node, ['--enable-source-maps', MEMORY, join(ROOT, 'build', file), ...args], {
    stdio: 'inherit',
    env,
  });
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
};
