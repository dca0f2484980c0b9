import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import { exportEvidence } from '../modules/coverage/index.ts';
import { countryId } from '../modules/territory/index.ts';
import { findPlace } from './find-place.ts';
import { textOf, type Verb } from './verb.ts';

/** The tables every rate rests on, as CSV files in a folder. */
export const exportVerb: Verb = {
  group: 'export',
  name: 'evidence',
  words: ['<FOLDER>'],
  options: [{ flags: '--place <PLACE>', help: 'export-place' }],
  run: async ({ session, words: [folder = ''], options }) => {
    const path = resolve(folder);
    const place = textOf(options, 'place');
    const placeId = place === undefined ? countryId : await findPlace(session, place, session.today);
    await mkdir(path, { recursive: true });
    const files = new Map<string, WriteStream>();
    const put = async (table: string, rows: readonly (readonly unknown[])[]): Promise<void> => {
      const file = files.get(table) ?? createWriteStream(join(path, `${table}.csv`), { mode: 0o600 });
      files.set(table, file);
      const text = stringify(rows as unknown[][], {
        cast: { boolean: (value) => String(value) },
        escape_formulas: true,
      });
      if (!file.write(text)) await new Promise<void>((go) => file.once('drain', () => go()));
    };
    const counts = await session.ask(exportEvidence, { placeId, put });
    for (const file of files.values()) {
      file.end();
      await finished(file);
    }
    session.terminal.result({ folder: path, counts });
    session.terminal.line('cli.exported', { folder: path });
    session.terminal.table(
      [session.terminal.say('cli.column.file'), session.terminal.say('cli.column.rows')],
      Object.entries(counts).map(([table, rows]) => [`${table}.csv`, Number(rows)]),
    );
    return undefined;
  },
};
