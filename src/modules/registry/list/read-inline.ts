import type { SheetRow } from '../../../platform/sheets/index.ts';
import type { Day } from '../../../shared/dates.ts';
import { fold } from '../../../shared/text.ts';
import { cut } from './cells.ts';
import type { Standing } from './classes.ts';
import type { Field } from './fields.ts';
import { readCode, readHousehold } from './read-household.ts';
import { readMember } from './read-member.ts';
import { textsOf } from './row-kind.ts';
import { type columnsOf, openRow, type RowReader } from './row-reader.ts';
import type { ListItem } from './rows.ts';
import type { SheetShape } from './shape.ts';

/** What lines above a row said for it. */
export interface Above {
  village: string | null;
  standing: Standing | null;
  /** Signatures came; what follows is no list any more, unless a full row shows that it is. */
  ended: boolean;
  householdCode: string | null;
}

interface InlineRow {
  readonly shape: SheetShape;
  readonly columns: ReturnType<typeof columnsOf>;
  readonly row: SheetRow;
  readonly asOf: Day;
  readonly decidedBy: Day;
  readonly above: Above;
}

const isHead = (relation: string): boolean => /^(?:chu ho|ch)\b/u.test(fold(relation));

// The columns of a head hold what the same columns of a member say.
const ALIASES: readonly (readonly [member: Field, head: Field])[] = [
  ['name', 'headName'],
  ['given', 'headGiven'],
  ['householdCode', 'code'],
];

/**
 * A row of a sheet in which members stand below their heads. The head is the household; it and the members below it are
 * its people, where the household has a code to join them by. Without one the members are left out, each with a warning.
 */
export function* readInline(reader: RowReader, inline: InlineRow): Generator<ListItem> {
  const { shape, asOf, decidedBy, above } = inline;
  const relation = reader.text('relation');
  if (!relation) reader.fault('relation', 'error', 'list.no-relation');
  if (!relation) yield* faultsOf(reader);
  else if (isHead(relation)) {
    const { village, standing } = above;
    const row = readHousehold(reader, { sheet: shape.name, asOf, decidedBy, village, standing });
    yield* faultsOf(reader);
    above.householdCode = row ? row.code : codeOf(inline);
    if (!row) return;
    yield { kind: 'household', row };
    const member = row.code
      ? readMember(asMember(inline), { sheet: shape.name, asOf, codeAbove: row.code, inline: true })
      : undefined;
    if (member) yield { kind: 'member', row: member };
  } else yield* memberBelow(reader, inline);
}

function* memberBelow(reader: RowReader, inline: InlineRow): Generator<ListItem> {
  const { shape, row, asOf, above } = inline;
  const codeAbove = codeOf(inline) ?? above.householdCode;
  if (!codeAbove) {
    reader.fault('relation', 'warning', 'list.member-without-code');
    yield* faultsOf(reader);
    yield {
      kind: 'left-out',
      sheet: shape.name,
      row: row.number,
      reason: 'member',
      text: cut(textsOf(row).join(' | '), 120),
    };
    return;
  }
  const members = asMember(inline);
  if (row.hidden) members.fault(null, 'warning', 'list.hidden');
  const member = readMember(members, { sheet: shape.name, asOf, codeAbove, inline: true });
  yield* faultsOf(members);
  if (member) yield { kind: 'member', row: member };
}

function* faultsOf(reader: RowReader): Generator<ListItem> {
  for (const fault of reader.faults) yield { kind: 'fault', fault };
}

const asMember = ({ shape, columns, row }: InlineRow): RowReader => {
  const own = new Map(columns);
  for (const [member, head] of ALIASES) if (columns.has(head)) own.set(member, columns.get(head)!);
  return openRow(shape, own, row);
};

/** The code in the row itself, read apart so that its faults are told once. */
const codeOf = ({ shape, columns, row }: InlineRow): string | null =>
  readCode(openRow(shape, columns, row), 'code', 'warning');
