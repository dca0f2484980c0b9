import type { AreaReport, ListReport } from '../modules/delivery/index.ts';
import type { getOutcome, ListFault } from '../modules/reach/index.ts';
import type { Terminal } from './terminal.ts';

type Outcome = Awaited<ReturnType<typeof getOutcome.run>>;

export const columns = (terminal: Terminal, ...names: string[]): string[] =>
  names.map((name) => terminal.say(`cli.column.${name}`));

/** Faults with their sentences, as a program reads them. */
export const faultsJson = (terminal: Terminal, faults: readonly ListFault[]) =>
  faults.map((fault) => ({ ...fault, message: terminal.say(`error.${fault.code}`, fault.params) }));

export const showFaults = (terminal: Terminal, faults: readonly ListFault[]): void => {
  if (faults.length === 0) return;
  terminal.gap();
  terminal.table(
    columns(terminal, 'row', 'column', 'value', 'severity', 'what'),
    faults.map(({ row, column, value, severity, code, params }) => [
      ...[String(row), column, value, terminal.say(`cli.severity.${severity}`), terminal.say(`error.${code}`, params)],
    ]),
  );
};

/** How many count at which stage, how many only as "could hear or see" and why, and who could hear in which village. */
export const showOutcome = (terminal: Terminal, { counts, villages }: Outcome): void => {
  const { say } = terminal;
  const rows: [string, number][] = [
    ...Object.entries(counts.stages).map(([stage, count]): [string, number] => [say(`stage.${stage}`), count]),
    ...Object.entries(counts.short).map(([why, count]): [string, number] => [
      say('cli.evidence.short', { stage: '@stage.1', why: `@shortfall.${why}` }),
      count,
    ]),
    ...(counts.voided > 0 ? [[say('cli.evidence.voided-count'), counts.voided] as [string, number]] : []),
  ];
  if (rows.length > 0) {
    terminal.gap();
    terminal.table(columns(terminal, 'counts-as', 'households'), rows);
  }
  if (villages.length === 0) return;
  terminal.gap();
  terminal.table(
    columns(terminal, 'village', 'households', 'understanding', 'not-known'),
    villages.map((row) => [row.village, row.households, row.understanding, row.unknown]),
  );
  terminal.line('cli.evidence.only-heard');
};

/** @returns the exit code */
export const tellList = (terminal: Terminal, report: ListReport, dryRun: boolean): number | undefined => {
  const { faults, rows, unmarked, committed, activityId, outcome } = report;
  const errors = faults.filter(({ severity }) => severity === 'error').length;
  terminal.result({ ...{ dryRun, committed, activityId, households: rows, unmarked, errors }, faults: faultsJson(terminal, faults), counts: outcome?.counts }); // biome-ignore format: one object
  terminal.line('cli.evidence.list', { households: rows, unmarked });
  showFaults(terminal, faults);
  if (outcome) showOutcome(terminal, outcome);
  terminal.gap();
  if (errors > 0) terminal.note('error.evidence.has-faults', { count: errors });
  else if (committed) terminal.line('cli.evidence.done', { id: activityId ?? '' });
  else terminal.line('cli.evidence.dry-run');
  return errors > 0 ? 2 : undefined;
};

export const tellArea = (terminal: Terminal, { committed, activityId, outcome }: AreaReport, dryRun: boolean): void => {
  terminal.result({ dryRun, committed, activityId, villages: outcome.villages });
  showOutcome(terminal, outcome);
  terminal.gap();
  if (committed) terminal.line('cli.evidence.done', { id: activityId ?? '' });
  else terminal.line('cli.evidence.dry-run');
};
