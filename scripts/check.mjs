// `npm run check`: format, lint, types, dead code, the rules of the house, and whether schema.sql is current.
// `--write` mends what can be mended by itself: formatting, safe lint fixes, schema.sql.
import { spawnSync } from 'node:child_process';
import { prepare, ROOT } from './runtime.mjs';

const { node, env } = prepare({ build: false });
const write = process.argv.includes('--write');
const bin = (name) => `${ROOT}/node_modules/${name}`;

const steps = [
  ['format and lint', [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', ...(write ? ['--write'] : [])]],
  ['types', [bin('typescript/bin/tsc'), '-p', 'tsconfig.json']],
  ['dead code', [bin('knip/bin/knip.js')]],
  ['architecture and schema.sql', [bin('vitest/vitest.mjs'), 'run', 'tests/architecture']],
];

let failed = 0;
for (const [name, args] of steps) {
  const { status } = spawnSync(node, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...env, ...(write ? { WRITE_SCHEMA: '1' } : {}) },
  });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  if (status !== 0) failed += 1;
}
console.log(`${steps.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
