import { stringify } from 'csv-stringify/sync';
import {
  countsText,
  entryMoment,
  entryWhat,
  entryWho,
  exportEntries,
  thingText,
} from '../../../modules/audit/index.ts';
import { page } from '../../page.ts';
import { askedOf } from './asked.ts';

/** What is looked for, as a file: with full ids, so that a row can be found again. */
export const auditCsvPage = page({
  method: 'GET',
  path: '/audit.csv',
  signedIn: true,
  handle: async ({ say, execute, query }) => {
    const { entries, more, on } = await execute(exportEntries, askedOf(query));
    const head = ['at', 'who', 'what', 'things', 'id', 'count', 'via'].map((name) => say(`page.audit.${name}`));
    const rows = entries.map((entry) => [
      entryMoment(entry.at),
      entryWho(say, entry),
      entryWhat(say, entry),
      entry.things.map((thing) => thingText(say, thing)).join('; '),
      entry.things.map(({ id }) => id).join(' '),
      countsText(say, entry),
      say(`audit.via.${entry.via}`),
    ]);
    const text = stringify([head, ...rows, ...(more ? [[say('page.audit.csv-more')]] : [])], {
      bom: true,
      escape_formulas: true,
      record_delimiter: 'windows',
    });
    return { download: text, fileName: `nhat-ky-${on}.csv`, type: 'text/csv; charset=utf-8' };
  },
});
