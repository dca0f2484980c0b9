import type { Role } from '../../src/shared/roles.ts';
import { LATE_PLAN } from './day.ts';
import { taXiLang } from './lists.ts';
import { AUDIENCE, DRAFT_PLAN, SENT_PLAN, type WholeCommune } from './whole-commune.ts';

/** One page as somebody comes to it. */
export interface Sight {
  readonly name: string;
  readonly as: Role;
  readonly at: (commune: WholeCommune) => string;
  /** Key of its heading; none where the heading is what people wrote. */
  readonly heading?: string;
  /** What one comes for: its main action, or the first link of its rows. Opened by Enter, it changes nothing. */
  readonly open: string;
}

type Row = readonly [name: string, at: Sight['at'] | string, heading: string | null, open: string];

const seenBy = (as: Role, rows: readonly Row[]): Sight[] =>
  rows.map(([name, at, heading, open]) => ({
    ...{ name, as, at: typeof at === 'string' ? () => at : at, open },
    ...(heading && { heading }),
  }));

const LINK = 'main table td a';
const SAVE = 'main form[method=post] button:not(.quiet)';
const ACTION = 'main .actions a';

const planned: readonly Row[] = [
  ['today', '/', 'nav.home', '.tasks a'],
  ['plans', '/plans', 'page.plans.title', LINK],
  ['plan', `/plans/${LATE_PLAN}`, null, LINK],
  ['draft plan', `/plans/${DRAFT_PLAN}`, null, LINK],
  ['line', `/plans/${SENT_PLAN}/lines/1`, 'page.plans.line-title', 'main a.primary'],
  ['late line', `/plans/${LATE_PLAN}/lines/1`, 'page.plans.line-title', 'main a.primary'],
  ['plan import', '/plans/import', 'page.plans.import', SAVE],
  ['plan issue', `/plans/${DRAFT_PLAN}/issue`, 'page.plans.issue-title', SAVE],
  ['plan report', `/plans/${SENT_PLAN}/report`, 'page.reports.title', 'main a'],
  ['plan activity', ({ meetingId }) => `/plans/activities/${meetingId}`, 'page.plans.activity', ACTION],
  ['evidence', '/evidence', 'nav.evidence', LINK],
  ['evidence kind', ({ lineId }) => `/evidence/new?line=${lineId}`, 'page.evidence.new', 'main .groups a'],
  [
    'evidence meeting',
    ({ lineId, villageId }) => `/evidence/new?line=${lineId}&kind=meeting&village=${villageId}`,
    'page.evidence.new-of',
    SAVE,
  ],
  [
    'evidence loudspeaker',
    ({ lateLineId }) => `/evidence/new?line=${lateLineId}&kind=loudspeaker`,
    'page.evidence.new-of',
    SAVE,
  ],
  [
    'evidence file',
    ({ lineId, villageId }) => `/evidence/file?line=${lineId}&kind=meeting&village=${villageId}`,
    'page.evidence.new-of',
    SAVE,
  ],
  ['evidence log', '/evidence/log', 'page.evidence.log', SAVE],
  ['evidence activity', ({ meetingId }) => `/evidence/activities/${meetingId}`, 'page.evidence.activity', LINK],
  ['evidence sample', ({ meetingId }) => `/evidence/activities/${meetingId}/sample`, 'page.evidence.sample', LINK],
  [
    'contact void',
    ({ contactId, reached }) => `/evidence/contacts/${contactId}/void?household=${reached}`,
    'page.evidence.void-title',
    SAVE,
  ],
];

const written: readonly Row[] = [
  ['messages', '/messages', 'nav.messages', LINK],
  ['message new', '/messages/new', 'page.messages.new', 'main button[value=save]'],
  ['message draft', ({ messages }) => `/messages/${messages.draft}`, null, ACTION],
  ['message used', ({ messages }) => `/messages/${messages.used}`, null, ACTION],
  ['message edition', ({ messages }) => `/messages/${messages.draft}/editions/1`, 'page.messages.edit', ACTION],
  ['message form', ({ messages }) => `/messages/${messages.draft}/editions/1/form`, null, 'main button[value=save]'],
  [
    'message new edition',
    ({ messages }) => `/messages/${messages.used}/new-edition`,
    'page.messages.new-edition',
    ACTION,
  ],
  ['audiences', '/audiences', 'nav.audiences', LINK],
  ['audience', `/audiences/${AUDIENCE}?show=fits`, null, LINK],
  ['audience new', '/audiences/new', 'page.audiences.new', SAVE],
];

