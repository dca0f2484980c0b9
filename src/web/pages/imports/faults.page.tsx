import { stringify } from 'csv-stringify/sync';
import { getImport, listFaults } from '../../../modules/registry/index.ts';
import { fold } from '../../../shared/text.ts';
import { Actions, LinkButton } from '../../../ui/index.ts';
import { page } from '../../page.ts';
import { pageOf, pagerOf } from '../../paging.tsx';
import { textOf } from '../../typed.ts';
import { FaultTable } from './fault-table.tsx';

const SIZE = 100;
const MOST = 1_000;

export const faultPages = [
  page({
    method: 'GET',
    path: '/imports/:importId/faults',
    signedIn: true,
    handle: async (request) => {
      const { say, params, query, execute } = request;
      const code = textOf(query, 'code') || null;
      const at = pageOf(query);
      const list = await execute(getImport, { importId: params.importId! });
      const found = await execute(listFaults, { importId: list.importId, code, limit: SIZE + 1, offset: at * SIZE });
      return {
        title: say('page.imports.faults'),
        body: (
          <>
            <h1>{code ? say(`fault-group.${code}`) : say('page.imports.faults')}</h1>
            <p class="lead">{say('page.imports.faults-of', { file: list.fileName })}</p>
            <FaultTable say={say} faults={found.slice(0, SIZE)} />
            {pagerOf({ request, at, more: found.length > SIZE })}
            <Actions>
              <LinkButton href={`/imports/${list.importId}`}>{say('page.imports.back')}</LinkButton>
              <LinkButton href={`/imports/${list.importId}/faults.csv`}>{say('page.imports.faults-csv')}</LinkButton>
            </Actions>
          </>
        ),
      };
    },
  }),
  page({
    method: 'GET',
    path: '/imports/:importId/faults.csv',
    signedIn: true,
    handle: async ({ say, params, execute, frame }) => {
      const list = await execute(getImport, { importId: params.importId! });
      const synthetic = (await frame()).synthetic ? [say('ui.shell.synthetic-short')] : [];
      const rows: string[][] = [];
      for (let offset = 0; ; offset += MOST) {
        const found = await execute(listFaults, { importId: list.importId, limit: MOST, offset });
        for (const { row, sheet, column, cell, value, severity, code, params: values } of found) {
          rows.push([
            String(row ?? ''),
            sheet,
            column ?? '',
            cell ?? '',
            value,
            say(`page.imports.severity.${severity}`),
            say(`fault.${code}`, values),
            ...synthetic,
          ]);
        }
        if (found.length < MOST) break;
      }
      const keys = ['fault-row', 'fault-sheet', 'column', 'fault-cell', 'fault-value', 'severity', 'fault-what'];
      const notes = synthetic.length > 0 ? [say('list.field.notes')] : [];
      const head = [...keys.map((key) => say(`page.imports.${key}`)), ...notes];
      const text = stringify([head, ...rows], {
        bom: true,
        escape_formulas: true,
        record_delimiter: 'windows',
      });
      return {
        download: text,
        fileName: `${fold(list.fileName).replaceAll(' ', '-')}-loi.csv`,
        type: 'text/csv; charset=utf-8',
      };
    },
  }),
];
