import { countAudience } from '../modules/audiences/index.ts';
import { assignFollowUp, getCoverage, listLeftBehind, type Reason } from '../modules/coverage/index.ts';
import { addExamplePeople } from '../modules/identity/index.ts';
import { getPlan } from '../modules/plans/index.ts';
import { countByPlace } from '../modules/registry/index.ts';
import { findByCommuneCode, listChildren } from '../modules/territory/index.ts';
import { listVisits, recordVisit } from '../modules/visits/index.ts';
import { today } from '../platform/clock.ts';
import { systemActor } from '../platform/command.ts';
import { analyze } from '../platform/db/analyze.ts';
import type { Log } from '../platform/log.ts';
import { addDays } from '../shared/dates.ts';
import { loadEvidence } from './load-evidence.ts';
import { loadExample } from './load-example.ts';
import { type ExamplePlanParts, prepareExamplePlans } from './load-plans.ts';
import { dice } from './random.ts';
import { type StorySending, sendMessages } from './story-sending.ts';

/** One step of the story: what was done (`cli.demo.<step>`), and the figures after it. */
export interface Chapter {
  readonly step: string;
  readonly figures: Readonly<Record<string, number | string>>;
}

const COMMUNE = '04585';
/** The communes that became it. */
const BEFORE = ['04585', '04594', '04612', '04618'];
const AUDIENCES = [
  'ho-ngheo',
  'ho-can-ngheo',
  'ho-moi-thoat-ngheo',
  'ho-thieu-thong-tin',
  'ho-mong-khong-doc-chu-viet',
];

type StoryParts = ExamplePlanParts & StorySending & { readonly log: Log };

const classes = async ({ execute }: StoryParts, placeId: string, on: string) => {
  const { rows } = await execute(countByPlace, systemActor, { placeId, on, by: 'total' });
  return { ...rows[0]!.households };
};

/** The figures of a line in the commune today, the threshold's rate in per cent. */
const reach = async ({ execute }: StoryParts, lineId: string, placeId: string) => {
  const { lines } = await execute(getCoverage, systemActor, { lineId, placeId, by: 'total' });
  const { n, couldHear, s2, s3, s4, s5, rate, declaredShare, unknown } = lines[0]!.sum;
  const percent = (part: number | null) => (part === null ? 0 : Math.round(part * 1_000) / 10);
  return { n, couldHear, s2, s3, s4, s5, rate: percent(rate), declared: percent(declaredShare), unknown };
};

/**
 * The main job from beginning to end, on a database of its own: a commune's lists come in, a plan is issued, things are done
 * for it, and whoever was not reached is gone to; then a message goes by SMS, and where it does not arrive somebody goes too.
 * Invented people; every figure is asked from the product, none is made up.
 */
export async function* tellStory(parts: StoryParts): AsyncGenerator<Chapter> {
  const { execute, clock } = parts;
  const now = today(clock);
  const { lists } = await loadExample({
    ...parts,
    wanted: ({ communeCode, reviewDate }) =>
      reviewDate >= '2025-07-01' ? communeCode === COMMUNE : reviewDate >= '2024-01-01' && BEFORE.includes(communeCode),
  });
  await analyze(parts.database);
  const { placeId, parentId } = await execute(findByCommuneCode, systemActor, { code: COMMUNE });
  const villages = await execute(listChildren, systemActor, { placeId });
  yield { step: 'lists', figures: { lists, villages: villages.length, ...(await classes(parts, placeId, now)) } };

  const audiences: Record<string, number> = {};
  for (const code of AUDIENCES)
    audiences[code] = (await execute(countAudience, systemActor, { code, rule: null, placeId })).fits;
  yield { step: 'audience', figures: audiences };

  const ids = { communeId: placeId, villageId: villages[0]!.placeId, provinceId: parentId! };
  await execute(addExamplePeople, systemActor, ids);
  const codes = await prepareExamplePlans(parts);
  const plan = await execute(getPlan, systemActor, { code: codes.find((each) => each.includes('2026'))! });
  yield { step: 'plan', figures: { plan: plan.title, number: plan.number ?? '', lines: plan.lines.length } };

  const line = plan.lines.find(({ channels }) => channels.includes('meeting') && channels.includes('visit'))!;
  const { lineId, position, what } = line;
  yield { step: 'before', figures: { line: position, what, ...(await reach(parts, lineId, placeId)) } };

  const activities = await loadEvidence(execute, [plan.code], clock, { visits: false });
  await analyze(parts.database);
  yield { step: 'evidence', figures: { activities } };
  yield { step: 'after', figures: { line: position, what, ...(await reach(parts, lineId, placeId)) } };

  const missing = await execute(listLeftBehind, systemActor, { lineId, placeId, limit: 1 });
  yield { step: 'left-behind', figures: { total: missing.total, ...missing.reasons } };

  yield { step: 'visits', figures: await goThere(parts, { lineId, villages, now }) };
  yield { step: 'after-visits', figures: { line: position, what, ...(await reach(parts, lineId, placeId)) } };

  yield* tellSending(parts, {
    line: plan.lines.find(({ channels }) => channels.includes('sms'))!,
    placeId,
    villages,
    now,
  });
}

