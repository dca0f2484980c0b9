import type { Sheet, Workbook } from '../../../platform/sheets/index.ts';
import type { Day } from '../../../shared/dates.ts';
import { cut } from './cells.ts';
import { columnFaults } from './column-faults.ts';
import { type HouseholdContext, lastDecision, readHousehold } from './read-household.ts';
import { type Above, readInline } from './read-inline.ts';
import { readMember } from './read-member.ts';
import { leftOut, textsOf } from './row-kind.ts';
import { columnsOf, openRow } from './row-reader.ts';
import type { ListItem } from './rows.ts';
import type { ListShape, SheetShape } from './shape.ts';

/**
 * Reads a list under its shape, row by row; memory does not grow with the file. Every row that holds something comes out
 * once: as a household, as a member, as left out with a reason, or with an error. Only a head with its members below it
 * in the same sheet is both a household and a member.
 */
export async function* readList(
  workbook: Workbook,
  shape: ListShape,
  { asOf, today }: { readonly asOf: Day; readonly today: Day },
): AsyncGenerator<ListItem> {
  const days = { asOf, decidedBy: lastDecision(asOf, today) };
  for (const [at, sheetShape] of shape.sheets.entries()) {
    const sheet = workbook.sheets[at];
    if (!sheet || sheetShape.role === 'other') continue;
    yield* readSheet(sheet, sheetShape, days);
  }
}

/** The day of the review, and the last on which it can have been decided on. */
type Days = Pick<HouseholdContext, 'asOf' | 'decidedBy'>;

async function* readSheet(sheet: Sheet, shape: SheetShape, days: Days): AsyncGenerator<ListItem> {
  for (const fault of columnFaults(shape)) yield { kind: 'fault', fault };
  const columns = columnsOf(shape);
  const standing = shape.class ? { class: shape.class, origin: null } : null;
  const above: Above = { village: shape.village ?? null, standing, ended: false, householdCode: null };
  for await (const row of sheet.rows()) {
    if (row.number <= shape.headerTo) continue;
    const reader = openRow(shape, columns, row);
    const kind = leftOut(row, reader, shape, above.ended);
    if (kind) {
      if (kind.reason === 'signature') above.ended = true;
      above.village = kind.group?.village ?? above.village;
      above.standing = kind.group?.standing ?? above.standing;
      if (kind.reason === 'continued')
        reader.fault(shape.role === 'households' ? 'headName' : 'name', 'warning', 'list.continued');
      for (const fault of reader.faults) yield { kind: 'fault', fault };
      const text = cut(textsOf(row).join(' | '), 120);
      yield { kind: 'left-out', sheet: shape.name, row: row.number, reason: kind.reason, text };
      continue;
    }
    above.ended = false;
    if (row.hidden) reader.fault(null, 'warning', 'list.hidden');
    if (shape.role === 'households' && reader.has('relation')) {
      yield* readInline(reader, { shape, columns, row, ...days, above });
      continue;
    }
    const item = itemOf(reader, shape, days, above);
    for (const fault of reader.faults) yield { kind: 'fault', fault };
    if (item) yield item;
  }
}

const itemOf = (
  reader: ReturnType<typeof openRow>,
  shape: SheetShape,
  days: Days,
  above: Above,
): ListItem | undefined => {
  if (shape.role === 'households') {
    const { village, standing } = above;
    const row = readHousehold(reader, { sheet: shape.name, ...days, village, standing });
    return row && { kind: 'household', row };
  }
  const row = readMember(reader, { sheet: shape.name, asOf: days.asOf, codeAbove: above.householdCode });
  above.householdCode = row?.householdCode ?? null;
  return row && { kind: 'member', row };
};
