import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failureOf, faultsIn, readIn } from '../../tests/support/channels-file.ts';
import { readConfig } from '../platform/config.ts';
import { readChannels } from './read-channels.ts';
import { smppDefaults } from './smpp-settings.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantoa-channels-'));
  vi.stubEnv('TEST_SMPP_PASSWORD', 'bi-mat');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const RIGHT = `sms:
  - provider: viettel
    kind: smpp
    host: smpp.example.vn
    port: 2775
    systemId: xa-mau
    passwordEnv: TEST_SMPP_PASSWORD
    sender: UBND XA MAU
`;

const read = (text: string) => readIn(folder, text);
const faultsOf = (text: string) => faultsIn(folder, text);

describe('a channels file', () => {
  it('that is not there names no channel, unless it was asked for', async () => {
    expect(await readChannels(readConfig({ LANTOA_DATA: folder }))).toEqual({ sms: [], email: [] });
    const named = readConfig({ LANTOA_DATA: folder, LANTOA_CHANNELS: join(folder, 'mine.yaml') });
    expect(await failureOf(readChannels(named))).toMatchObject({ code: 'channels.unreadable' });
    await writeFile(join(folder, 'mine.yaml'), RIGHT);
    expect((await readChannels(named)).sms).toHaveLength(1);
  });

  it('gives the settings in its order, with what holds where it says nothing', async () => {
    await writeFile(join(folder, 'password'), 'trong-tep\n');
    const second = `  - provider: hai
    kind: smpp
    host: 10.0.0.7
    port: 3550
    tls: true
    systemId: hai
    passwordFile: password
    sender: "+84540000000"
    answerable: true
    pricePerPart: 420
    perSecond: 20
    bind: pair
    receiptIds: hex-of-decimal
`;
    const [one, two, ...more] = (await read(RIGHT + second)).sms;
    expect(more).toEqual([]);
    expect(one).toEqual({
      ...smppDefaults,
      provider: 'viettel',
      host: 'smpp.example.vn',
      port: 2775,
      systemId: 'xa-mau',
      password: 'bi-mat',
      sender: 'UBND XA MAU',
    });
    expect(two).toMatchObject({ password: 'trong-tep', perSecond: 20, bind: 'pair', tls: true, pricePerPart: 420 });
  });

  it('may be empty, or name nobody', async () => {
    expect(await read('')).toEqual({ sms: [], email: [] });
    expect(await read('# chưa có hợp đồng\nsms: []\n')).toEqual({ sms: [], email: [] });
  });

  const change = (line: string, to: string) => RIGHT.replace(line, to);

  it.each([
    ['a password in it', `${RIGHT}    password: abc\n`, ['9 password password-in-file']],
    ['a key nobody knows', `${RIGHT}    pasword: abc\n`, ['9 pasword unknown-key']],
    ['a key at the top nobody knows', `${RIGHT}mail: []\n`, ['9 mail unknown-key']],
    ['a missing key', change('    host: smpp.example.vn\n', ''), ['2 host missing-key']],
    ['several at once', change('port: 2775', 'port: 99999').replace('viettel', 'Viettel'), [
      '2 provider provider',
      '5 port port',
    ]],
    ['another kind', change('kind: smpp', 'kind: fax'), ['3 kind kind']],
    ['a sender too long', change('UBND XA MAU', 'UBND XA MAU MAU'), ['8 sender sender']],
    ['a number without quotes', change('UBND XA MAU', '84540000000'), ['8 sender quotes']],
    ['a window of nothing', `${RIGHT}    window: 0\n`, ['9 window at-least']],
    ['a time too long', `${RIGHT}    timeoutSeconds: 6000\n`, ['9 timeoutSeconds at-most']],
    ['a truth that is none', `${RIGHT}    tls: perhaps\n`, ['9 tls value']],
    ['no place of the password', change('    passwordEnv: TEST_SMPP_PASSWORD\n', ''), ['2 0 password-place']],
    ['two places of the password', `${RIGHT}    passwordFile: x\n`, ['2 0 password-place']],
    ['an empty place', change('TEST_SMPP_PASSWORD', 'TEST_SMPP_NOTHING'), ['7 passwordEnv no-env']],
    ['a file that is not there', change('passwordEnv: TEST_SMPP_PASSWORD', 'passwordFile: gone'), [
      '7 passwordFile no-file',
    ]],
    ['the same name twice', RIGHT + RIGHT.replace('sms:\n', ''), ['9 provider provider-twice']],
    ['no list', 'sms: viettel\n', ['1 sms not-a-list']],
    ['a list at the top', '- viettel\n', ['1  not-a-list']],
    ['a name where an entry belongs', 'sms:\n  - viettel\n', ['2 0 not-a-list']],
    ['no YAML', 'sms:\n  - provider: "viettel\n', ['3  layout']],
    ['aliases', `${RIGHT}    systemType: &a x\n  - *a\n`, ['1  alias']],
  ])('with %s is refused at its line', async (_, text, faults) => {
    expect(await faultsOf(text)).toEqual(faults);
  }); // biome-ignore format: one each

  it('never shows a password in a fault', async () => {
    const error = await failureOf(read(`${RIGHT}    password: rat-bi-mat\n`));
    expect(JSON.stringify([error.message, error.params, error.fields])).not.toContain('rat-bi-mat');
  });
});
