import { getPlan } from '../../../modules/plans/index.ts';
import { planResults, writePlanResultsDocx, writePlanResultsXlsx } from '../../../modules/reports/index.ts';
import { AppError } from '../../../shared/errors.ts';
import { isId } from '../../../shared/ids.ts';
import { Actions, Button, Field, FormTrouble, PageHead, SearchForm, Select } from '../../../ui/index.ts';
import { type PageRequest, page, type Reply } from '../../page.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { ownPlaces } from '../own-places.ts';
import { typedDay } from '../typed-day.ts';

const files = {
  docx: {
    write: writePlanResultsDocx,
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  xlsx: { write: writePlanResultsXlsx, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
} as const;

type FileKind = keyof typeof files;

const download = async ({ params, query, execute, say }: PageRequest, kind: FileKind): Promise<Reply> => {
  const [on, place] = [textOf(query, 'on'), textOf(query, 'place')];
  const report = await execute(planResults, {
    planCode: params.code!,
    on: on ? typedDay(on) : null,
    placeId: place || null,
  });
  return {
    download: await files[kind].write(say, report),
    fileName: `bao-cao-ket-qua-${report.plan.code}-${report.on}.${kind}`,
    type: files[kind].type,
  };
};

/** Of which day and place; what was refused is said above the fields, which keep what was typed. */
const form = async (request: PageRequest): Promise<Reply> => {
  const { say, query, params, execute } = request;
  const plan = await execute(getPlan, { code: params.code! });
  const place = textOf(query, 'place');
  return {
    title: say('page.reports.title'),
    body: (
      <>
        <PageHead
          title={say('page.reports.title')}
          lead={say('page.reports.lead')}
          back={{ href: `/plans/${plan.code}`, label: plan.title }}
        />
        <FormTrouble trouble={troubleOf(request)} />
        <SearchForm action={`/plans/${plan.code}/report`} label={say('page.reports.title')}>
          <Field
            name="on"
            label={say('page.reports.on')}
            hint={say('page.reports.on-hint')}
            inputMode="numeric"
            placeholder="31/10/2026"
            value={textOf(query, 'on')}
            error={faultAt(request, 'on')}
          />
          <Select
            name="place"
            label={say('page.reports.place')}
            options={await ownPlaces(request)}
            empty={say('page.reports.place-all')}
            value={isId(place) ? place : ''}
          />
          <Actions>
            <Button name="file" value="docx">
              {say('page.reports.as-docx')}
            </Button>
            <Button name="file" value="xlsx" look="secondary">
              {say('page.reports.as-xlsx')}
            </Button>
          </Actions>
        </SearchForm>
      </>
    ),
  };
};

const asked = async (request: PageRequest): Promise<Reply> => {
  const kind = textOf(request.query, 'file');
  if (kind !== 'docx' && kind !== 'xlsx') return form(request);
  try {
    return await download(request, kind);
  } catch (error) {
    if (!(error instanceof AppError) || !['invalid', 'conflict', 'not-found'].includes(error.kind)) throw error;
    return form({ ...request, typed: { values: request.query, error, kept: false } });
  }
};

/** The results of a plan as a Word or Excel file. */
export const planReportPages = [
  page({ method: 'GET', path: '/plans/:code/report', signedIn: true, handle: asked }),
  page({
    method: 'GET',
    path: '/plans/:code/report.docx',
    signedIn: true,
    handle: (request) => download(request, 'docx'),
  }),
  page({
    method: 'GET',
    path: '/plans/:code/report.xlsx',
    signedIn: true,
    handle: (request) => download(request, 'xlsx'),
  }),
];
