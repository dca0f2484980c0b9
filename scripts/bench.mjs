// `npm run bench -- [NAME…] [--quick] [--json]`: figures against a baseline in the same run, kept in bench/results/.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prepare, ROOT } from './runtime.mjs';

const { node, env } = prepare({ build: true });
const { status } = spawnSync(node, [join(ROOT, 'bench', 'run.ts'), ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
  env,
});
process.exit(status ?? 1);
