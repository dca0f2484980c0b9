import {
  followEdition,
  getPlan,
  listActivities,
  nameHead,
  type PlanView,
  raiseThreshold,
} from '../../../modules/plans/index.ts';
import { stages } from '../../../shared/channels.ts';
import { showDay } from '../../../shared/dates.ts';
import { notFound } from '../../../shared/errors.ts';
import {
  Actions,
  Alert,
  Button,
  Card,
  EmptyState,
  Field,
  Form,
  FormTrouble,
  LinkButton,
  Select,
  SummaryList,
  Table,
} from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { capital, showMoment, showNumber } from '../../show.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { coverageAddress } from '../coverage/index.ts';
import { dispatchesOfLine } from '../dispatches/index.ts';
import { mayCount, mayRecord } from './may-plan.ts';
import { waySent } from './way-sent.ts';

type LineView = PlanView['lines'][number];

const load = async ({ execute, params }: PageRequest): Promise<{ plan: PlanView; line: LineView }> => {
  const plan = await execute(getPlan, { code: params.code! });
  const line = plan.lines.find(({ position }) => String(position) === params.position);
  if (!line) throw notFound('line');
  return { plan, line };
};

const money = (line: LineView, { say, language }: PageRequest): string =>
  line.budget === null
    ? say('ui.none')
    : [say('page.plans.vnd', { sum: showNumber(line.budget, language) }), line.budgetSource].filter(Boolean).join(', ');

const about = (line: LineView, request: PageRequest) => {
  const { say, language } = request;
  const { message } = line;
  const quantity =
    line.quantity === null ? say('ui.none') : `${showNumber(line.quantity, language)} ${line.unit ?? ''}`;
  return (
    <SummaryList
      items={[
        {
          label: say('page.plans.message'),
          value: (
            <p>
              {mayCount(request) ? <a href={`/messages/${line.messageId}`}>{message.title}</a> : message.title}{' '}
              {say('page.plans.edition', { edition: line.edition })}
            </p>
          ),
        },
        { label: say('page.plans.audience'), value: line.audienceName },
        {
          label: say('page.plans.target'),
          value: say('plan.target', { percent: line.targetPercent, stage: `@stage.${line.threshold}` }),
        },
        { label: say('page.plans.channels'), value: line.channels.map((each) => say(`channel.${each}`)).join(', ') },
        { label: say('page.plans.places'), value: line.places.map(capital).join('; ') },
        { label: say('page.plans.quantity'), value: quantity },
        { label: say('page.plans.days'), value: `${showDay(line.startsOn)} – ${showDay(line.endsOn)}` },
        { label: say('page.plans.body'), value: line.body },
        { label: say('page.plans.head'), value: [line.headName, line.headPost].filter(Boolean).join(', ') },
        { label: say('page.plans.partners'), value: line.partners.join(', ') || say('ui.none') },
        { label: say('page.plans.budget'), value: money(line, request) },
        {
          label: say('page.plans.progress'),
          value: say(`plan.standing.${line.standing ?? 'none'}`),
        },
      ]}
    />
  );
};

const activities = async ({ plan, line }: { plan: PlanView; line: LineView }, request: PageRequest) => {
  const { say, execute } = request;
  const rows = await execute(listActivities, { code: plan.code, position: line.position });
  return (
    <Card title={say('page.plans.activities')}>
      {rows.length === 0 ? (
        <EmptyState title={say('page.plans.no-activities')} />
      ) : (
        <Table
          caption={say('page.plans.activities')}
          captionHidden
          rows={rows}
          columns={[
            {
              label: say('page.plans.day'),
              cell: (each) => <a href={`/plans/activities/${each.activityId}`}>{showDay(each.happenedOn)}</a>,
            },
            { label: say('page.plans.kind'), cell: (each) => say(`channel.${each.kind}`) },
            { label: say('page.plans.places'), cell: (each) => each.places.map(capital).join('; ') },
            { label: say('page.plans.language'), cell: (each) => say(`language.${each.language}`) },
            { label: say('page.plans.proof'), cell: (each) => say(`proof.${each.proof}`) },
            { label: say('page.plans.by'), cell: (each) => each.recordedByName },
            {
              label: say('page.plans.counts'),
              cell: (each) =>
                each.voidedAt ? say('page.plans.voided', { reason: each.voidReason ?? '' }) : say('ui.yes'),
            },
          ]}
        />
      )}
    </Card>
  );
};

