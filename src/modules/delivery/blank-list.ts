import { stringify } from 'csv-stringify/sync';
import { sayIn } from '../../shared/words/index.ts';

/** The headings by which a filled-in list is read again; in Vietnamese whoever asks, for that is what is printed and read. */
const say = sayIn('vi');

const COLUMNS = {
  meeting: ['present', 'answered', 'acted', 'guest'],
  leaflet: ['received'],
} as const;

/** A list of households to print or fill in: code, head, and an empty column for each mark. */
export const blankList = (
  households: readonly { readonly code: string; readonly headName: string | null }[],
  { kind, synthetic }: { kind: keyof typeof COLUMNS; synthetic: boolean },
): string => {
  const marks = COLUMNS[kind];
  const heading = ['code', 'head', ...marks, 'note'].map((column) => say(`evidence.column.${column}`));
  const rows = households.map(({ code, headName }) => [
    ...[code, headName ?? '', ...marks.map(() => '')],
    synthetic ? say('ui.shell.synthetic-short') : '',
  ]);
  return stringify([heading, ...rows], { bom: true, escape_formulas: true, record_delimiter: 'windows' });
};
