import { getPlan, listActivities, listPlans, type PlanView } from '../modules/plans/index.ts';
import { showDay } from '../shared/dates.ts';
import { countOption } from './read-options.ts';
import type { Terminal } from './terminal.ts';
import type { Verb } from './verb.ts';

const MOST = 9_999;

const columns = (terminal: Terminal, ...names: string[]): string[] =>
  names.map((name) => terminal.say(`cli.plan.column.${name}`));

export const planListVerb: Verb = {
  group: 'plan',
  name: 'list',
  words: [],
  options: [],
  run: async ({ session }) => {
    const { terminal } = session;
    const plans = await session.ask(listPlans, {});
    terminal.result({ plans });
    if (plans.length === 0) {
      terminal.line('page.plans.none');
      return undefined;
    }
    terminal.table(
      columns(terminal, 'code', 'title', 'place', 'period', 'state', 'lines', 'begun', 'late'),
      plans.map((plan) => [
        plan.code,
        plan.title,
        plan.place,
        `${showDay(plan.periodFrom)} – ${showDay(plan.periodTo)}`,
        terminal.say(`plan.state.${plan.state}`),
        plan.lines,
        plan.begun,
        plan.late,
      ]),
    );
    return undefined;
  },
};

const showLate = (terminal: Terminal, { late }: PlanView): void => {
  for (const { name, post, lines } of late) {
    const positions = lines.map(({ position, endsOn }) => `${position} (${showDay(endsOn)})`).join(', ');
    terminal.line('cli.plan.late-of', { name, post, count: lines.length, positions });
  }
  if (late.length > 0) terminal.gap();
};

const showLines = (terminal: Terminal, { lines }: PlanView): void =>
  terminal.table(
    columns(terminal, 'line', 'what', 'message', 'audience', 'target', 'dates', 'head', 'activities', 'standing'),
    lines.map((line) => [
      line.position,
      line.what,
      `${line.message.code}/${line.edition}`,
      line.audienceName,
      terminal.say('plan.target', { percent: line.targetPercent, stage: `@stage.${line.threshold}` }),
      `${showDay(line.startsOn)} – ${showDay(line.endsOn)}`,
      line.headPost ? `${line.headName}, ${line.headPost}` : line.headName,
      line.done.activities,
      line.standing ? terminal.say(`plan.standing.${line.standing}`) : '–',
    ]),
  );

export const planShowVerb: Verb = {
  group: 'plan',
  name: 'show',
  words: ['<CODE>'],
  options: [],
  run: async ({ session, words: [code = ''] }) => {
    const { terminal } = session;
    const plan = await session.ask(getPlan, { code });
    terminal.result({ plan });
    const period = `${showDay(plan.periodFrom)} – ${showDay(plan.periodTo)}`;
    const state = terminal.say(`plan.state.${plan.state}`);
    terminal.line('cli.plan.head', { title: plan.title, place: plan.place, period, state });
    if (plan.number && plan.issuedOn)
      terminal.line('plan.signed', { number: plan.number, day: showDay(plan.issuedOn), signer: plan.signer ?? '' });
    if (plan.parentCode) terminal.line('cli.plan.parent', { code: plan.parentCode });
    terminal.gap();
    showLate(terminal, plan);
    showLines(terminal, plan);
    return undefined;
  },
};

export const planActivitiesVerb: Verb = {
  group: 'plan',
  name: 'activities',
  words: ['<CODE>'],
  options: [{ flags: '--line <NUMBER>', help: 'plan-line' }],
  run: async ({ session, words: [code = ''], options }) => {
    const { terminal } = session;
    const activities = await session.ask(listActivities, { code, position: countOption(options, 'line', MOST) });
    terminal.result({ activities });
    if (activities.length === 0) {
      terminal.line('page.plans.no-activities');
      return undefined;
    }
    terminal.table(
      columns(terminal, 'day', 'line', 'kind', 'places', 'language', 'proof', 'by', 'voided', 'id'),
      activities.map((each) => [
        showDay(each.happenedOn),
        each.position,
        terminal.say(`channel.${each.kind}`),
        each.places.join('; '),
        terminal.say(`language.${each.language}`),
        terminal.say(`proof.${each.proof}`),
        each.recordedByName,
        each.voidReason ?? '',
        each.activityId,
      ]),
    );
    return undefined;
  },
};
