import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  checkList,
  commitList,
  decideList,
  listDecisions,
  listImports,
  mapList,
  openList,
  receiveList,
} from '../modules/registry/index.ts';
import { findByCommuneCode, importPlaces } from '../modules/territory/index.ts';
import { type Execute, systemActor } from '../platform/command.ts';
import type { FileStore } from '../platform/files.ts';
import type { Log } from '../platform/log.ts';
import { readTexts } from '../platform/sheets/texts.ts';
import { type ExampleFile, type ExampleList, exampleLists, exampleVillagesCsv } from './index.ts';

export interface ExampleParts {
  readonly execute: Execute;
  readonly files: FileStore;
  readonly log: Log;
  /** Told after every list: how many are in, of how many. */
  readonly progress?: (done: number, all: number) => void;
  /** Which of the lists; all of them by default. */
  readonly wanted?: (list: ExampleList) => boolean;
  /** Asked before every list: true = end here; what is in stays in. */
  readonly ended?: () => boolean;
}

const LIMIT = 64 * 1_048_576;
const PAGE = 1_000;

/**
 * Brings the example locality in as a commune would: its villages from their list, then every year's lists through the
 * importer, with the questions answered. What is there already is not done again, so an interrupted load goes on.
 */
export const loadExample = async (parts: ExampleParts): Promise<{ lists: number }> => {
  const { execute, files, log } = parts;
  const folder = await mkdtemp(join(tmpdir(), 'lantoa-example-'));
  try {
    const villages = join(folder, 'thon-ban.csv');
    await writeFile(villages, exampleVillagesCsv());
    await execute(importPlaces, systemActor, { rows: await readTexts(villages), commit: true });
    const there = await committed(execute);
    let lists = 0;
    const all = (await Array.fromAsync(exampleLists())).filter(parts.wanted ?? (() => true));
    for (const [at, list] of all.entries()) {
      if (parts.ended?.()) break;
      const file = await keep(files, folder, list);
      if (!there.has(`${file.sha256}|${list.reviewDate}`)) {
        await bringIn(execute, list, file, list.members && (await keep(files, folder, list.members)));
        lists += 1;
        log.debug({ list: list.fileName }, 'example');
      }
      parts.progress?.(at + 1, all.length);
    }
    return { lists };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const committed = async (execute: Execute): Promise<Set<string>> => {
  const done = new Set<string>();
  for (let offset = 0; ; offset += PAGE) {
    const { rows } = await execute(listImports, systemActor, { limit: PAGE, offset });
    for (const row of rows) if (row.state === 'committed') done.add(`${row.fileSha256}|${row.asOf}`);
    if (rows.length < PAGE) return done;
  }
};

interface Kept {
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
}

const keep = async (files: FileStore, folder: string, file: ExampleFile): Promise<Kept> => {
  const path = join(folder, file.fileName);
  await file.write(path);
  const kept = await files.putPath(path, LIMIT);
  await rm(path);
  return { name: file.fileName, ...kept };
};

const bringIn = async (execute: Execute, list: ExampleList, file: Kept, members: Kept | undefined): Promise<void> => {
  const commune = await execute(findByCommuneCode, systemActor, { code: list.communeCode, on: list.reviewDate });
  const { importId } = await execute(receiveList, systemActor, {
    file,
    members,
    placeId: commune.placeId,
    asOf: list.reviewDate,
    completeClasses: [...list.completeClasses],
    standard: list.standard,
    sender: list.sender,
    stepwise: true,
  });
  await execute(openList, systemActor, { importId });
  await execute(mapList, systemActor, { importId, stepwise: true });
  await execute(checkList, systemActor, { importId });
  await answer(execute, importId, list);
  await execute(commitList, systemActor, { importId });
};

/** Answers the questions about missing households as the generator knows it; what it does not speak of stays open. */
const answer = async (execute: Execute, importId: string, list: ExampleList): Promise<void> => {
  const known = new Map(list.missing.map((missing) => [missing.code, missing.answer]));
  const ids = new Map<string, string[]>();
  for (let offset = 0; ; offset += PAGE) {
    const { rows } = await execute(listDecisions, systemActor, { importId, limit: PAGE, offset });
    for (const { kind, code, decisionId } of rows) {
      const said = kind === 'duplicate' ? 'different' : known.get(code);
      if (said) ids.set(`${kind}|${said}`, [...(ids.get(`${kind}|${said}`) ?? []), decisionId]);
    }
    if (rows.length < PAGE) break;
  }
  for (const [key, chosen] of ids) {
    const [kind, said] = key.split('|') as ['missing', 'escaped'];
    await execute(decideList, systemActor, { importId, kind, ids: chosen, answer: said });
  }
};
