import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { childEnv } from '../../src/platform/config.ts';

const RUNTIME = fileURLToPath(new URL('../../scripts/runtime.mjs', import.meta.url));

it('a copy of the program that cannot be written into says so in a sentence, without a trace of the code', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lantoa-locked-'));
  try {
    await mkdir(join(folder, 'scripts'));
    await cp(RUNTIME, join(folder, 'scripts', 'runtime.mjs'));
    await writeFile(
      join(folder, 'scripts', 'go.mjs'),
      // Who runs as root may write everywhere: such a one becomes somebody else first.
      "if (process.getuid?.() === 0) { process.setgid(65534); process.setuid(65534); }\nconst { prepare } = await import('./runtime.mjs');\nprepare({ build: false });\n",
    );
    await chmod(folder, 0o555);
    const { status, stderr } = spawnSync(process.execPath, [join(folder, 'scripts', 'go.mjs')], {
      encoding: 'utf8',
      env: childEnv(),
    });
    expect(status).toBe(1);
    expect(stderr).toContain(`Không ghi được vào thư mục ${folder}`);
    expect(stderr).not.toMatch(/\bat .*:\d+/u);
  } finally {
    await chmod(folder, 0o755);
    await rm(folder, { recursive: true, force: true });
  }
});
