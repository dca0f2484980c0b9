import type { Params } from '../errors.ts';
import { backupEn } from './backup.en.ts';
import { backupVi } from './backup.vi.ts';
import { consoleEn } from './console.en.ts';
import { consoleVi } from './console.vi.ts';
import { errorsEn } from './errors.en.ts';
import { errorsVi } from './errors.vi.ts';
import { listEn } from './list.en.ts';
import { listVi } from './list.vi.ts';

/** Every sentence the product shows, by key. Vietnamese is the first language, English says the same. */
export const languages = ['vi', 'en'] as const;

export type Language = (typeof languages)[number];

const vi: Readonly<Record<string, string>> = { ...backupVi, ...consoleVi, ...errorsVi, ...listVi };
const en: Readonly<Record<string, string>> = { ...backupEn, ...consoleEn, ...errorsEn, ...listEn };

export const words: Readonly<Record<Language, Readonly<Record<string, string>>>> = { vi, en };

/** Fills `{name}` with its value; numbers in the way of the language (7.430 in vi, 7,430 in en). */
export const fill = (language: Language, template: string, params: Params = {}): string =>
  template.replace(/\{(\w+)\}/gu, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? value.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB') : value;
  });

/** The sentence for a key; an unknown key shows itself, so that a hole is seen (a test finds it before users do). */
export const say = (language: Language, key: string, params?: Params): string =>
  fill(language, words[language][key] ?? key, params);

export type Say = (key: string, params?: Params) => string;

export const sayIn =
  (language: Language): Say =>
  (key, params) =>
    say(language, key, params);
