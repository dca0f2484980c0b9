import { createReadStream } from 'node:fs';
import { closePlan, exportPlan, getPlan, getSignedFile, type PlanView } from '../../../modules/plans/index.ts';
import { showDay } from '../../../shared/dates.ts';
import {
  Actions,
  Alert,
  Button,
  Card,
  Field,
  Form,
  FormTrouble,
  LinkButton,
  SummaryList,
  Table,
} from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { capital, showMoment, showNumber } from '../../show.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { coverageAddress } from '../coverage/index.ts';
import { LateHeads } from './late-heads.tsx';
import { LinesOfNobody } from './lines-of-nobody.tsx';
import { mayCount, mayImportPlan, mayRecord } from './may-plan.ts';
import { ReportLinks } from './report-links.tsx';
import { waySent } from './way-sent.ts';

type LineView = PlanView['lines'][number];

const load = (request: PageRequest): Promise<PlanView> => request.execute(getPlan, { code: request.params.code! });

/** Number, day, signer and the signed file; or that these are still missing. */
const signature = (plan: PlanView, { say }: PageRequest) =>
  plan.state === 'draft' || !plan.number || !plan.issuedOn ? (
    plan.number ? (
      say('page.plans.not-signed-number', { number: plan.number })
    ) : (
      say('page.plans.not-signed')
    )
  ) : (
    <>
      {say('plan.signed', { number: plan.number, day: showDay(plan.issuedOn), signer: plan.signer ?? '' })}
      <p>
        <a href={`/plans/${plan.code}/signed`}>{say('page.plans.signed-file')}</a>
      </p>
    </>
  );

const basisText = ({ number, date, issuer, title }: PlanView['bases'][number], { say }: PageRequest): string =>
  [
    [number, date && say('page.plans.basis-day', { day: showDay(date) })].filter(Boolean).join(' '),
    [issuer, title].filter(Boolean).join(': '),
  ]
    .filter(Boolean)
    .join(' – ');

const about = (plan: PlanView, request: PageRequest) => {
  const { say } = request;
  return (
    <SummaryList
      items={[
        { label: say('page.plans.state'), value: say(`plan.state.${plan.state}`) },
        { label: say('page.plans.place'), value: capital(plan.place) },
        { label: say('page.plans.issuer'), value: plan.issuer },
        { label: say('page.plans.document'), value: signature(plan, request) },
        { label: say('page.plans.programme'), value: plan.programme },
        { label: say('page.plans.period'), value: `${showDay(plan.periodFrom)} – ${showDay(plan.periodTo)}` },
        ...(plan.parentCode
          ? [
              {
                label: say('page.plans.parent'),
                value: (
                  <p>
                    <a href={`/plans/${plan.parentCode}`}>{plan.parentCode}</a>
                  </p>
                ),
              },
            ]
          : []),
        ...(plan.closedAt
          ? [
              {
                label: say('page.plans.closed'),
                value: [showMoment(plan.closedAt), plan.closedNote].filter(Boolean).join(' – '),
              },
            ]
          : []),
      ]}
    />
  );
};

const listed = (title: string, texts: readonly string[]) =>
  texts.length === 0 ? null : (
    <details class="part">
      <summary>{title}</summary>
      <ul class="groups">
        {texts.map((text) => (
          <li>{text}</li>
        ))}
      </ul>
    </details>
  );

/** How far a line came, by its dates and what was done. */
const progress = (line: LineView, { say, language }: PageRequest) => (
  <>
    <strong>{line.standing ? say(`plan.standing.${line.standing}`) : say('plan.standing.none')}</strong>
    <br />
    {line.done.activities > 0 &&
      say('page.plans.done', {
        activities: showNumber(line.done.activities, language),
        places: showNumber(line.done.places, language),
        last: showDay(line.done.last!),
      })}
  </>
);

const links = (plan: PlanView, line: LineView, request: PageRequest) => {
  const { say } = request;
  const sent = waySent(line);
  const to = [
    ...(plan.state === 'issued' && mayRecord(request) && line.mayBeRecorded
      ? [[`/evidence/new?line=${line.lineId}`, 'record']]
      : []),
    ...(plan.state === 'issued' && mayCount(request) && sent ? [[sent.href, sent.key]] : []),
    ...(plan.state !== 'draft' && mayCount(request)
      ? [
          [coverageAddress(plan.code, line.position), 'coverage'],
          [`/left-behind?line=${line.lineId}`, 'left-behind'],
        ]
      : []),
  ];
  return (
    <ul class="groups">
      {to.map(([href, key]) => (
        <li>
          <a href={href}>{say(`page.plans.to.${key}`)}</a>
        </li>
      ))}
    </ul>
  );
};

