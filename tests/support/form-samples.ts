import { LATE_PLAN } from './day.ts';
import { subjectOf, villageOf } from './evidence.ts';
import { taXiLang } from './lists.ts';
import { householdNo } from './sending.ts';
import type { Fields } from './shown-forms.ts';
import { DRAFT_PLAN, SENT_PLAN, type WholeCommune } from './whole-commune.ts';

/** One form, filled in with what does not stand there by itself. */
export interface FormSample {
  /** The path of its page, as `routes.ts` has it. */
  readonly page: string;
  /** Where it is sent to. */
  readonly at: string;
  /** What somebody typed, chose and ticked. */
  readonly typed: Fields;
  /** What the page itself put there. */
  readonly hidden?: Fields;
  /** The name of its field for a file. */
  readonly file?: string;
}

/** Signed-in pages whose form has nothing to keep, each with the reason. */
export const nothingTyped: Readonly<Record<string, string>> = {
  '/account/password': 'passwords are never kept',
  '/sign-out': 'a button',
  '/drafts/drop': 'a button',
  '/audiences/:code/end': 'a button',
  '/dispatches/:dispatchId/give-up': 'a button',
  '/dispatches/:dispatchId/resume': 'a button',
  '/dispatches/:dispatchId/stop': 'a button',
  '/dispatches/replies/:inboundId/read': 'a button',
  '/evidence/log': 'only a file, which is chosen again',
  '/imports/:importId/check': 'a button',
  '/imports/:importId/commit': 'a button',
  '/imports/:importId/discard': 'a button',
  '/imports/:importId/undo': 'a button',
  '/messages/:messageId/corrections/:formId/approve': 'a button',
  '/messages/:messageId/editions/:edition/approve': 'a button',
  '/messages/:messageId/editions/:edition/submit': 'a button',
  '/messages/:messageId/forms/:formId/remove': 'a button',
  '/left-behind/undo': 'a button',
  '/plans/:code/lines/:position/edition': 'a button',
  '/territory/map/drop': 'a button',
  '/plans/import': 'only a file, which is chosen again',
  '/villages/import': 'only a file, which is chosen again',
};

/** Letters that a page has to write in another way stay what they were. */
const WORDS = 'Nhà bà Mỷ & con <út> nói "chưa rõ"';

const basis = (at: number, mark: object = { [`bases.${at}.mark`]: 'verified' }) => ({
  [`bases.${at}.number`]: `1${at}/NQ-HĐND`,
  [`bases.${at}.date`]: '20/10/2025',
  [`bases.${at}.issuer`]: 'Hội đồng nhân dân',
  [`bases.${at}.title`]: WORDS,
  ...mark,
});

const ofMessages = ({ messages, corrections }: WholeCommune): FormSample[] => {
  const { draft, waiting, used, renewed } = messages;
  const edition = '/messages/:messageId/editions/:edition';
  return [
    {
      ...{ page: '/messages', at: '/messages' },
      typed: { title: WORDS, topic: 'health-insurance', core: WORDS, code: 'go-do', ...basis(0), ...basis(1) },
    },
    {
      ...{ page: edition, at: `/messages/${draft}/editions/1` },
      typed: { title: WORDS, topic: 'health-insurance', core: WORDS, ...basis(0, {}), ...basis(1), ...basis(2) },
    },
    {
      ...{ page: `${edition}/form`, at: `/messages/${draft}/editions/1/form` },
      typed: {
        kind: 'question',
        language: 'hmn',
        text: WORDS,
        'answers.1': 'Hộ nghèo',
        'answers.2': WORDS,
        rightAnswer: '2',
      },
    },
    {
      ...{ page: `${edition}/form`, at: `/messages/${draft}/editions/1/form?kind=script&language=vi` },
      ...{ typed: { text: WORDS }, hidden: { kind: 'script', language: 'vi' } },
    },
    { page: `${edition}/return`, at: `/messages/${waiting}/editions/1/return`, typed: { note: WORDS } },
    { page: `${edition}/retire`, at: `/messages/${renewed}/editions/1/retire`, typed: { note: WORDS } },
    { page: '/messages/:messageId/new-edition', at: `/messages/${used}/new-edition`, typed: { change: WORDS } },
    {
      page: '/messages/:messageId/corrections/:formId/return',
      at: `/messages/${used}/corrections/${corrections[0]}/return`,
      typed: { note: WORDS },
    },
  ];
};

