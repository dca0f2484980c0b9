import { readFileSync } from 'node:fs';
import type { Rule } from './rules.ts';
import { isTest, type Node, walk } from './source.ts';

const nameOf = (node: Node | undefined): string => String(node?.name ?? '');

interface Element {
  readonly tag: string;
  readonly attributes: readonly { readonly name: string; readonly value: unknown }[];
}

const elementsOf = (program: Node): Element[] =>
  [...walk(program)]
    .filter(({ type }) => type === 'JSXOpeningElement')
    .map((node) => ({
      tag: nameOf(node.name as Node),
      attributes: (node.attributes as Node[]).map((attribute) => ({
        name: nameOf(attribute.name as Node | undefined),
        value: (attribute.value as Node | undefined)?.value,
      })),
    }));

/** What looks and behaves: parts of `src/ui`, never put together in a page. */
const PARTS = [
  'h1',
  'table',
  'button',
  'select',
  'textarea',
  'details',
  'dialog',
  'svg',
  'fieldset',
  'dl',
  'nav',
  'form',
];

/** Pages are made of the parts in `src/ui` and of plain text; how anything looks is said nowhere else. */
export const styleRule: Rule = (files) =>
  files
    .filter(({ path }) => path.startsWith('src/web/') && !isTest(path))
    .flatMap(({ path, program }) =>
      elementsOf(program).flatMap(({ tag, attributes }) => {
        const hidden = attributes.some(({ name, value }) => name === 'type' && value === 'hidden');
        return [
          ...(PARTS.includes(tag) || (tag === 'input' && !hidden) ? [`${path} makes its own <${tag}>`] : []),
          ...attributes
            .filter(({ name }) => name === 'class' || name === 'style')
            .map(({ name }) => `${path} gives a <${tag}> a ${name}`),
        ];
      }),
    );

/** Words in quotes anywhere in a file: a class is never put together from pieces, so that it can be found. */
export const wordsIn = (program: Node): ReadonlySet<string> =>
  new Set(
    [...walk(program)].flatMap((node) => {
      if (node.type === 'TemplateElement') return String((node.value as { raw: string }).raw).split(/[^\w-]+/u);
      return node.type === 'Literal' && typeof node.value === 'string' ? node.value.split(/[^\w-]+/u) : [];
    }),
  );

/** Names of classes that a stylesheet speaks of. */
export const classesIn = (css: string): string[] => {
  const rules = css.replace(/\/\*[\s\S]*?\*\//gu, '').replace(/\{[^{}]*\}/gu, '{}');
  return [...new Set([...rules.matchAll(/\.([a-z][\w-]*)/gu)].map(([, name]) => name!))];
};

// Those with a name that somebody would write; in a value only, not in the name of a class or a property.
const COLOUR =
  /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\([^)]*\)|(?<=[:\s,(])(?:white|black|red|green|blue|gr[ae]y)(?![\w-])/giu;

/** Every colour stands in the tokens, for light and for dark. */
export const ownColours = (css: string): string[] =>
  [...css.replace(/\/\*[\s\S]*?\*\//gu, '').matchAll(COLOUR)].map(([colour]) => colour);

export const tokensIn = (css: string): string[] => [
  ...new Set([...css.matchAll(/(--[\w-]+)\s*:/gu)].map(([, name]) => name!)),
];

export const readStyle = (name: string): string =>
  readFileSync(new URL(`../../src/ui/styles/${name}`, import.meta.url), 'utf8');
