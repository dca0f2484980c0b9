import { PassThrough } from 'node:stream';
import { coverageCsv, exportCoverage, writeCoverageXlsx } from '../../../modules/coverage/index.ts';
import { notFound } from '../../../shared/errors.ts';
import { type PageRequest, page } from '../../page.ts';
import { askedFor } from './asked.ts';

const exported = async (request: PageRequest) => {
  const { asked } = await askedFor(request);
  if (!asked) throw notFound('plan');
  return { asked, coverage: await request.execute(exportCoverage, asked) };
};

const csv = async (request: PageRequest) => {
  const { asked, coverage } = await exported(request);
  return {
    download: coverageCsv(request.say, coverage),
    fileName: `do-bao-phu-${asked.planCode}-${coverage.on}.csv`,
    type: 'text/csv; charset=utf-8',
  };
};

const xlsx = async (request: PageRequest) => {
  const { asked, coverage } = await exported(request);
  const stream = new PassThrough();
  // Written while it is sent; what goes wrong ends the download.
  writeCoverageXlsx(request.say, coverage, stream).catch((error: Error) => stream.destroy(error));
  return {
    download: stream,
    fileName: `do-bao-phu-${asked.planCode}-${coverage.on}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  };
};

export const coverageFilePages = [
  page({ method: 'GET', path: '/coverage.csv', signedIn: true, handle: csv }),
  page({ method: 'GET', path: '/coverage.xlsx', signedIn: true, handle: xlsx }),
];
