import { z } from 'zod';

/** What a backup file is made of; README.md tells it in words. */
export const PRODUCT = 'lantoa';

/** Raised when an older build could no longer read what we write. */
export const FORMAT = 1;

/** First entry: says what the file is, so that even a backup of a format we do not know is recognised as one. */
export const HEADER = 'lantoa-backup.json';
/** Last entry: only now are counts and hashes known, and a file cut short has none. */
export const MANIFEST = 'manifest.json';
export const SECRET = 'secret';

/** A manifest names each kept file; this is room for half a million of them. */
export const MANIFEST_LIMIT = 64 * 1_048_576;

/** The bytes of one table chunk; held in memory, so small. */
export const CHUNK = 8 * 1_048_576;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);
const count = z.number().int().min(0);

export const headerSchema = z.object({ product: z.string(), format: z.number().int() });

export const manifestSchema = z.object({
  product: z.literal(PRODUCT),
  format: z.literal(FORMAT),
  madeAt: z.iso.datetime(),
  /** Version of the PostgreSQL server it was read from; told, not checked: the text is portable. */
  server: z.string(),
  migrations: z.array(z.object({ number: z.number().int().min(1), name: z.string(), hash: sha256 })).min(1),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: count })),
  /** The number each sequence (also those of identity columns) gives next. */
  sequences: z.array(z.object({ name: z.string(), next: z.string().regex(/^-?\d{1,19}$/u) })),
  /** Kept files whose content no longer was what their name says, and which therefore are not inside. */
  damagedFiles: z.array(z.string()),
  /** Jobs that waited in the queue, by name; they are counted, not kept. */
  waitingJobs: z.array(z.object({ name: z.string(), count })),
  /** Every entry before this one, in order. */
  entries: z.array(z.object({ name: z.string(), size: count, sha256 })),
});

export type Manifest = z.output<typeof manifestSchema>;
export type EntryNote = Manifest['entries'][number];

/** `tables/registry.subject/000.copy`: the COPY text of a table, cut anywhere. */
export const chunkName = (table: string, index: number): string =>
  `tables/${table}/${String(index).padStart(3, '0')}.copy`;

export const fileName = (hash: string): string => `files/${hash}`;

const TABLE_ENTRY = /^tables\/([a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*)\/\d{3,9}\.copy$/u;
const FILE_ENTRY = /^files\/([0-9a-f]{64})$/u;

export type EntryKind =
  | { readonly kind: 'header' | 'secret' | 'manifest' }
  | { readonly kind: 'table'; readonly table: string }
  | { readonly kind: 'file'; readonly hash: string };

/** What an entry is by its name; undefined for every name that a backup of ours never has (`../x`, `/etc/x`, …). */
export const kindOf = (name: string): EntryKind | undefined => {
  if (name === HEADER) return { kind: 'header' };
  if (name === SECRET) return { kind: 'secret' };
  if (name === MANIFEST) return { kind: 'manifest' };
  const table = TABLE_ENTRY.exec(name)?.[1];
  if (table) return { kind: 'table', table };
  const hash = FILE_ENTRY.exec(name)?.[1];
  return hash ? { kind: 'file', hash } : undefined;
};
