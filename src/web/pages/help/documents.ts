import { readFile } from 'node:fs/promises';
import { marked, type Token, type Tokens } from 'marked';
import type { Language } from '../../../shared/words/index.ts';

/** Documents of ours that are shown in the product, by their names in `docs/`. Nothing else is ever read. */
const names = ['how-figures-are-made'] as const;

type Name = (typeof names)[number];

interface Document {
  readonly name: readonly Token[];
  /** What stands below its name. */
  readonly tokens: readonly Token[];
}

// `docs/` stands beside `src/` and beside `build/`, both as deep.
const fileOf = (name: Name, language: Language): URL =>
  new URL(`../../../../docs/${name}.${language}.md`, import.meta.url);

/** Where the file says in which other language it stands: the product has its own way to change the language. */
const isOtherLanguage = ({ type, raw }: Token): boolean =>
  type === 'paragraph' && /\]\([a-z-]+\.(?:vi|en)\.md\)/u.test(raw);

const isName = (token: Token): token is Tokens.Heading => token.type === 'heading' && token.depth === 1;

const readDocument = async (name: Name, language: Language): Promise<Document> => {
  const tokens = marked.lexer(await readFile(fileOf(name, language), 'utf8'));
  return {
    name: tokens.find(isName)?.tokens ?? [],
    tokens: tokens.filter((token) => !isName(token) && !isOtherLanguage(token)),
  };
};

const known = new Map<string, Promise<Document>>();

/** A document, read at its first use. @throws when `docs/` is not there */
export const documentIn = (name: Name, language: Language): Promise<Document> => {
  const key = `${name}.${language}`;
  const document = known.get(key) ?? readDocument(name, language);
  known.set(key, document);
  return document;
};