const reaching: readonly Row[] = [
  ['dispatches', '/dispatches', 'nav.dispatches', 'main a.button'],
  ['dispatch', ({ dispatchId }) => `/dispatches/${dispatchId}`, null, LINK],
  ['dispatch under way', ({ openDispatchId }) => `/dispatches/${openDispatchId}?hold=1`, null, LINK],
  [
    'dispatch give up',
    ({ openDispatchId }) => `/dispatches/${openDispatchId}/give-up`,
    'page.dispatches.give-up-title',
    ACTION,
  ],
  ['deliveries', ({ dispatchId }) => `/dispatches/${dispatchId}/deliveries`, 'page.dispatches.deliveries', LINK],
  ['dispatch new', ({ lineId }) => `/dispatches/new?line=${lineId}`, 'page.dispatches.new-title', 'main .empty a'],
  ['dispatch left out', ({ lineId }) => `/dispatches/new/left-out?line=${lineId}`, 'page.dispatches.left-out', ACTION],
  ['replies', '/dispatches/replies', 'page.dispatches.replies', LINK],
  ['coverage', `/coverage?plan=${SENT_PLAN}`, 'nav.coverage', '.ladder-chart a'],
  ['coverage line', `/coverage?plan=${SENT_PLAN}&line=${SENT_PLAN}:1`, 'nav.coverage', '.village-grid a'],
  [
    'coverage rows',
    `/coverage/rows?plan=${SENT_PLAN}&line=${SENT_PLAN}:1&place=${taXiLang}&what=n`,
    'page.coverage.rows',
    LINK,
  ],
  ['left behind', '/left-behind', 'nav.left-behind', '.search button'],
  ['left behind of a plan', `/left-behind?plan=${LATE_PLAN}`, 'nav.left-behind', LINK],
  [
    'left behind of a village',
    ({ lateLineId, villageId }) => `/left-behind?line=${lateLineId}&place=${villageId}`,
    'nav.left-behind',
    LINK,
  ],
  [
    'sheet',
    ({ lateLineId, villageId }) => `/left-behind/sheet?line=${lateLineId}&village=${villageId}`,
    'page.left-behind.sheet-title',
    ACTION,
  ],
  ['visits', '/visits', 'nav.visits', LINK],
  ['visit', ({ visitId }) => `/visits/${visitId}`, 'page.visits.title', ACTION],
  ['visit import', '/visits/import', 'page.visits.import', SAVE],
];

const kept: readonly Row[] = [
  ['households', '/households', 'nav.households', LINK],
  ['household', ({ known }) => `/households/${known}`, 'page.household.title', LINK],
  ['household with a ledger', ({ reached }) => `/households/${reached}`, 'page.household.title', LINK],
  [
    'household refuse',
    ({ reached, contactPointId }) => `/households/${reached}/refuse?phone=${contactPointId}`,
    'page.refusals.refuse',
    SAVE,
  ],
  [
    'village languages',
    ({ villageId }) => `/households/languages?village=${villageId}`,
    'page.languages.of-village',
    ACTION,
  ],
  ['refusals', '/refusals', 'page.refusals.title', LINK],
  ['refusal lift', ({ refusalId }) => `/refusals/${refusalId}/lift`, 'page.refusals.allow', SAVE],
  ['villages', '/villages/import', 'page.villages.import', SAVE],
  ['village map', `/territory/map?place=${taXiLang}`, 'page.map.title', SAVE],
  ['imports', '/imports', 'page.imports.title', LINK],
  ['import new', '/imports/new', 'page.imports.new', SAVE],
  ['import', ({ importId }) => `/imports/${importId}`, 'page.imports.one', '.figures a'],
  ['import written', ({ committedId }) => `/imports/${committedId}`, 'page.imports.one', 'main a.primary'],
  ['import faults', ({ importId }) => `/imports/${importId}/faults`, 'page.imports.faults', 'main a.back'],
  ['import decisions', ({ importId }) => `/imports/${importId}/decisions?kind=missing`, null, LINK],
  ['import mapping', ({ importId }) => `/imports/${importId}/mapping`, 'page.imports.mapping-title', ACTION],
  ['import undo', ({ committedId }) => `/imports/${committedId}/undo`, 'page.imports.undo-title', ACTION],
  ['counts', `/counts?place=${taXiLang}`, 'nav.counts', 'main a[href^="/territory/map"]'],
  ['account', '/account', 'page.account.title', SAVE],
  ['help', '/help', 'help.title', 'main a.button'],
  ['help about figures', '/help/figures', null, 'main a[href="/help"]'],
  ['style', '/console/style', 'style.title', 'main a.back'],
  ['nowhere', '/nowhere', null, 'main a'],
];

const led: readonly Row[] = [
  ['today of a leader', '/', 'nav.home', '.tasks a'],
  [
    'message approve',
    ({ messages }) => `/messages/${messages.waiting}/editions/1/approve`,
    'page.messages.approve-title',
    ACTION,
  ],
  [
    'message correction',
    ({ messages, corrections }) => `/messages/${messages.used}/corrections/${corrections[0]}`,
    'page.messages.approve-form-title',
    ACTION,
  ],
  [
    'message retire',
    ({ messages }) => `/messages/${messages.renewed}/editions/1/retire`,
    'page.messages.retire',
    ACTION,
  ],
  ['audit', '/audit', 'nav.audit', LINK],
];

/** Every page of the product that somebody works with. */
export const everyPage: readonly Sight[] = [
  ...seenBy('officer', [...planned, ...written, ...reaching, ...kept]),
  ...seenBy('leader', led),
  ...seenBy('agent', [
    ['today of an agent', '/', 'nav.home', '.tasks a'],
    ['visits of an agent', '/visits', 'nav.visits', 'main .card a'],
  ]),
];
