import { getImport, type LeftOutRows, listDecisions, listFaults, listLeftOut } from '../modules/registry/index.ts';
import type { Command, Read } from '../platform/command.ts';
import { showDay } from '../shared/dates.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';

const SHOWN = 50;
const PAGE = 1_000;

type OutputOf<U> = U extends Command<infer _S, infer O> | Read<infer _S, infer O> ? O : never;

/** One import with its report, as `imports show` and `import registry` tell it. */
export interface ImportReport {
  readonly list: OutputOf<typeof getImport>;
  readonly faults: readonly (OutputOf<typeof listFaults>['rows'][number] & { readonly message: string })[];
  readonly questions: OutputOf<typeof listDecisions>['rows'];
  /** Rows below the headers that are no household and no member; undefined = not asked. */
  readonly leftOut?: readonly LeftOutRows[];
  /** Not all faults and questions, only the first ones. */
  readonly cut: boolean;
}

/** All pages of a list, or the first rows of it. */
const gather = async <T>(
  all: boolean,
  page: (limit: number, offset: number) => Promise<{ rows: T[] }>,
): Promise<T[]> => {
  if (!all) return (await page(SHOWN, 0)).rows;
  const rows: T[] = [];
  for (;;) {
    const { rows: next } = await page(PAGE, rows.length);
    rows.push(...next);
    if (next.length < PAGE) return rows;
  }
};

export const allQuestions = (session: Session, importId: string): Promise<OutputOf<typeof listDecisions>['rows']> =>
  gather(true, (limit, offset) => session.ask(listDecisions, { importId, limit, offset }));

export const readReport = async (session: Session, importId: string, all: boolean): Promise<ImportReport> => {
  const list = await session.ask(getImport, { importId });
  const faults = await gather(all, (limit, offset) => session.ask(listFaults, { importId, limit, offset }));
  const questions = await gather(all, (limit, offset) => session.ask(listDecisions, { importId, limit, offset }));
  return {
    list,
    faults: faults.map((fault) => ({ ...fault, message: session.terminal.say(`fault.${fault.code}`, fault.params) })),
    questions,
    cut: !all && (faults.length === SHOWN || questions.length === SHOWN),
  };
};

/** The same with the rows that were left out: the file is read once more for them. */
export const readWholeReport = async (session: Session, importId: string, all: boolean): Promise<ImportReport> => ({
  ...(await readReport(session, importId, all)),
  leftOut: await session.ask(listLeftOut, { importId }),
});

/** The report as a program reads it. */
export const reportJson = ({ list, faults, questions, leftOut }: ImportReport): object => {
  const { faults: groups, shape, ...rest } = list;
  const sheets = shape?.sheets.map(({ name, role, reason, columns }) => ({
    name,
    role,
    reason,
    // Without samples: they are of real people.
    columns: columns.map(({ letter, heading, field }) => ({ column: letter, heading, field })),
  }));
  return { import: rest, counts: list.counts, sheets, leftOut, faultGroups: groups, faults, questions };
};

/** How each sheet was read, column by column, and why the others were not. */
const showMapping = (terminal: Terminal, { list }: ImportReport): void => {
  const { say } = terminal;
  for (const sheet of list.shape?.sheets ?? []) {
    terminal.gap();
    if (sheet.role === 'other') {
      const why = sheet.reason ? say(`page.imports.sheet-reason.${sheet.reason}`) : say('page.imports.left-out');
      terminal.line('cli.import.sheet-left-out', { name: sheet.name, why });
      continue;
    }
    terminal.line('cli.import.sheet', { name: sheet.name, role: say(`page.imports.sheet-role.${sheet.role}`) });
    terminal.table(
      [say('cli.column.column'), say('cli.column.heading'), say('cli.column.read-as')],
      sheet.columns.map(({ letter, heading, field }) => [
        letter,
        heading || say('page.imports.no-heading'),
        field ? say(`list.field.${field}`) : say('page.imports.left-out'),
      ]),
    );
  }
};