const lineTable = (plan: PlanView, request: PageRequest) => {
  const { say } = request;
  return (
    <Table
      caption={say('page.plans.lines')}
      rows={plan.lines}
      columns={[
        { label: say('page.plans.position'), number: true, cell: ({ position }) => String(position) },
        {
          label: say('page.plans.what'),
          cell: (line) => <a href={`/plans/${plan.code}/lines/${line.position}`}>{line.what}</a>,
        },
        { label: say('page.plans.audience'), cell: ({ audienceName }) => audienceName },
        {
          label: say('page.plans.target'),
          cell: ({ targetPercent, threshold }) =>
            say('plan.target', { percent: targetPercent, stage: `@stage.${threshold}` }),
        },
        {
          label: say('page.plans.days'),
          cell: ({ startsOn, endsOn }) => (
            <>
              <span class="unbroken">{showDay(startsOn)}</span> – <span class="unbroken">{showDay(endsOn)}</span>
            </>
          ),
        },
        {
          label: say('page.plans.head'),
          cell: ({ headName, headPost }) => [headName, headPost].filter(Boolean).join(', '),
        },
        { label: say('page.plans.progress'), cell: (line) => progress(line, request) },
        // Of a draft nothing can be recorded or counted yet.
        ...(plan.state === 'draft'
          ? []
          : [{ label: say('page.plans.go'), cell: (line: LineView) => links(plan, line, request) }]),
      ]}
    />
  );
};

const closing = (plan: PlanView, request: PageRequest) => {
  const { say, csrf, typed } = request;
  if (!plan.mayChange || plan.state !== 'issued') return null;
  return (
    <details class="part" open={typed.error !== undefined || textOf(typed.values, 'note') !== ''}>
      <summary>{say('page.plans.close')}</summary>
      <Form action={`/plans/${plan.code}/close`} csrf={csrf}>
        <Field
          name="note"
          label={say('page.plans.close-note')}
          hint={say('page.plans.close-hint', { day: showDay(plan.periodTo) })}
          value={textOf(typed.values, 'note')}
          error={faultAt(request, 'note')}
        />
        <Actions>
          <Button look="danger">{say('page.plans.close')}</Button>
        </Actions>
      </Form>
    </details>
  );
};

/** Lines that the file just brought in, and that mean nobody: the import said which. */
const ofNobody = ({ state, lines }: PlanView, { query }: PageRequest) => {
  const positions = textOf(query, 'nobody').split(',').map(Number);
  return lines
    .filter(({ position }) => state === 'draft' && positions.includes(position))
    .map(({ position, what, audienceName }) => ({ position, what, audience: audienceName }));
};

const view = async (request: PageRequest): Promise<View> => {
  const { say } = request;
  const plan = await load(request);
  const at = `/plans/${plan.code}`;
  const late = plan.late.map(({ name, post, lines }) => ({
    ...{ name, post },
    lines: lines.map(({ position, what, endsOn }) => ({ href: `${at}/lines/${position}`, what, endsOn })),
  }));
  return {
    title: plan.title,
    body: (
      <>
        <h1>{plan.title}</h1>
        <FormTrouble trouble={troubleOf(request)} />
        <LateHeads say={say} late={late} />
        {plan.state === 'draft' && (
          <Alert tone="info">
            <p>{say('page.plans.draft-lead')}</p>
          </Alert>
        )}
        <LinesOfNobody say={say} lines={ofNobody(plan, request)} />
        <Actions>
          {plan.mayChange && plan.state === 'draft' && (
            <LinkButton look="primary" href={`${at}/issue`}>
              {say('page.plans.issue')}
            </LinkButton>
          )}
          {plan.mayChange && plan.state === 'draft' && mayImportPlan(request) && (
            <LinkButton href="/plans/import">{say('page.plans.import-again')}</LinkButton>
          )}
          <LinkButton href={`${at}/file.yaml`}>{say('page.plans.export')}</LinkButton>
          <ReportLinks plan={plan} request={request} />
        </Actions>
        <Card title={say('page.plans.about')}>
          {about(plan, request)}
          {listed(
            say('page.plans.bases'),
            plan.bases.map((basis) => basisText(basis, request)),
          )}
          {listed(say('page.plans.objectives'), plan.objectives)}
        </Card>
        {lineTable(plan, request)}
        {closing(plan, request)}
      </>
    ),
  };
};

export const planPages = [
  page({ method: 'GET', path: '/plans/:code', signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: '/plans/:code/close',
    signedIn: true,
    formAt: ({ code }) => `/plans/${code}`,
    again: view,
    handle: async ({ params, form, execute }) => {
      await execute(closePlan, { code: params.code!, note: textOf(form, 'note') || null });
      return { redirect: `/plans/${params.code}` };
    },
  }),
  page({
    method: 'GET',
    path: '/plans/:code/file.yaml',
    signedIn: true,
    handle: async ({ params, execute }) => {
      const { text, fileName } = await execute(exportPlan, { code: params.code! });
      return { download: text, fileName, type: 'application/yaml; charset=utf-8' };
    },
  }),
  page({
    method: 'GET',
    path: '/plans/:code/signed',
    signedIn: true,
    handle: async ({ params, execute }) => {
      const { path, name } = await execute(getSignedFile, { code: params.code! });
      return { download: createReadStream(path), fileName: name, type: 'application/pdf' };
    },
  }),
];
