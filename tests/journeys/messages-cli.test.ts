import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/run.ts';
import { addUser } from '../../src/modules/identity/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { readConfig } from '../../src/platform/config.ts';
import { silentLog } from '../../src/platform/log.ts';
import { openedIn } from '../support/cli-in-world.ts';
import { importVillages, taXiLang } from '../support/lists.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;

/** A command of the terminal over the world's database. */
const lantoa = async (...args: string[]) => {
  let [out, err] = ['', ''];
  const tell = (text: string): void => {
    err += text;
  };
  const { database, clock } = world;
  const app = openedIn(world);
  const doors = {
    config: readConfig({ LANTOA_DATA: world.dataDir }),
    clock,
    log: silentLog(),
    keyboard: { input: undefined, err: tell },
    openApp: async () => app,
    openApart: async () => app,
    openDatabase: async () => ({ database, close: async () => {} }),
  };
  const output = {
    out: (text: string): void => {
      out += text;
    },
    err: tell,
  };
  const code = await runCli(args, {
    openDoors: () => doors,
    output,
    interruption: { requested: false },
    onInterrupt: () => {},
  });
  // A key shown in place of its sentence.
  if (!args.includes('--json')) expect(out + err).not.toMatch(/(?:^|\s)(?:error|cli|content|topic)\.[a-z]/mu);
  return { code, out, err, json: args.includes('--json') ? JSON.parse(out) : undefined };
};

beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  for (const [username, role] of [
    ['mua', 'officer'],
    ['sung', 'leader'],
  ] as const)
    await world.execute(addUser, systemActor, {
      username,
      name: username,
      password: 'một mật khẩu dài',
      role,
      placeId: taXiLang,
    });
});
afterAll(() => world.close());

const FILE = `
code: the-bhyt
topic: health-insurance
title: Thẻ bảo hiểm y tế
core: Giữ thẻ.
bases: [{ number: 188/2025/NĐ-CP, date: 2025-07-01, issuer: Chính phủ, title: Bảo hiểm y tế }]
forms: [{ kind: sms, text: Mời xem hạn thẻ. }]
`;

describe('messages from the terminal', () => {
  it('are imported, submitted, returned, approved by somebody else, changed and taken out of use', async () => {
    const path = join(world.dataDir, 'the.yaml');
    await writeFile(path, FILE);
    const imported = await lantoa('message', 'import', path, '--as', 'mua', '--json');
    expect(imported.json.messages).toMatchObject([{ code: 'the-bhyt', outcome: 'added' }]);
    expect((await lantoa('message', 'import', path, '--place', '04603')).out).toContain('1 thông điệp không đổi');
    expect((await lantoa('message', 'submit', 'the-bhyt', '--as', 'mua')).out).toContain('Đã gửi duyệt lần 1');
    expect((await lantoa('message', 'return', 'the-bhyt', '--as', 'sung')).code).toBe(2);
    await lantoa('message', 'return', 'the-bhyt', '--note', 'Nói rõ hơn.', '--as', 'sung');
    await lantoa('message', 'submit', 'the-bhyt', '--as', 'mua');
    expect(await lantoa('message', 'approve', 'the-bhyt', '--as', 'mua')).toMatchObject({ code: 3 });
    const owner = await lantoa('message', 'approve', 'the-bhyt');
    expect(owner).toMatchObject({ code: 5, err: expect.stringContaining('--as') });
    const approved = await lantoa('message', 'approve', 'the-bhyt', '--as', 'sung', '--json');
    expect(approved.json).toMatchObject({ code: 'the-bhyt', edition: 1 });
    const shown = await lantoa('message', 'show', 'the-bhyt');
    for (const part of [
      'Đang dùng',
      '188/2025/NĐ-CP, ngày 01/07/2025',
      'Mời xem hạn thẻ.',
      'Nói rõ hơn.',
      'chưa đối chiếu',
    ])
      expect(shown.out).toContain(part);
    await lantoa('message', 'new-edition', 'the-bhyt', '--change', 'Nghị định mới.', '--as', 'mua');
    const list = await lantoa('message', 'list', '--place', '04603', '--json');
    expect(list.json.messages).toMatchObject([
      { code: 'the-bhyt', latestEdition: 2, latestState: 'draft', approvedEdition: 1 },
    ]);
    expect((await lantoa('message', 'list', '--state', 'approved', '--topic', 'health-insurance')).out).toContain(
      'Thẻ bảo hiểm',
    );
    expect((await lantoa('message', 'list', '--text', 'không có')).out).toContain('0 thông điệp');
    expect(
      (await lantoa('message', 'retire', 'the-bhyt', '--note', 'Đã thay.', '--as', 'sung', '--lang', 'en')).out,
    ).toContain('Edition 1 of the-bhyt is out of use');
    expect((await lantoa('message', 'show', 'khong-co')).code).toBe(4);
  });

  it('a file with faults changes nothing and says every one by its path', async () => {
    const path = join(world.dataDir, 'sai.yaml');
    await writeFile(path, FILE.replace('the-bhyt', 'sai').replace('Mời xem hạn thẻ.', 'Hộ nghèo ơi'));
    const failed = await lantoa('message', 'import', path, '--as', 'mua');
    expect(failed).toMatchObject({ code: 2, out: '' });
    expect(failed.err).toContain('sai.forms.1.text: Tin nhắn không được nêu “Hộ nghèo”');
    expect((await lantoa('message', 'show', 'sai', '--json')).json.error.kind).toBe('not-found');
  });
});
