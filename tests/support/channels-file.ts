import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { readChannels } from '../../src/channels/read-channels.ts';
import { readConfig } from '../../src/platform/config.ts';
import { AppError } from '../../src/shared/errors.ts';
import { languages, say, words } from '../../src/shared/words/index.ts';

/** Reads a channels file that lies in a data folder. */
export const readIn = async (folder: string, text: string) => {
  await writeFile(join(folder, 'channels.yaml'), text);
  return readChannels(readConfig({ LANTOA_DATA: folder }));
};

export const failureOf = async (reading: Promise<unknown>): Promise<AppError> => {
  const error = await reading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw error ?? new Error('was taken');
  return error;
};

/** `line key code` of each fault; each has a sentence without holes in both languages. */
export const faultsIn = async (folder: string, text: string): Promise<string[]> => {
  const error = await failureOf(readIn(folder, text));
  expect(error).toMatchObject({ kind: 'invalid', code: 'channels.file' });
  for (const language of languages)
    for (const { code, params } of [...error.fields, error]) {
      expect(words[language]).toHaveProperty([`error.${code}`]);
      expect(say(language, `error.${code}`, params)).not.toMatch(/[{}]/u);
    }
  return error.fields.map(({ code, params }) => `${params!.line} ${params!.key} ${code.replace('channels.', '')}`);
};