interface Scene {
  readonly line: { readonly lineId: string; readonly position: number; readonly what: string };
  readonly placeId: string;
  readonly villages: readonly { readonly placeId: string }[];
  readonly now: string;
}

/** What no loudspeaker knows: the phone itself says that it has the message, and where it has not, somebody goes. */
async function* tellSending(parts: StoryParts, { line, placeId, villages, now }: Scene): AsyncGenerator<Chapter> {
  const { lineId, position, what } = line;
  const figures = async () => ({ line: position, what, ...(await reach(parts, lineId, placeId)) });
  yield { step: 'sms-before', figures: await figures() };
  const { sent, receipts, failures } = await sendMessages(parts, lineId);
  await analyze(parts.database);
  yield { step: 'sms', figures: sent };
  yield { step: 'receipts', figures: receipts };
  yield { step: 'failures', figures: failures };
  yield { step: 'sms-after', figures: await figures() };
  const missing = await parts.execute(listLeftBehind, systemActor, { lineId, placeId, limit: 1 });
  yield { step: 'sms-left-behind', figures: { total: missing.total, ...missing.reasons } };
  const reason = 'delivery-failed';
  yield { step: 'sms-visits', figures: await goThere(parts, { lineId, villages, now, reason }) };
  yield { step: 'sms-after-visits', figures: await figures() };
}

interface Going {
  readonly lineId: string;
  readonly villages: readonly { readonly placeId: string }[];
  readonly now: string;
  /** Only to those not reached for this reason. */
  readonly reason?: Reason;
}

/** Somebody is sent to those whom the line has not reached; four of five are met, and hear it in their language. */
const goThere = async ({ execute }: StoryParts, { lineId, villages, now, reason }: Going) => {
  const figures = { visits: 0, met: 0, notMet: 0 };
  for (const { placeId: villageId } of villages) {
    const { total } = await execute(listLeftBehind, systemActor, { lineId, placeId: villageId, reason, limit: 1 });
    if (total === 0) continue;
    const asked = {
      lineIds: [lineId],
      villageId,
      reason,
      ownerName: 'Trưởng thôn (mô phỏng)',
      dueOn: addDays(now, 10),
    };
    await execute(assignFollowUp, systemActor, asked);
    const { visits } = await execute(listVisits, systemActor, { placeId: villageId, states: ['open'], limit: 500 });
    for (const { visitId, code, languages } of visits) {
      figures.visits += 1;
      const met = dice('story', code).chance(0.8);
      const results = [{ lineId, language: (languages?.[0] ?? 'vi') as 'vi', readAloud: true }];
      await execute(recordVisit, systemActor, {
        visitId,
        ...(met ? { outcome: 'met', proof: 'second-person', results } : { outcome: 'not-met' }),
      });
      if (met) figures.met += 1;
      else figures.notMet += 1;
    }
  }
  return figures;
};
