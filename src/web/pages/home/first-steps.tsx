import { listMessages } from '../../../modules/content/index.ts';
import { listDispatches } from '../../../modules/delivery/index.ts';
import { listPlans } from '../../../modules/plans/index.ts';
import { listImports } from '../../../modules/registry/index.ts';
import { listChildren, listOwnCommunes } from '../../../modules/territory/index.ts';
import { addDays } from '../../../shared/dates.ts';
import type { Say } from '../../../shared/words/index.ts';
import { Card, FirstThings, Hint, Lead } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { holds } from './task.ts';

const steps = ['villages', 'list', 'message', 'plan', 'evidence'] as const;

type Step = (typeof steps)[number];

interface FirstStep {
  readonly step: Step;
  readonly done: boolean;
  readonly href: string;
}

const LOOKED_AT = 20;

/** A village is known in one of the own communes, of today or of before. */
const villagesKnown = async ({ execute }: PageRequest): Promise<boolean> => {
  for (const { placeId, validTo } of (await execute(listOwnCommunes, {})).slice(0, LOOKED_AT)) {
    const on = validTo === null ? null : addDays(validTo, -1);
    const children = await execute(listChildren, { placeId, on });
    if (children.some(({ kind }) => kind === 'village')) return true;
  }
  return false;
};

/**
 * What an officer does first where nothing is there yet, each step with whether it is done; undefined once something was
 * sent, or recorded where there is a list, for then the work is going. Asked in the order in which the answer is mostly found at once.
 */
export const firstSteps = async (request: PageRequest): Promise<readonly FirstStep[] | undefined> => {
  if (!holds(request, 'officer')) return undefined;
  const { execute } = request;
  if ((await execute(listDispatches, { limit: 1 })).total > 0) return undefined;
  const plans = await execute(listPlans, {});
  const { rows: lists } = await execute(listImports, { limit: LOOKED_AT });
  const listed = lists.some(({ state }) => state === 'committed');
  // A plan of the province is carried out elsewhere, too: what was done for it says nothing of a commune without a list.
  if (listed && plans.some(({ activities }) => activities > 0)) return undefined;
  const issued = plans.some(({ state }) => state !== 'draft');
  const messages = await execute(listMessages, { state: 'approved', limit: 1 });
  const done: Record<Step, boolean> = {
    villages: await villagesKnown(request),
    list: listed,
    message: messages.length > 0,
    plan: issued,
    evidence: false,
  };
  const href: Record<Step, string> = {
    villages: '/villages/import',
    // One that waits for its columns or answers stands there.
    list: lists.length > 0 ? '/imports' : '/imports/new',
    message: '/messages',
    plan: plans.length > 0 ? '/plans' : '/plans/import',
    evidence: '/evidence',
  };
  return steps.map((step) => ({ step, done: done[step], href: href[step] }));
};

/** The steps in order, those done with their mark; and what is not done on a page at all. */
export const FirstSteps = ({ say, steps: shown }: { say: Say; steps: readonly FirstStep[] }) => (
  <Card title={say('today.first.title')}>
    <Lead>{say('today.first.lead')}</Lead>
    <FirstThings
      done={say('today.first.done')}
      things={shown.map(({ step, done, href }) => ({
        ...{ href, done, label: say(`today.first.${step}`), note: say(`today.first.${step}-note`) },
      }))}
    />
    <Hint>
      {say('today.first.by-command')} <code>npm run lantoa -- user add --help</code>
    </Hint>
  </Card>
);
