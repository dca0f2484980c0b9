import { createReadStream } from 'node:fs';
import { closePlan, exportPlan, getPlan, getSignedFile, type PlanView } from '../../../modules/plans/index.ts';
import { showDay } from '../../../shared/dates.ts';
import {
  Actions,
  Button,
  Card,
  Counted,
  Field,
  Form,
  FormTrouble,
  LadderKey,
  Lines,
  LinkButton,
  PageHead,
  Part,
  SummaryList,
} from '../../../ui/index.ts';
import { listFilePages } from '../../list.tsx';
import { type PageRequest, page, type View } from '../../page.ts';
import { capital, showMoment } from '../../show.ts';
import { StateLead } from '../../state-badge.tsx';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { howLines } from './how-lines.ts';
import { LateHeads } from './late-heads.tsx';
import { laddersOf } from './line-ladder.tsx';
import { LinesOfNobody } from './lines-of-nobody.tsx';
import { mayImportPlan } from './may-plan.ts';
import { LINES, lineColumns, linesFound, PlanLines } from './plan-lines.tsx';
import { ReportLinks } from './report-links.tsx';

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
    <Part title={title}>
      <Lines>
        {texts.map((text) => (
          <li>{text}</li>
        ))}
      </Lines>
    </Part>
  );

const lineTable = async (plan: PlanView, request: PageRequest) => {
  const { say } = request;
  const ladders = await laddersOf(request, plan);
  return (
    <Counted say={say} how={howLines(say)}>
      <h2>{say('page.plans.lines')}</h2>
      {ladders.size > 0 && <LadderKey say={say} brief />}
      <PlanLines plan={plan} request={request} ladders={ladders} />
    </Counted>
  );
};

const closing = (plan: PlanView, request: PageRequest) => {
  const { say, csrf, typed } = request;
  if (!plan.mayChange || plan.state !== 'issued') return null;
  return (
    <Part title={say('page.plans.close')} open={typed.error !== undefined || textOf(typed.values, 'note') !== ''}>
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
    </Part>
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
        <PageHead
          title={plan.title}
          back={{ href: '/plans', label: say('page.plans.title') }}
          lead={<StateLead say={say} kind="plan" state={plan.state} may={plan.mayChange} />}
          actions={
            <>
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
            </>
          }
        />
        <FormTrouble trouble={troubleOf(request)} />
        <LateHeads say={say} late={late} />
        <LinesOfNobody say={say} lines={ofNobody(plan, request)} />
        <Card title={say('page.plans.about')}>
          {about(plan, request)}
          {listed(
            say('page.plans.bases'),
            plan.bases.map((basis) => basisText(basis, request)),
          )}
          {listed(say('page.plans.objectives'), plan.objectives)}
        </Card>
        {await lineTable(plan, request)}
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
  ...listFilePages(LINES, {
    fileName: 'cac-dong-ke-hoach',
    title: ({ say }) => say('page.plans.lines'),
    find: async (request, asked) => {
      const plan = await load(request);
      return { ...linesFound(plan, asked), columns: lineColumns(plan, request, await laddersOf(request, plan)) };
    },
  }),
];
