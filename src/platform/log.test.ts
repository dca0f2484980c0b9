import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';

const logged = (err: unknown): Record<string, unknown> & { err: Record<string, unknown> } => {
  const lines: string[] = [];
  createLog('info', { write: (line) => lines.push(line) }).error({ errorId: 'a1b2', err }, 'a page failed');
  return JSON.parse(lines[0]!);
};

describe('what the log keeps of an error', () => {
  it('of PostgreSQL: its code and names, nothing of the row', () => {
    const error = Object.assign(new pg.DatabaseError('invalid input: "Giàng A Thử"', 90, 'error'), {
      severity: 'ERROR',
      code: '23514',
      detail: 'Failing row contains (1, Giàng A Thử, 010203004567).',
      where: 'COPY person, line 1: "Giàng A Thử"',
      internalQuery: "select 'Giàng A Thử'",
      table: 'person',
      constraint: 'person_name_check',
    });
    const line = logged(error);
    expect(line.err).toMatchObject({ code: '23514', table: 'person', constraint: 'person_name_check' });
    expect(line.err.stack).not.toEqual([]);
    expect(JSON.stringify(line)).not.toMatch(/Giàng|010203004567/u);
  });

  it('of ours: its sentence and the places of its stack', () => {
    const { err } = logged(new TypeError('no such thing'));
    expect(err).toMatchObject({ type: 'TypeError', message: 'no such thing' });
    expect((err.stack as string[])[0]).toContain('log.test.ts');
    expect(JSON.stringify(err.stack)).not.toContain('no such thing');
  });

  it('what is thrown but no error is named by its kind', () => {
    expect(logged('Giàng A Thử').err).toEqual({ type: 'string', stack: [] });
  });
});
