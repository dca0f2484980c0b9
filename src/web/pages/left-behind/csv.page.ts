import { stringify } from 'csv-stringify/sync';
import { exportLeftBehind } from '../../../modules/coverage/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { showPhone } from '../../../shared/phone.ts';
import { sayOf } from '../../../shared/words/units.ts';
import { page } from '../../page.ts';
import { askedOf } from './asked.ts';
import { languagesText } from './parts.tsx';

/** The list as a file: a right of its own, written to the audit with its number of rows. */
export const leftBehindCsvPage = page({
  method: 'GET',
  path: '/left-behind.csv',
  signedIn: true,
  handle: async (request) => {
    const { say: plain, execute, frame } = request;
    const { lineId, planCode, placeId, reason, owner } = askedOf(request);
    const found = await execute(exportLeftBehind, { lineId, planCode, placeId, reason, owner });
    const say = sayOf(plain, found.unit);
    const synthetic = (await frame()).synthetic ? [say('ui.shell.synthetic-short')] : [];
    const names = [
      'code',
      'head',
      'village',
      'class',
      'languages',
      'phones',
      'reached',
      'why',
      'next',
      'owner',
      'due',
      'state',
    ];
    const several = found.lines.length > 1;
    const rows = found.rows.map((row) => [
      row.code,
      row.head ?? '',
      row.place,
      row.class ? say(`class.${row.class}`) : '',
      languagesText(say, row),
      row.phones.map(showPhone).join(', '),
      `${row.reached}/${row.lines}`,
      row.missing
        .map(({ position, reason: why }) => (several ? `${position}: ` : '') + sayOf(plain, row.kind)(`reason.${why}`))
        .join('; '),
      say(`step.${row.missing[0].next}`),
      row.followUp?.ownerName ?? '',
      row.followUp ? showDay(row.followUp.dueOn) : '',
      row.followUp?.visitState ? say(`visit-state.${row.followUp.visitState}`) : '',
      ...synthetic,
    ]);
    const head = [
      ...names.map((name) => say(`page.left-behind.column.${name}`)),
      ...(synthetic.length > 0 ? [say('list.field.notes')] : []),
    ];
    const text = stringify([head, ...rows], { bom: true, escape_formulas: true, record_delimiter: 'windows' });
    return { download: text, fileName: `chua-tiep-can-duoc-${found.on}.csv`, type: 'text/csv; charset=utf-8' };
  },
});