/** What may still change in a signed plan: more asked of the line, a newer edition, another head. */
const changing = ({ plan, line }: { plan: PlanView; line: LineView }, request: PageRequest) => {
  const { say, csrf, typed } = request;
  if (!plan.mayChange || plan.state !== 'issued') return null;
  const at = `/plans/${plan.code}/lines/${line.position}`;
  const higher = stages.filter((stage) => stage > line.threshold);
  // What was typed, or is wrong, is not left folded away when the form is shown again.
  const open = (fields: readonly string[]) =>
    fields.some((field) => textOf(typed.values, field) !== '' || faultAt(request, field) !== undefined);
  return (
    <Card title={say('page.plans.change')}>
      <p class="lead">{say('page.plans.change-lead')}</p>
      {line.message.newerEdition !== null && (
        <Form action={`${at}/edition`} csrf={csrf}>
          <p>{say('page.plans.newer', { edition: line.message.newerEdition })}</p>
          <Actions>
            <Button look="secondary">{say('page.plans.follow')}</Button>
          </Actions>
        </Form>
      )}
      {higher.length > 0 && (
        <details class="part" open={open(['threshold'])}>
          <summary>{say('page.plans.raise')}</summary>
          <Form action={`${at}/threshold`} csrf={csrf}>
            <Select
              name="threshold"
              label={say('page.plans.threshold')}
              options={higher.map((stage) => ({ value: String(stage), label: say(`stage.${stage}`) }))}
              empty={say('ui.choose')}
              value={textOf(typed.values, 'threshold')}
              error={faultAt(request, 'threshold')}
            />
            <Actions>
              <Button look="secondary">{say('page.plans.raise')}</Button>
            </Actions>
          </Form>
        </details>
      )}
      <details class="part" open={open(['name', 'post', 'note'])}>
        <summary>{say('page.plans.other-head')}</summary>
        <Form action={`${at}/head`} csrf={csrf}>
          {(['name', 'post', 'note'] as const).map((field) => (
            <Field
              name={field}
              label={say(`page.plans.head-${field}`)}
              value={textOf(typed.values, field)}
              error={faultAt(request, field)}
            />
          ))}
          <Actions>
            <Button look="secondary">{say('page.plans.other-head')}</Button>
          </Actions>
        </Form>
      </details>
    </Card>
  );
};

const history = ({ plan, line }: { plan: PlanView; line: LineView }, { say }: PageRequest) => {
  const own = plan.changes.filter(({ lineId }) => lineId === line.lineId);
  const shown = (what: string, value: string) => (what === 'threshold' ? say(`stage.${value}`) : value);
  return own.length === 0 ? null : (
    <Card title={say('page.plans.history')}>
      <ul>
        {own.map(({ what, before, after, note, changedAt, changedByName }) => (
          <li>
            {say(`page.plans.changed.${what}`, { before: shown(what, before), after: shown(what, after) })}{' '}
            {note && `(${note}) `}– {changedByName}, {showMoment(changedAt)}
          </li>
        ))}
      </ul>
    </Card>
  );
};

const view = async (request: PageRequest): Promise<View> => {
  const { say } = request;
  const found = await load(request);
  const { plan, line } = found;
  const sent = waySent(line);
  return {
    title: line.what,
    body: (
      <>
        <p>
          <a href={`/plans/${plan.code}`}>{plan.title}</a>
        </p>
        <h1>{say('page.plans.line-title', { position: String(line.position), what: line.what })}</h1>
        <FormTrouble trouble={troubleOf(request)} />
        {line.standing === 'late' && (
          <Alert tone="warning">
            <p>
              {say('page.plans.line-late', { name: line.headName, post: line.headPost, day: showDay(line.endsOn) })}
            </p>
          </Alert>
        )}
        <Actions>
          {plan.state === 'issued' && mayRecord(request) && line.mayBeRecorded && (
            <LinkButton look="primary" href={`/evidence/new?line=${line.lineId}`}>
              {say('page.plans.to.record')}
            </LinkButton>
          )}
          {plan.state === 'issued' && sent && mayCount(request) && (
            <LinkButton look={line.mayBeRecorded ? 'secondary' : 'primary'} href={sent.href}>
              {say(`page.plans.to.${sent.key}`)}
            </LinkButton>
          )}
          {plan.state !== 'draft' && mayCount(request) && (
            <>
              <LinkButton href={coverageAddress(plan.code, line.position)}>{say('page.plans.to.coverage')}</LinkButton>
              <LinkButton href={`/left-behind?line=${line.lineId}`}>{say('page.plans.to.left-behind')}</LinkButton>
            </>
          )}
        </Actions>
        <Card>{about(line, request)}</Card>
        {sent && mayCount(request) && (await dispatchesOfLine(request, line.lineId))}
        {await activities(found, request)}
        {changing(found, request)}
        {history(found, request)}
      </>
    ),
  };
};

type Change = (request: PageRequest, lineId: string) => Promise<unknown>;

const change = (name: string, run: Change) =>
  page({
    method: 'POST',
    path: `/plans/:code/lines/:position/${name}`,
    signedIn: true,
    formAt: ({ code, position }) => `/plans/${code}/lines/${position}`,
    again: view,
    handle: async (request) => {
      const { line } = await load(request);
      await run(request, line.lineId);
      return { redirect: `/plans/${request.params.code}/lines/${request.params.position}` };
    },
  });

export const planLinePages = [
  page({ method: 'GET', path: '/plans/:code/lines/:position', signedIn: true, handle: view }),
  change('edition', ({ execute }, lineId) => execute(followEdition, { lineId })),
  change('threshold', ({ execute, form }, lineId) =>
    execute(raiseThreshold, { lineId, threshold: textOf(form, 'threshold') }),
  ),
  change('head', ({ execute, form }, lineId) =>
    execute(nameHead, { lineId, name: textOf(form, 'name'), post: textOf(form, 'post'), note: textOf(form, 'note') }),
  ),
];