const ROWS = 20;

const showLeftOut = (terminal: Terminal, { leftOut = [] }: ImportReport): void => {
  if (leftOut.length === 0) return;
  terminal.gap();
  terminal.line('cli.import.left-out');
  terminal.table(
    ['sheet', 'why', 'count', 'rows-left-out'].map((column) => terminal.say(`cli.column.${column}`)),
    leftOut.map(({ sheet, reason, count, rows }) => [
      sheet,
      terminal.say(`list.left-out.${reason}`),
      count,
      rows.slice(0, ROWS).join(', ') + (count > ROWS ? ' …' : ''),
    ]),
  );
};

const showCounts = (terminal: Terminal, { list }: ImportReport): void => {
  const { counts } = list;
  if (!counts) return;
  const shown = [
    'households',
    'members',
    'leftOut',
    'added',
    'changed',
    'same',
    'missing',
    'duplicates',
    'errors',
    'warnings',
  ] as const;
  terminal.gap();
  terminal.table(
    [terminal.say('cli.column.found'), terminal.say('cli.column.count')],
    shown.map((name) => [terminal.say(`cli.count.${name}`), counts[name]]),
  );
};

const showFaults = (terminal: Terminal, { list, faults }: ImportReport): void => {
  if (list.faults.length === 0) return;
  const columns = (...names: string[]) => names.map((name) => terminal.say(`cli.column.${name}`));
  terminal.gap();
  terminal.line('cli.import.fault-groups');
  terminal.table(
    columns('severity', 'count', 'what'),
    list.faults.map(({ severity, count, code }) => [
      terminal.say(`cli.severity.${severity}`),
      count,
      // Of many rows together: what differs between them is left open.
      terminal.say(`fault.${code}`).replace(/\{\w+\}/gu, '…'),
    ]),
  );
  terminal.gap();
  terminal.line('cli.import.fault-rows');
  terminal.table(
    columns('sheet', 'row', 'cell', 'value', 'severity', 'what'),
    faults.map((fault) => [
      fault.sheet,
      fault.row === null ? '' : String(fault.row),
      fault.cell,
      fault.value,
      terminal.say(`cli.severity.${fault.severity}`),
      fault.message,
    ]),
  );
};

const showQuestions = (terminal: Terminal, { questions }: ImportReport): void => {
  for (const kind of ['duplicate', 'missing'] as const) {
    const rows = questions.filter((question) => question.kind === kind);
    if (rows.length === 0) continue;
    terminal.gap();
    terminal.line(`cli.import.questions-${kind}`);
    terminal.table(
      ['household', 'head', 'village', ...(kind === 'duplicate' ? ['row', 'rowName'] : []), 'answer', 'id'].map(
        (column) => terminal.say(`cli.column.${column}`),
      ),
      rows.map((row) => [
        row.code,
        row.headName,
        row.village,
        ...(kind === 'duplicate' ? [row.row === null ? '' : String(row.row), row.rowName] : []),
        row.answer ? terminal.say(`cli.answer.${row.answer}`) : '–',
        row.decisionId,
      ]),
    );
  }
};

/** The report as people read it: what list, how many, what is wrong row by row, what is to be answered. */
export const showReport = (terminal: Terminal, report: ImportReport): void => {
  const { list } = report;
  terminal.line('cli.import.head', {
    file: list.fileName,
    place: list.placeName,
    on: showDay(list.asOf),
    state: terminal.say(`cli.state.${list.state}`),
    id: list.importId,
  });
  if (list.failure)
    terminal.line('cli.import.failure', { why: terminal.say(`error.${list.failure.code}`, list.failure.params) });
  showMapping(terminal, report);
  showCounts(terminal, report);
  showLeftOut(terminal, report);
  showFaults(terminal, report);
  showQuestions(terminal, report);
  if (report.cut) {
    terminal.gap();
    terminal.line('cli.import.cut');
  }
};
