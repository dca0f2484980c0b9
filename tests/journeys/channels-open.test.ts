import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Channels, openChannels } from '../../src/channels/open-channels.ts';
import { readConfig } from '../../src/platform/config.ts';
import { silentLog } from '../../src/platform/log.ts';
import { connected, message, openKeeper } from '../support/channel-kit.ts';
import { startSmsc, until } from '../support/smsc.ts';

let dataDir: string;
let channels: Channels | undefined;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'lantoa-open-'));
});
afterEach(async () => {
  await channels?.close();
  channels = undefined;
  await rm(dataDir, { recursive: true, force: true });
});

const open = async (simulate: boolean) => {
  const keeper = openKeeper();
  const config = readConfig({ LANTOA_DATA: dataDir });
  channels = await openChannels({ config, simulate, receiver: keeper.receiver, log: silentLog() });
  return { keeper, sms: channels.sms };
};

describe('the channels of an installation', () => {
  it('without a file, and without the example, are none, and nothing is started', async () => {
    expect((await open(false)).sms).toEqual([]);
    expect(existsSync(join(dataDir, 'simulator'))).toBe(false);
  });

  it('of the example are one, to a simulated network that reaches nobody and sends receipts', async () => {
    const { keeper, sms } = await open(true);
    expect(sms).toMatchObject([{ provider: 'mo-phong', simulator: true, answerable: true, pricePerPart: 350 }]);
    expect(sms[0]!.state()).toEqual({ connected: true, fault: null });
    const batch = Array.from({ length: 20 }, (_, n) => message(`+84541000${String(n).padStart(3, '0')}`));
    const accepted = (await sms[0]!.send(batch)).filter(({ kind }) => kind === 'accepted');
    expect(accepted.length).toBeGreaterThan(15);
    await until(() => keeper.receipts.length >= accepted.length - 3);
    const log = await readFile(join(dataDir, 'simulator', 'sms.jsonl'), 'utf8');
    expect(log.match(/"event":"submit"/gu)).toHaveLength(accepted.length);
  });

  it('that the file names are opened, and nothing is simulated beside them', async () => {
    const smsc = await startSmsc(['--password', 'bi-mat']);
    await writeFile(join(dataDir, 'password'), 'bi-mat\n');
    const entry = (provider: string, port: number) => `  - provider: ${provider}
    kind: smpp
    host: 127.0.0.1
    port: ${port}
    systemId: xa-mau
    passwordFile: password
    sender: XA-MAU
    simulator: true
`;
    await writeFile(join(dataDir, 'channels.yaml'), `sms:\n${entry('hai', smsc.port)}${entry('mot', 1)}`);
    const { sms } = await open(true);
    expect(sms.map(({ provider }) => provider)).toEqual(['hai', 'mot']);
    await connected(sms[0]!);
    await until(() => sms[1]!.state().fault);
    expect(sms[1]!.state()).toMatchObject({ connected: false, fault: { code: 'unreachable' } });
    expect(existsSync(join(dataDir, 'simulator'))).toBe(false);
    await smsc.remove();
  });
});
