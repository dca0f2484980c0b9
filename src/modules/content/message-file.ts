import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { FieldFault } from '../../shared/errors.ts';
import { clean } from '../../shared/text.ts';
import { aboutFields, codeField } from './add-message.ts';
import { type Basis, basesSchema, marks } from './basis.ts';
import { coreText, formFaults, formFields } from './form.ts';

/**
 * A file of messages: one message a YAML document, or a list of them under `messages`. A message with one edition says it
 * directly; with several under `editions`, oldest first. Reading only; nothing is looked up.
 */
const basisInFile = z
  .strictObject({
    number: z.union([z.string(), z.number()]).transform(String),
    date: z.string().nullish(),
    issuer: z.string(),
    title: z.string(),
    'valid-from': z.string().nullish(),
    'valid-to': z.string().nullish(),
    mark: z.enum(marks).default('unconfirmed'),
  })
  .transform(({ 'valid-from': validFrom, 'valid-to': validTo, date, ...basis }) => ({
    ...basis,
    date: date ?? null,
    validFrom: validFrom ?? null,
    validTo: validTo ?? null,
  }));

const formInFile = z
  .strictObject({
    kind: formFields.kind,
    language: formFields.language,
    text: formFields.text,
    answers: z
      .array(z.union([z.string().max(300), z.number()]).transform((answer) => clean(String(answer))))
      .default([]),
    /** Which answer is right, from 1. */
    right: z.number().int().nullish(),
  })
  .transform(({ right, ...form }) => ({ ...form, rightAnswer: right ?? null }));

const editionFields = {
  core: coreText,
  change: coreText.default(''),
  // The same rules as everywhere; the cast only says that what comes out above is what goes in there.
  bases: z
    .array(basisInFile)
    .default([])
    .pipe(basesSchema as unknown as z.ZodType<Basis[], z.output<typeof basisInFile>[]>),
  forms: z.array(formInFile).max(80).default([]),
};

const head = { code: codeField, ...aboutFields };

const messageInFile = z.union([
  z.strictObject({ ...head, editions: z.array(z.strictObject(editionFields)).min(1).max(50) }),
  z.strictObject({ ...head, ...editionFields }).transform(({ core, change, bases, forms, ...about }) => ({
    ...about,
    editions: [{ core, change, bases, forms }],
  })),
]);

export type FileMessage = z.output<typeof messageInFile>;

export interface ReadFile {
  readonly messages: readonly FileMessage[];
  /** By path: `bhyt.forms.2.text` (counted from 1), or `line 12` where the YAML itself breaks off. */
  readonly faults: readonly FieldFault[];
}

const codeOf = (raw: unknown): string | undefined => {
  const code = (raw as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
};

/** Counted from 1, as people count. */
const pathOf = (parts: readonly PropertyKey[]): string =>
  parts.map((part) => (typeof part === 'number' ? part + 1 : String(part))).join('.');

const readMessage = (raw: unknown, at: number): ReadFile => {
  const several = typeof raw === 'object' && raw !== null && 'editions' in raw;
  const name = codeOf(raw) ?? String(at + 1);
  const parsed = messageInFile.options[several ? 0 : 1].safeParse(raw);
  if (!parsed.success) {
    const faults = parsed.error.issues.flatMap((issue): FieldFault[] => {
      const own = /^[a-z][a-z0-9.-]+$/u.test(issue.message) ? issue.message : `field.${issue.code}`;
      const keys = issue.code === 'unrecognized_keys' ? issue.keys : [undefined];
      return keys.map((key) => ({ path: pathOf([name, ...issue.path, ...(key ? [key] : [])]), code: own }));
    });
    return { messages: [], faults };
  }
  const message = parsed.data as FileMessage;
  const faults = message.editions.flatMap((edition, number) => {
    const within = several ? ['editions', number] : [];
    return [
      ...(number > 0 && edition.change === ''
        ? [{ path: pathOf([name, ...within, 'change']), code: 'message.no-change' }]
        : []),
      ...edition.forms.flatMap((form, index) => [
        ...formFaults(form).map((each) => ({ ...each, path: pathOf([name, ...within, 'forms', index, each.path]) })),
        ...(edition.forms.findIndex((each) => each.kind === form.kind && each.language === form.language) < index
          ? [{ path: pathOf([name, ...within, 'forms', index]), code: 'form.twice' }]
          : []),
      ]),
    ];
  });
  return { messages: [message], faults };
};

/** Reads the text of a file; with any fault nothing of it may be used. */
export const readMessageFile = (text: string): ReadFile => {
  const documents = parseAllDocuments(text, { uniqueKeys: true });
  if (!Array.isArray(documents)) return { messages: [], faults: [{ path: '', code: 'message-file.empty' }] };
  const broken = documents.flatMap((document) =>
    document.errors.map(
      (error): FieldFault => ({
        path: error.linePos ? `line ${error.linePos[0].line}` : '',
        code: 'message-file.yaml',
        params: { line: error.linePos?.[0].line ?? 0 },
      }),
    ),
  );
  if (broken.length > 0) return { messages: [], faults: broken };
  let values: unknown[];
  try {
    // The limit keeps a small file from unfolding into a large one by its own references.
    values = documents.map((document) => document.toJS({ maxAliasCount: 50 }) as unknown);
  } catch {
    return { messages: [], faults: [{ path: '', code: 'message-file.yaml', params: { line: 0 } }] };
  }
  const raws = values.flatMap((value): unknown[] => {
    if (value === null || value === undefined) return [];
    const list = (value as { messages?: unknown }).messages;
    return Array.isArray(list) ? list : [value];
  });
  if (raws.length === 0) return { messages: [], faults: [{ path: '', code: 'message-file.empty' }] };
  const read = raws.map(readMessage);
  const messages = read.flatMap((each) => each.messages);
  const twice = messages.filter(({ code }, at) => messages.findIndex((each) => each.code === code) < at);
  return {
    messages,
    faults: [
      ...read.flatMap((each) => each.faults),
      ...twice.map(({ code }): FieldFault => ({ path: `${code}.code`, code: 'message-file.twice' })),
    ],
  };
};
