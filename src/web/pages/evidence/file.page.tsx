import { blankList, type ListReport, listVillageHouseholds } from '../../../modules/delivery/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { invalid, notFound } from '../../../shared/errors.ts';
import { fold } from '../../../shared/text.ts';
import { Actions, Alert, Button, Card, Field, Form, FormTrouble, Lead, LinkButton } from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { capital } from '../../show.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { spokenOptions } from '../spoken-options.ts';
import { FaultRows } from './fault-rows.tsx';
import { isAreaKind, kindOf, releaseLists, requireRecorder, rowsOfUpload } from './may-record.ts';
import { formAddress, LineHead, loadForm, villageOf } from './new.page.tsx';
import { Counts } from './outcome.tsx';
import { recordList } from './record.ts';
import { RecordFields } from './record-fields.tsx';

/** The form's line, kind and village; a list is of one village, so all three must be there. */
const load = async (request: PageRequest) => {
  const { form, on } = await loadForm(request);
  const kind = kindOf(request.query);
  const villageId = villageOf(request, form);
  if (!kind || isAreaKind(kind) || !villageId) throw notFound('line');
  const village = form.villages.find(({ placeId }) => placeId === villageId)!.name;
  return { form, on, kind, villageId, village };
};

const reported = (request: PageRequest, report: ListReport) => (
  <Card title={request.say('page.evidence.report')}>
    <p>{request.say('page.evidence.report-rows', { households: report.rows, unmarked: report.unmarked })}</p>
    {report.outcome && (
      <>
        <Alert tone="info">
          <p>{request.say('page.evidence.checked-only')}</p>
        </Alert>
        <Counts request={request} counts={report.outcome.counts} apart />
      </>
    )}
    <FaultRows say={request.say} faults={report.faults} />
  </Card>
);

const view = async (request: PageRequest, report?: ListReport): Promise<View> => {
  const { say, csrf } = request;
  const { form, on, kind, villageId, village } = await load(request);
  const at = { line: form.line.lineId, kind, village: villageId, on: showDay(on) };
  return {
    title: capital(say('page.evidence.new-of', { kind: `@channel.${kind}` })),
    body: (
      <>
        <LineHead request={request} form={form} kind={kind} />
        <FormTrouble trouble={troubleOf(request)} />
        {report && reported(request, report)}
        <Lead>{say('page.evidence.file-lead', { village })}</Lead>
        <Form action={formAddress('file', at)} csrf={csrf} files>
          <Field
            name="file"
            type="file"
            accept=".xlsx,.csv"
            label={say('page.evidence.file')}
            hint={say('page.evidence.file-hint')}
            error={faultAt(request, 'file') ?? faultAt(request, 'households')}
          />
          <RecordFields request={request} kind={kind} on={on} spoken={await spokenOptions(request)} />
          <Actions>
            <Button>{say('page.evidence.record')}</Button>
            <Button look="secondary" name="check" value="1">
              {say('page.evidence.check')}
            </Button>
            <LinkButton href={formAddress('blank.csv', at)}>{say('page.evidence.blank')}</LinkButton>
            <LinkButton href={formAddress('new', at)}>{say('page.evidence.by-ticks')}</LinkButton>
          </Actions>
        </Form>
      </>
    ),
  };
};

const blank = async (request: PageRequest) => {
  const { form, on, kind, villageId, village } = await load(request);
  const { households } = await request.execute(listVillageHouseholds, {
    lineId: form.line.lineId,
    villageId,
    on,
    aimedOnly: true,
  });
  const text = blankList(households, {
    kind: kind === 'meeting' ? 'meeting' : 'leaflet',
    synthetic: form.line.synthetic || (await request.frame()).synthetic,
  });
  const name = fold(village.split(',')[0]!).replaceAll(' ', '-');
  return { download: text, fileName: `danh-sach-${name}.csv`, type: 'text/csv; charset=utf-8' };
};

export const fileEvidencePages = [
  page({ method: 'GET', path: '/evidence/file', signedIn: true, handle: (request) => view(request) }),
  page({ method: 'GET', path: '/evidence/blank.csv', signedIn: true, handle: blank }),
  page({
    method: 'POST',
    path: '/evidence/file',
    signedIn: true,
    again: (request) => view(request),
    files: { admit: requireRecorder, release: releaseLists },
    handle: async (request) => {
      const { form, kind, villageId } = await load(request);
      const rows = await rowsOfUpload(request);
      const commit = textOf(request.form, 'check') === '';
      const report = await recordList(request, kind, { lineId: form.line.lineId, villageId, rows, commit });
      if (report.committed) return { redirect: `/evidence/activities/${report.activityId}?done=1` };
      const count = report.faults.filter(({ severity }) => severity === 'error').length;
      const error = count > 0 ? invalid('evidence.has-faults', { count }) : undefined;
      // What was typed stays; the file has to be chosen again.
      const again = { ...request, typed: { values: request.form, error, kept: false } };
      return { ...(await view(again, report)), ...(error ? { status: 422 } : {}) };
    },
  }),
];