const ofPlans = ({ loudspeakerId }: WholeCommune): FormSample[] => {
  const [page, line] = ['/plans/:code/lines/:position', `/plans/${LATE_PLAN}/lines/1`];
  return [
    {
      ...{ page: '/plans/:code/issue', at: `/plans/${DRAFT_PLAN}/issue`, file: 'file' },
      typed: { number: '9/KH-UBND', issuedOn: '05/01/2026', signer: WORDS },
    },
    { page: '/plans/:code/close', at: `/plans/${SENT_PLAN}/close`, typed: { note: WORDS } },
    { page: `${page}/threshold`, at: `${line}/threshold`, typed: { threshold: '5' } },
    { page: `${page}/head`, at: `${line}/head`, typed: { name: WORDS, post: 'Công chức', note: 'chuyển công tác' } },
    {
      page: '/plans/activities/:activityId/void',
      at: `/plans/activities/${loudspeakerId}/void`,
      typed: { reason: WORDS },
    },
  ];
};

const ofEvidence = async (commune: WholeCommune): Promise<FormSample[]> => {
  const { world, lineId, villageId, reached, contactId } = commune;
  const other = await subjectOf(world, householdNo(4).code!);
  const meeting = `line=${lineId}&kind=meeting&village=${villageId}&on=11%2F06%2F2026`;
  const said = { happenedOn: '09/06/2026', language: 'hmn', proof: 'signed-list', people: '31', note: WORDS };
  return [
    {
      ...{ page: '/evidence/new', at: `/evidence/new?${meeting}` },
      typed: { ...said, alsoIn: ['tyz', 'vi'], present: [reached, other].sort(), answered: other },
    },
    {
      ...{ page: '/evidence/new', at: `/evidence/new?line=${lineId}&kind=loudspeaker` },
      typed: { happenedOn: '09/06/2026', language: 'hmn', proof: 'device', times: '3', note: WORDS },
    },
    { page: '/evidence/file', at: `/evidence/file?${meeting}`, typed: { ...said, alsoIn: 'vi' }, file: 'file' },
    {
      page: '/evidence/contacts/:contactId/void',
      at: `/evidence/contacts/${contactId}/void?household=${reached}`,
      typed: { reason: WORDS },
    },
  ];
};

const ofFollowUp = async ({ world, lineId, lateLineId, villageId, visitId }: WholeCommune): Promise<FormSample[]> => {
  const ticked = await Promise.all([8, 9].map((no) => subjectOf(world, householdNo(no).code!)));
  return [
    {
      ...{ page: '/dispatches/new', at: '/dispatches/new' },
      typed: { who: 'all', urgentReason: WORDS, line: lineId },
      hidden: { kind: 'sms', run: '2', recipients: '12', parts: '12' },
    },
    {
      ...{ page: '/left-behind/assign', at: '/left-behind/assign' },
      typed: {
        subject: ticked.sort(),
        ownerName: WORDS,
        dueOn: '30/07/2026',
        step: 'call-household',
        note: 'đi buổi tối hôm sau',
      },
      hidden: { what: `line:${lateLineId}`, place: villageId, reason: '', owner: '', text: '', sort: '', page: '1' },
    },
    {
      ...{ page: '/visits/:visitId', at: `/visits/${visitId}` },
      typed: {
        ...{ outcome: 'met', happenedOn: '10/06/2026', proof: 'photo-list', note: WORDS, languages: ['hmn', 'tyz'] },
        ...{ [`told-${lateLineId}`]: 'yes', [`language-${lateLineId}`]: 'hmn', languagesRead: 'none' },
      },
    },
    {
      ...{ page: '/visits/many', at: '/visits/many' },
      typed: { visit: [visitId], ownerName: WORDS, dueOn: '30/07/2026', note: 'đi buổi tối hôm sau', reason: WORDS },
      hidden: { do: 'give', text: '', place: '', state: 'open', whose: '', sort: '', page: '1' },
    },
    { page: '/visits/:visitId/cancel', at: `/visits/${visitId}/cancel`, typed: { reason: WORDS } },
    { page: '/visits/import', at: '/visits/import', typed: { proof: 'photo-list' }, file: 'file' },
  ];
};

