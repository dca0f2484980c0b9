import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Day } from '../shared/dates.ts';
import { type ListFile, listFiles, listRows, type MissingAnswer, missingAnswers } from './list-files.ts';
import { exampleYears, generateLocality } from './locality.ts';
import type { ListedClass, Locality, Standard } from './model.ts';
import { exampleVillages } from './villages.ts';
import { villageCountsCsv } from './villages-csv.ts';
import { householdsCsv, membersCsv } from './write-csv.ts';
import { listWorkbook } from './write-xlsx.ts';

/** What the example is seeded with unless somebody asks for other people. */
const EXAMPLE_SEED = 2021;

/** A file of the example; writing it makes the folders above it. */
export interface ExampleFile {
  readonly fileName: string;
  write(path: string): Promise<void>;
}

/** One list of one commune as it came in, with what its sender declared of it. */
export interface ExampleList extends ExampleFile {
  readonly year: number;
  /** The list holds as of this day. */
  readonly reviewDate: Day;
  /** In the boundaries of the review date: an old code until 30/06/2025, a new one since; codes are reused. */
  readonly communeCode: string;
  readonly communeName: string;
  readonly format: 'xlsx' | 'csv';
  /** The members' file of a CSV list; an XLSX has them on its second sheet. */
  readonly members?: ExampleFile;
  readonly completeClasses: readonly ListedClass[];
  readonly standard: Standard;
  readonly sender: string;
  /** Why households of the last list are not on this one, as the officer would answer. */
  readonly missing: readonly MissingAnswer[];
}

/** The invented locality of the example: 69 villages, 7,430 households, five reviews. */
export const exampleLocality = (seed: number = EXAMPLE_SEED): Locality =>
  generateLocality({ seed, villages: exampleVillages, years: exampleYears });

const fileOf = (path: string, content: () => Buffer | string): ExampleFile => ({
  fileName: basename(path),
  write: async (target) => {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content());
  },
});

const exampleList = (locality: Locality, file: ListFile): ExampleList => {
  const rows = listRows(locality, file);
  const csv = file.format === 'csv';
  const content = () => (csv ? householdsCsv(rows, file.standard) : listWorkbook(file, rows));
  return {
    ...fileOf(file.path, content),
    year: file.reviewYear,
    reviewDate: file.reviewDate,
    communeCode: file.communeCode,
    communeName: file.communeName,
    format: file.format,
    ...(file.membersPath ? { members: fileOf(file.membersPath, () => membersCsv(rows)) } : {}),
    completeClasses: file.completeFor,
    standard: file.standard,
    sender: file.sender,
    missing: missingAnswers(locality, file),
  };
};

/** The lists of the example in the order in which they are to be imported: year by year, by commune code. */
export const exampleLists = async function* (locality: Locality = exampleLocality()): AsyncGenerator<ExampleList> {
  for (const file of listFiles(locality)) yield exampleList(locality, file);
};

/** A list that was written, and where: paths are below the folder, with `/`. */
interface WrittenList extends ExampleList {
  readonly path: string;
  readonly membersPath?: string;
}

export interface WrittenExample {
  readonly locality: Locality;
  readonly lists: readonly WrittenList[];
  /** The communes' lists of villages, one for each review, with the households counted then. */
  readonly villageLists: readonly { readonly year: number; readonly path: string }[];
}

/** Writes every list of every year below `folder`. The same locality gives the same bytes. */
export const writeExample = async (folder: string, locality: Locality = exampleLocality()): Promise<WrittenExample> => {
  const lists: WrittenList[] = [];
  for await (const list of exampleLists(locality)) {
    const path = `${list.year}/${list.fileName}`;
    const membersPath = list.members ? `${list.year}/${list.members.fileName}` : undefined;
    await list.write(join(folder, path));
    if (list.members && membersPath) await list.members.write(join(folder, membersPath));
    lists.push({ ...list, path, ...(membersPath ? { membersPath } : {}) });
  }
  const villageLists = [];
  for (const year of locality.years) {
    const path = `${year}/thon-ban-${year}-du-lieu-mo-phong.csv`;
    await fileOf(path, () => villageCountsCsv(locality, year)).write(join(folder, path));
    villageLists.push({ year, path });
  }
  return { locality, lists, villageLists };
};
