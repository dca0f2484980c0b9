import { constants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type Day, readDay } from '../shared/dates.ts';
import { invalid } from '../shared/errors.ts';
import { isId } from '../shared/ids.ts';
import { type OptionValues, textOf } from './verb.ts';

/** A day as dd/mm/yyyy or yyyy-mm-dd. */
export const readDate = (text: string, option: string): Day => {
  const read = readDay(text.trim());
  if (read?.precision !== 'day') throw invalid('cli.date', { option, value: text });
  return read.date;
};

export const dateOption = (options: OptionValues, name: string): Day | undefined => {
  const text = textOf(options, name);
  return text === undefined ? undefined : readDate(text, `--${name}`);
};

const kebab = (name: string): string => name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);

/** One of a list of words. */
export const choiceOption = <T extends string>(
  options: OptionValues,
  name: string,
  choices: readonly T[],
): T | undefined => {
  const text = textOf(options, name);
  return text === undefined ? undefined : choose(text, `--${kebab(name)}`, choices);
};

const choose = <T extends string>(text: string, option: string, choices: readonly T[]): T => {
  const found = choices.find((choice) => choice === text.trim().replaceAll('-', '_') || choice === text.trim());
  if (!found) throw invalid('cli.choice', { option, value: text, choices: choices.join(', ') });
  return found;
};

/** Several of a list of words, parted by commas. */
export const choicesOption = <T extends string>(
  options: OptionValues,
  name: string,
  choices: readonly T[],
): T[] | undefined => {
  const text = textOf(options, name);
  if (text === undefined) return undefined;
  return [...new Set(text.split(',').map((part) => choose(part, `--${kebab(name)}`, choices)))];
};

/** A whole number from 1 to `most`. */
export const countOption = (options: OptionValues, name: string, most: number): number | undefined => {
  const text = textOf(options, name);
  if (text === undefined) return undefined;
  const count = /^\d{1,9}$/u.test(text) ? Number(text) : 0;
  if (count < 1 || count > most) throw invalid('cli.number', { option: `--${name}`, value: text, most });
  return count;
};

/** The path of a file that is there and can be read. */
export const readableFile = async (text: string): Promise<{ path: string; name: string }> => {
  const path = resolve(text);
  const found = await stat(path).catch(() => undefined);
  if (!found) throw invalid('cli.no-file', { path });
  if (!found.isFile()) throw invalid('cli.not-a-file', { path });
  const readable = await access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
  if (!readable) throw invalid('cli.file-unreadable', { path });
  return { path, name: basename(path) };
};

export const MB = 1_048_576;

/**
 * The text of a file in UTF-8, with or without its mark. What is larger than `limit` (in bytes, whole MB) is not read
 * (`file.too-large`), and what is in another encoding is not guessed (`cli.not-utf8`): letters would be lost for good.
 */
export const readText = async (file: string, limit: number): Promise<string> => {
  const { path } = await readableFile(file);
  if ((await stat(path)).size > limit) throw invalid('file.too-large', { limit: Math.floor(limit / MB) });
  const bytes = await readFile(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalid('cli.not-utf8', { path });
  }
};

export const readId = (text: string, code: string): string => {
  if (!isId(text.trim())) throw invalid(code, { value: text });
  return text.trim();
};
