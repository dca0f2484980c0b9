import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { command } from '../../platform/command.ts';
import { fixedId } from '../../shared/ids.ts';
import type { PlaceKind, PlaceVersion } from './place.ts';
import { loadedReference, rememberReference, type SuccessionRow, saveSuccessions, saveVersions } from './store.ts';

const FOLDER = new URL('data/', import.meta.url);

/** The id of a unit of the reference data, the same in every installation; key as in `data/units.tsv`. */
export const referenceId = (key: string): string => fixedId(`vn:${key}`);

/** Việt Nam: the root of the tree, and the area of whoever may act everywhere. */
export const countryId = referenceId('country');

const rowsOf = (text: string): string[][] =>
  text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'));

const toVersion = ([key, kind, type, code, name, parent, from, to, urban, others]: string[]): PlaceVersion => ({
  placeId: referenceId(key!),
  validFrom: from!,
  validTo: to || null,
  name: name!,
  otherNames: others ? others.split('|') : [],
  kind: kind as PlaceKind,
  unitType: type!,
  officialCode: code || null,
  parentId: parent ? referenceId(parent) : null,
  urban: urban === '1',
});

const toSuccession = ([from, to, on, kind, whole]: string[]): SuccessionRow => ({
  from_id: referenceId(from!),
  to_id: referenceId(to!),
  on_date: on!,
  kind: kind!,
  whole: whole === '1',
  // The resolutions' numbers were not seen in their own text; an officer confirms them.
  document: 'NQ 202/2025/QH15; nghị quyết sắp xếp cấp xã năm 2025 của UBTVQH',
  mark: 'unconfirmed',
});

/** Brings all units of the country into the database; does nothing when this data is already there. */
export const loadReferenceUnits = command({
  name: 'territory.load-reference-units',
  input: z.object({}),
  allow: 'system',
  area: 'none',
  run: async ({ tx }) => {
    const [units, successions] = await Promise.all(
      ['units.tsv', 'successions.tsv'].map((name) => readFile(new URL(name, FOLDER), 'utf8')),
    );
    const hash = createHash('sha256').update(units!).update(successions!).digest('hex');
    if ((await loadedReference(tx)) === hash) return { units: 0, successions: 0 };
    const versions = rowsOf(units!).map(toVersion);
    const rows = rowsOf(successions!).map(toSuccession);
    await saveVersions(tx, versions);
    await saveSuccessions(tx, rows);
    await rememberReference(tx, hash);
    return { units: versions.length, successions: rows.length };
  },
  audit: (_input, output) => ({ ...output }),
});