const ofRegistry = async (commune: WholeCommune): Promise<FormSample[]> => {
  const { world, importId, known, reached, contactPointId, refusalId } = commune;
  const { rows: missing } = await world.database.pool.query<{ id: string }>(
    `select decision_id as id from registry.import_decision where import_id = $1 and kind = 'missing' order by 1 limit 2`,
    [importId],
  );
  const speaks = { languages: ['hmn', 'tyz'], languagesRead: 'none', from: '01/03/2026' };
  return [
    {
      ...{ page: '/imports', at: '/imports', file: 'file' },
      typed: {
        ...{ placeId: await villageOf(world, 'Thôn Hai'), asOf: '31/05/2026', completeClasses: ['near_poor', 'poor'] },
        ...{ sender: WORDS, standard: 'QD-59-2015' },
      },
    },
    {
      ...{ page: '/imports/:importId/mapping', at: `/imports/${importId}/mapping` },
      typed: { 'column-0-1': 'notes', 'column-0-0': '' },
      hidden: { 'role-0': 'households' },
    },
    {
      ...{ page: '/imports/:importId/decisions', at: `/imports/${importId}/decisions?kind=missing` },
      typed: { ids: missing.map(({ id }) => id).sort(), answer: 'moved' },
      hidden: { kind: 'missing', which: 'marked' },
    },
    {
      ...{ page: '/territory/map', at: '/territory/map', file: 'file' },
      typed: { from: '31/02/2026' },
      hidden: { place: taXiLang },
    },
    { page: '/households/:subjectId/languages', at: `/households/${known}/languages`, typed: speaks },
    {
      ...{ page: '/households/languages', at: '/households/languages' },
      typed: { ...speaks, ethnicity: 'Mông', whom: 'all' },
      hidden: { village: await villageOf(world, 'Thôn Hai'), commune: taXiLang },
    },
    { page: '/refusals', at: '/refusals', typed: { phone: '0540 000 012', how: 'agent', note: WORDS } },
    {
      page: '/households/:subjectId/refuse',
      at: `/households/${reached}/refuse?phone=${contactPointId}`,
      typed: { how: 'agent', note: WORDS },
    },
    { page: '/refusals/:refusalId/lift', at: `/refusals/${refusalId}/lift`, typed: { note: WORDS } },
    {
      ...{ page: '/audiences', at: '/audiences' },
      typed: {
        ...{ name: WORDS, code: 'go-do', class: ['near_poor', 'poor'], lacks: ['4', '9'], languages: ['blt', 'hmn'] },
        ...{
          reads: 'no-vi',
          ethnicity: 'Mông, Dao',
          phone: 'none',
          livelihood: 'nương rẫy',
          ageFrom: '18',
          ageTo: '60',
        },
        ...{ reach: 'no', stage: '4', rule: '{ "subject": ' },
      },
    },
  ];
};

/** Every form of the product in which something is typed. */
export const formSamples = async (commune: WholeCommune): Promise<FormSample[]> => [
  ...ofMessages(commune),
  ...ofPlans(commune),
  ...(await ofEvidence(commune)),
  ...(await ofFollowUp(commune)),
  ...(await ofRegistry(commune)),
];
