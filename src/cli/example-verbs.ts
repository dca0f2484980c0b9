import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeExample, writeProvinceCsv } from '../example/index.ts';
import { invalid } from '../shared/errors.ts';
import { textOf, type Verb } from './verb.ts';

const PROVINCE_HOUSEHOLDS = 430_000;
const YEAR = 2025;

/** The lists of the example as its communes kept them, to try the import with. */
const listsVerb: Verb = {
  group: 'example',
  name: 'lists',
  words: ['<FOLDER>'],
  options: [],
  run: async ({ session: { terminal }, words: [folder = ''] }) => {
    const path = resolve(folder);
    const { lists, villageLists } = await writeExample(path);
    terminal.result({
      folder: path,
      lists: lists.map((list) => list.path),
      villageLists: villageLists.map((list) => list.path),
    });
    terminal.line('cli.example.lists', { count: lists.length, folder: path });
    return undefined;
  },
};

/** The list of a whole invented province, written in bounded memory. */
const provinceVerb: Verb = {
  group: 'example',
  name: 'province',
  words: ['<FOLDER>'],
  options: [{ flags: '--households <NUMBER>' }],
  run: async ({ session: { terminal }, words: [folder = ''], options }) => {
    const households = Number(textOf(options, 'households') ?? PROVINCE_HOUSEHOLDS);
    if (!Number.isInteger(households) || households < 1 || households > 5_000_000) throw invalid('cli.example-size');
    const path = resolve(folder);
    await mkdir(path, { recursive: true });
    const files = {
      households: join(path, 'ho-du-lieu-mo-phong.csv'),
      members: join(path, 'thanh-vien-du-lieu-mo-phong.csv'),
    };
    const written = await writeProvinceCsv({ seed: YEAR, households, reviewYear: YEAR, everyone: true }, files);
    terminal.result({ ...files, written });
    terminal.line('cli.example.province', { ...written, folder: path });
    return undefined;
  },
};

export const exampleVerbs: readonly Verb[] = [listsVerb, provinceVerb];
