import type { Page } from 'playwright-core';
import { type Language, words } from '../../src/shared/words/index.ts';
import { taXiLang } from './lists.ts';
import type { World } from './world.ts';

/** Letters that English has not. */
const FOREIGN = /[^\p{ASCII}\P{L}]/u;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');

/** The sentence of a key, with anything in its gaps and either form of a word that goes with a number. */
export const sentence = (language: Language, key: string): RegExp => {
  const gaps = escaped(words[language][key] ?? key)
    .replace(/\\\{\w+\\\|(.*?)\\\|(.*?)\\\}/gu, '(?:$1|$2)')
    .replace(/\\\{\w+\\\}/gu, '.+');
  return new RegExp(`^${gaps}$`, 'iu');
};

/** What is said on a page: its title, its visible texts, and what is read out or stands in empty fields. */
export const textsOf = async (page: Page): Promise<string[]> => {
  const texts = await page.evaluate(() => {
    const found = [document.title];
    for (const element of document.body.querySelectorAll('*')) {
      // What is typed as it stands is the same in every language.
      if (element.closest('[lang=vi]:not(html), code')) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'data-label'])
        found.push(element.getAttribute(name) ?? '');
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) found.push(node.textContent ?? '');
    }
    return found;
  });
  return [...new Set(texts.map((text) => text.normalize('NFC').replace(/\s+/gu, ' ').trim()))].filter(Boolean);
};

const HEADS = new Set(Object.keys(words.vi).map((key) => key.split('.')[0]!));

/** Keys that stand in a text instead of their sentence. */
export const keysIn = (texts: readonly string[]): string[] =>
  texts.filter((text) =>
    [...text.matchAll(/(?<![\w.-])([a-z][a-z0-9-]*)(?:\.[a-z][a-z0-9-]*)+/gu)].some(([, head]) => HEADS.has(head!)),
  );

/** Sentences that are Vietnamese in Vietnamese only. With gaps, those that say enough around them not to be taken for others. */
const vietnamese = Object.keys(words.vi)
  .filter((key) => {
    const [said, around] = [words.vi[key]!, words.vi[key]!.replace(/\{\w+\}/gu, '')];
    const enough = around === said || (around.match(/\p{L}+/gu) ?? []).length >= 3;
    return said !== words.en[key] && enough && FOREIGN.test(around);
  })
  .map((key) => sentence('vi', key));

const tokens = (text: string): string[] =>
  (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}]+/gu) ?? []
  ).filter((word) => FOREIGN.test(word));

/** Every text in a value of the database, however deep. */
const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
};

/**
 * Tells what of the texts of an English page is Vietnamese and not what people wrote: words that stand neither in the
 * database (lists, messages, plans, names, places of the commune) nor in an English sentence, and whole sentences of ours.
 */
export const untranslated = async ({ database }: World): Promise<(texts: readonly string[]) => string[]> => {
  const { pool } = database;
  const { rows: tables } = await pool.query<{ name: string; places: boolean }>(
    `select format('%I.%I', table_schema, table_name) as name, table_schema = 'territory' as places
     from information_schema.tables where table_type = 'BASE TABLE'
       and (table_schema in ('audiences', 'content', 'delivery', 'plans', 'registry', 'visits')
         or (table_schema, table_name) in (('identity', 'user'), ('territory', 'place_version')))`,
  );
  const translated = Object.entries(words.en).filter(([key, said]) => said !== words.vi[key]);
  const known = new Set(translated.flatMap(([, said]) => tokens(said)));
  const values = new Set<string>();
  for (const { name, places } of tables) {
    const { rows } = await pool.query<{ row: Record<string, unknown> }>(
      `select to_jsonb(t) as row from ${name} t ${
        places
          ? `where place_id in (select place_id from territory.place_tree where ancestor_id = $1
               union select ancestor_id from territory.place_tree where place_id = $1)`
          : ''
      }`,
      places ? [taXiLang] : [],
    );
    for (const { row } of rows)
      for (const text of textsIn(row)) {
        values.add(text.normalize('NFC'));
        for (const word of tokens(text)) known.add(word);
      }
  }
  return (texts) =>
    texts
      .filter((text) => FOREIGN.test(text) && !values.has(text))
      .filter((text) => tokens(text).some((word) => !known.has(word)) || vietnamese.some((ours) => ours.test(text)));
};
