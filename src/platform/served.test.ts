import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rememberAddress, servedAt } from './served.ts';

it('the address of a data folder is that of its last start', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lantoa-served-'));
  try {
    expect(await servedAt(folder)).toBeUndefined();
    expect(await servedAt(join(folder, 'nowhere'))).toBeUndefined();
    await rememberAddress(folder, 'http://localhost:3000');
    await rememberAddress(folder, 'http://localhost:4321');
    expect(await servedAt(folder)).toBe('http://localhost:4321');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
