import { followEdition, getPlan, nameHead, raiseThreshold } from '../../../modules/plans/index.ts';
import { stages } from '../../../shared/channels.ts';
import { showDay } from '../../../shared/dates.ts';
import { notFound } from '../../../shared/errors.ts';
import {
  Actions,
  Button,
  Card,
  Counted,
  Field,
  Form,
  FormTrouble,
  Lead,
  PageHead,
  Part,
  Select,
  SummaryList,
} from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { placesText } from '../../short-places.ts';
import { showMoment, showNumber } from '../../show.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { dispatchesOfLine } from '../dispatches/index.ts';
import { howLines } from './how-lines.ts';
import { lineActivities } from './line-activities.tsx';
import { LineLadder, laddersOf } from './line-ladder.tsx';
import { type FoundLine, type LineView, lineActions, lineStanding } from './line-top.tsx';
import { mayCount } from './may-plan.ts';
import { waySent } from './way-sent.ts';

const load = async ({ execute, params }: PageRequest): Promise<FoundLine> => {
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
        { label: say('page.plans.places'), value: placesText(line.places) },
        { label: say('page.plans.quantity'), value: quantity },
        { label: say('page.plans.days'), value: `${showDay(line.startsOn)} – ${showDay(line.endsOn)}` },
        { label: say('page.plans.body'), value: line.body },
        { label: say('page.plans.head'), value: [line.headName, line.headPost].filter(Boolean).join(', ') },
        { label: say('page.plans.partners'), value: line.partners.join(', ') || say('ui.none') },
        { label: say('page.plans.budget'), value: money(line, request) },
      ]}
    />
  );
};

/** What may still change in a signed plan: more asked of the line, a newer edition, another head. */
const changing = ({ plan, line }: FoundLine, request: PageRequest) => {
  const { say, csrf, typed } = request;
  if (!plan.mayChange || plan.state !== 'issued') return null;
  const at = `/plans/${plan.code}/lines/${line.position}`;
  const higher = stages.filter((stage) => stage > line.threshold);
  // What was typed, or is wrong, is not left folded away when the form is shown again.
  const open = (fields: readonly string[]) =>
    fields.some((field) => textOf(typed.values, field) !== '' || faultAt(request, field) !== undefined);
  return (
    <Card title={say('page.plans.change')}>
      <Lead>{say('page.plans.change-lead')}</Lead>
      {line.message.newerEdition !== null && (
        <Form action={`${at}/edition`} csrf={csrf}>
          <p>{say('page.plans.newer', { edition: line.message.newerEdition })}</p>
          <Actions>
            <Button look="secondary">{say('page.plans.follow')}</Button>
          </Actions>
        </Form>
      )}
      {higher.length > 0 && (
        <Part title={say('page.plans.raise')} open={open(['threshold'])}>
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
        </Part>
      )}
      <Part title={say('page.plans.other-head')} open={open(['name', 'post', 'note'])}>
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
      </Part>
    </Card>
  );
};

const history = ({ plan, line }: FoundLine, { say }: PageRequest) => {
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
  const ladders = await laddersOf(request, plan);
  return {
    title: line.what,
    body: (
      <>
        <PageHead
          back={{ href: `/plans/${plan.code}`, label: plan.title }}
          title={say('page.plans.line-title', { position: String(line.position), what: line.what })}
          lead={lineStanding(found, request)}
          actions={lineActions(found, request)}
        />
        <FormTrouble trouble={troubleOf(request)} />
        <Card>
          <Counted say={say} how={howLines(say)}>
            {about(line, request)}
          </Counted>
        </Card>
        <LineLadder request={request} code={plan.code} position={line.position} ladder={ladders.get(line.position)} />
        {sent &&
          mayCount(request) &&
          (await dispatchesOfLine(request, { lineId: line.lineId, send: plan.state === 'issued' ? sent : undefined }))}
        {await lineActivities(found, request)}
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
