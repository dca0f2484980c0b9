import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grantRole } from '../../src/modules/identity/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { type Role, roles } from '../../src/shared/roles.ts';
import { pages } from '../../src/web/routes.ts';
import type { Web } from '../../src/web/server.ts';
import { startPages, type Walker } from '../support/browserless.ts';
import { LATE_PLAN, signedIn } from '../support/day.ts';
import { everyRow, secretsOf } from '../support/foreign.ts';
import { since2025, taXiLang } from '../support/lists.ts';
import { lineText, PDF, planText } from '../support/plans.ts';
import { householdNo, phoneNo } from '../support/sending.ts';
import { mapOf } from '../support/shapes.ts';
import { AUDIENCE, DRAFT_PLAN, openWholeCommune, SENT_PLAN, type WholeCommune } from '../support/whole-commune.ts';

/** Pages that carry nothing of a commune, or whose secret is the right itself. */
const exceptions: Readonly<Record<string, string>> = {
  'GET /sign-in': 'asks who somebody is',
  'POST /sign-in': 'asks who somebody is',
  'GET /sign-in/link/:linkSecret': 'who has the secret may come in',
  'POST /sign-in/link/:linkSecret': 'who has the secret may come in',
  'POST /sign-out': 'of oneself',
  'GET /account': 'of oneself',
  'POST /account/password': 'of oneself',
  'POST /language': 'of oneself',
  'POST /theme': 'of oneself',
  'POST /keys': 'of oneself',
  'POST /columns': 'of oneself',
  'POST /drafts/drop': 'of oneself; looked at in own-drafts.test.ts',
  'GET /help': 'the same for everybody',
  'GET /help/figures': 'the same for everybody',
  'GET /console/style': 'shows invented samples only',
  'GET /unsubscribe/:token': 'who has the mail may refuse; nobody is signed in',
  'POST /refusals': 'whoever was told may write a number down; looked at below',
  'POST /unsubscribe/:token': 'who has the mail may refuse; nobody is signed in',
};

/** What a field holds; a file by its text. */
type Fields = Readonly<Record<string, string | { readonly file: string }>>;

/** `with` = answered with this status, and nothing of the other commune; without it refused, by 403 or 404. */
interface Door {
  readonly at: string;
  readonly fields?: Fields;
  readonly with?: number;
}

const refused = (at: string, fields?: Fields): Door => ({ at, ...(fields && { fields }) });
const silent = (at: string, fields?: Fields, status = 200): Door => ({ ...refused(at, fields), with: status });
const file = (text: string) => ({ file: text });

const messageDoors = ({ messages, corrections, draftForm }: WholeCommune): Record<string, Door> => {
  const { draft, waiting, used, renewed } = messages;
  const text = { which: 'save', title: 'Tin khác', topic: 'policy', core: 'Nội dung khác.' };
  const basis = { 'bases.0.number': '1/QĐ', 'bases.0.issuer': 'UBND', 'bases.0.title': 'Quyết định' };
  const form = { which: 'save', kind: 'script', language: 'vi', text: 'Lời khác.' };
  const note = { note: 'Chưa rõ.' };
  return {
    'GET /messages': silent('/messages?state=waiting'),
    'GET /messages.csv': silent('/messages.csv?state=waiting'),
    'GET /messages.xlsx': silent('/messages.xlsx?state=waiting'),
    'GET /messages/new': silent('/messages/new'),
    'POST /messages': refused('/messages', { ...text, ...basis, code: 'tin-khac', placeId: taXiLang }),
    'GET /messages/:messageId': refused(`/messages/${used}`),
    'GET /messages/:messageId/editions/:edition': refused(`/messages/${draft}/editions/1`),
    'POST /messages/:messageId/editions/:edition': refused(`/messages/${draft}/editions/1`, { ...text, ...basis }),
    'GET /messages/:messageId/editions/:edition/form': refused(`/messages/${draft}/editions/1/form`),
    'POST /messages/:messageId/editions/:edition/form': refused(`/messages/${draft}/editions/1/form`, form),
    'POST /messages/:messageId/forms/:formId/remove': refused(`/messages/${draft}/forms/${draftForm}/remove`, {}),
    'POST /messages/:messageId/editions/:edition/submit': refused(`/messages/${draft}/editions/1/submit`, {}),
    'GET /messages/:messageId/editions/:edition/approve': refused(`/messages/${waiting}/editions/1/approve`),
    'POST /messages/:messageId/editions/:edition/approve': refused(`/messages/${waiting}/editions/1/approve`, {
      seen: '1',
    }),
    'POST /messages/:messageId/editions/:edition/return': refused(`/messages/${waiting}/editions/1/return`, note),
    'GET /messages/:messageId/corrections/:formId': refused(`/messages/${used}/corrections/${corrections[0]}`),
    'POST /messages/:messageId/corrections/:formId/approve': refused(
      `/messages/${used}/corrections/${corrections[0]}/approve`,
      { seen: 'Kính thưa bà con (vi).' },
    ),
    'POST /messages/:messageId/corrections/:formId/return': refused(
      `/messages/${used}/corrections/${corrections[1]}/return`,
      note,
    ),
    'GET /messages/:messageId/editions/:edition/retire': refused(`/messages/${renewed}/editions/1/retire`),
    'POST /messages/:messageId/editions/:edition/retire': refused(`/messages/${renewed}/editions/1/retire`, note),
    'GET /messages/:messageId/new-edition': refused(`/messages/${used}/new-edition`),
    'POST /messages/:messageId/new-edition': refused(`/messages/${used}/new-edition`, { change: 'Có quy định mới.' }),
  };
};

const planDoors = ({ meetingId, loudspeakerId }: WholeCommune): Record<string, Door> => {
  const [plan, line] = [`/plans/${SENT_PLAN}`, `/plans/${LATE_PLAN}/lines/1`];
  const signed = { number: '9/KH-UBND', issuedOn: '05/01/2026', signer: 'Chủ tịch' };
  const written = planText({ code: 'ke-hoach-la' }, [lineText({ message: 'bhyt' })]);
  return {
    'GET /plans': silent('/plans'),
    'GET /plans.csv': silent('/plans.csv?phase=all'),
    'GET /plans.xlsx': silent('/plans.xlsx?phase=all'),
    'GET /plans/import': silent('/plans/import'),
    'POST /plans/import': refused('/plans/import', { file: file(written) }),
    'GET /plans/activities/:activityId': refused(`/plans/activities/${meetingId}`),
    'POST /plans/activities/:activityId/void': refused(`/plans/activities/${loudspeakerId}/void`, { reason: 'nhầm' }),
    'GET /plans/:code': refused(plan),
    'GET /plans/:code.csv': refused(`${plan}.csv`),
    'GET /plans/:code.xlsx': refused(`${plan}.xlsx`),
    'GET /plans/:code/file.yaml': refused(`${plan}/file.yaml`),
    'GET /plans/:code/signed': refused(`/plans/${LATE_PLAN}/signed`),
    'GET /plans/:code/issue': refused(`/plans/${DRAFT_PLAN}/issue`),
    'POST /plans/:code/issue': refused(`/plans/${DRAFT_PLAN}/issue`, { ...signed, file: file(PDF) }),
    'GET /plans/:code/lines/:position': refused(line),
    'POST /plans/:code/lines/:position/edition': refused(`${line}/edition`, {}),
    'POST /plans/:code/lines/:position/threshold': refused(`${line}/threshold`, { threshold: '4' }),
    'POST /plans/:code/lines/:position/head': refused(`${line}/head`, {
      name: 'Người Khác',
      post: 'Công chức',
      note: '',
    }),
    'GET /plans/:code/report': refused(`${plan}/report`),
    'GET /plans/:code/report.docx': refused(`${plan}/report.docx`),
    'GET /plans/:code/report.xlsx': refused(`${plan}/report.xlsx`),
    'POST /plans/:code/close': refused(`/plans/${LATE_PLAN}/close`, { note: 'xong' }),
  };
};

const evidenceDoors = (commune: WholeCommune): Record<string, Door> => {
  const { lineId, villageId, reached, contactId, meetingId } = commune;
  const meeting = `line=${lineId}&kind=meeting&village=${villageId}`;
  const said = { happenedOn: '11/06/2026', language: 'vi', proof: 'declared' };
  const list = `Mã hộ;Có mặt\n${householdNo(4).code};x\n`;
  const log = `Dòng kế hoạch;Thôn;Ngày;Hình thức;Ngôn ngữ;Minh chứng\n${SENT_PLAN}/1;Thôn Một;11/06/2026;Phát loa;vi;tự khai\n`;
  return {
    'GET /evidence': silent('/evidence'),
    'GET /evidence.csv': silent('/evidence.csv'),
    'GET /evidence.xlsx': silent('/evidence.xlsx'),
    'GET /evidence/new': refused(`/evidence/new?${meeting}`),
    'POST /evidence/new': refused(`/evidence/new?${meeting}`, { ...said, present: reached }),
    'GET /evidence/file': refused(`/evidence/file?${meeting}`),
    'POST /evidence/file': refused(`/evidence/file?${meeting}`, { ...said, file: file(list) }),
    'GET /evidence/blank.csv': refused(`/evidence/blank.csv?${meeting}`),
    'GET /evidence/log': silent('/evidence/log'),
    'POST /evidence/log': silent('/evidence/log', { file: file(log) }, 422),
    'GET /evidence/activities/:activityId': refused(`/evidence/activities/${meetingId}`),
    'GET /evidence/activities/:activityId/sample': refused(`/evidence/activities/${meetingId}/sample`),
    'GET /evidence/contacts/:contactId/void': refused(`/evidence/contacts/${contactId}/void?household=${reached}`),
    'POST /evidence/contacts/:contactId/void': refused(`/evidence/contacts/${contactId}/void?household=${reached}`, {
      reason: 'không có mặt',
    }),
  };
};

const sendingDoors = ({
  lineId,
  lateLineId,
  villageId,
  dispatchId,
  openDispatchId,
  inboundId,
  visitId,
  known,
}: WholeCommune): Record<string, Door> => {
  const [own, open] = [`/dispatches/${dispatchId}`, `/dispatches/${openDispatchId}`];
  const line = `line=${SENT_PLAN}:1&plan=${SENT_PLAN}&place=${taXiLang}`;
  const undo = { first: visitId, last: visitId, at: '2026-06-15T00:00:00Z', made: '1', what: `line:${lateLineId}` };
  const who = {
    subject: known,
    ownerName: 'Trưởng thôn',
    dueOn: '30/06/2026',
    what: `line:${lateLineId}`,
    sure: 'yes',
  };
  return {
    'GET /dispatches': silent('/dispatches'),
    'GET /dispatches.csv': silent('/dispatches.csv'),
    'GET /dispatches.xlsx': silent('/dispatches.xlsx'),
    'GET /dispatches/new': refused(`/dispatches/new?line=${lineId}`),
    'GET /dispatches/new/left-out': refused(`/dispatches/new/left-out?line=${lineId}`),
    'GET /dispatches/new/left-out.csv': refused(`/dispatches/new/left-out.csv?line=${lineId}`),
    'GET /dispatches/new/left-out.xlsx': refused(`/dispatches/new/left-out.xlsx?line=${lineId}`),
    'POST /dispatches/new': refused('/dispatches/new', { line: lineId, run: '2', recipients: '12', parts: '12' }),
    'GET /dispatches/replies': silent('/dispatches/replies'),
    'GET /dispatches/replies.csv': silent('/dispatches/replies.csv'),
    'GET /dispatches/replies.xlsx': silent('/dispatches/replies.xlsx'),
    'POST /dispatches/replies/:inboundId/read': refused(`/dispatches/replies/${inboundId}/read`, {}),
    'GET /dispatches/:dispatchId': refused(own),
    'GET /dispatches/:dispatchId/deliveries': refused(`${own}/deliveries`),
    'GET /dispatches/:dispatchId/deliveries.csv': refused(`${own}/deliveries.csv`),
    'GET /dispatches/:dispatchId/deliveries.xlsx': refused(`${own}/deliveries.xlsx`),
    'GET /dispatches/:dispatchId/give-up': refused(`${open}/give-up`),
    'POST /dispatches/:dispatchId/stop': refused(`${open}/stop`, {}),
    'POST /dispatches/:dispatchId/resume': refused(`${open}/resume`, {}),
    'POST /dispatches/:dispatchId/give-up': refused(`${open}/give-up`, {}),
    'GET /coverage': silent(`/coverage?${line}`),
    'GET /coverage/rows': refused(`/coverage/rows?${line}&what=n`),
    'GET /coverage/rows.csv': refused(`/coverage/rows.csv?${line}&what=n`),
    'GET /coverage/rows.xlsx': refused(`/coverage/rows.xlsx?${line}&what=n`),
    'GET /coverage.csv': refused(`/coverage.csv?${line}`),
    'GET /coverage.xlsx': refused(`/coverage.xlsx?${line}`),
    'GET /left-behind': refused(`/left-behind?what=line:${lateLineId}&place=${villageId}`),
    'POST /left-behind/assign': refused('/left-behind/assign', who),
    'POST /left-behind/undo': silent('/left-behind/undo', undo, 303),
    'GET /left-behind.xlsx': refused(`/left-behind.xlsx?what=plan:${LATE_PLAN}`),
    'GET /left-behind.csv': refused(`/left-behind.csv?what=plan:${LATE_PLAN}`),
    'GET /left-behind/sheet': refused(`/left-behind/sheet?what=line:${lateLineId}&village=${villageId}`),
    'GET /visits': silent('/visits?mine=no'),
    'GET /visits.csv': silent('/visits.csv?state='),
    'GET /visits.xlsx': silent('/visits.xlsx?state='),
    'POST /visits/many': refused('/visits/many', { visit: visitId, do: 'give', ownerName: 'Trưởng thôn', sure: 'yes' }),
    'GET /visits/import': silent('/visits/import'),
    'POST /visits/import': silent(
      '/visits/import',
      { file: file('Mã hộ;Ngày;Kết quả\nH0010;10/06/2026;không gặp\n') },
      422,
    ),
    'GET /visits/:visitId': refused(`/visits/${visitId}`),
    'POST /visits/:visitId': refused(`/visits/${visitId}`, { outcome: 'not-met', happenedOn: '10/06/2026', note: '' }),
    'POST /visits/:visitId/cancel': refused(`/visits/${visitId}/cancel`, { reason: 'đã đi' }),
  };
};

const registryDoors = (commune: WholeCommune): Record<string, Door> => {
  const { importId, committedId, villageId, known, reached, contactPointId, refusalId } = commune;
  const own = `/imports/${importId}`;
  const list = { placeId: taXiLang, asOf: '31/05/2026', file: file('Mã hộ;Chủ hộ;Thôn;Phân loại\n') };
  const speaks = { languages: 'hmn', from: '01/03/2026' };
  return {
    'GET /villages/import': silent('/villages/import'),
    'GET /villages/blank.csv': silent('/villages/blank.csv'),
    'POST /villages/import': refused('/villages/import', { file: file('Tên thôn;Mã xã cũ\nThôn Một;04603\n') }),
    'GET /territory/map': silent(`/territory/map?place=${taXiLang}`),
    'POST /territory/map': refused('/territory/map', { place: taXiLang, file: file(mapOf(['Thôn Một'])) }),
    'GET /territory/map/drop': refused(`/territory/map/drop?place=${taXiLang}`),
    'POST /territory/map/drop': refused('/territory/map/drop', { place: taXiLang }),
    'GET /imports': silent('/imports'),
    'GET /imports.csv': silent('/imports.csv'),
    'GET /imports.xlsx': silent('/imports.xlsx'),
    'GET /imports/new': silent('/imports/new'),
    'GET /imports/sample.csv': silent('/imports/sample.csv'),
    'POST /imports': refused('/imports', list),
    'GET /imports/:importId': refused(own),
    'GET /imports/:importId/faults': refused(`${own}/faults`),
    'GET /imports/:importId/faults.csv': refused(`${own}/faults.csv`),
    'GET /imports/:importId/faults.xlsx': refused(`${own}/faults.xlsx`),
    'GET /imports/:importId/decisions': refused(`${own}/decisions?kind=missing`),
    'GET /imports/:importId/decisions.csv': refused(`${own}/decisions.csv`),
    'GET /imports/:importId/decisions.xlsx': refused(`${own}/decisions.xlsx`),
    'POST /imports/:importId/decisions': refused(`${own}/decisions`, { kind: 'missing', which: 'all', answer: 'gone' }),
    'GET /imports/:importId/mapping': refused(`${own}/mapping`),
    'POST /imports/:importId/mapping': refused(`${own}/mapping`, { 'role-0': 'households', 'column-0-0': 'code' }),
    'POST /imports/:importId/check': refused(`${own}/check`, {}),
    'POST /imports/:importId/commit': refused(`${own}/commit`, {}),
    'POST /imports/:importId/discard': refused(`${own}/discard`, {}),
    'GET /imports/:importId/undo': refused(`/imports/${committedId}/undo`),
    'GET /households': silent(`/households?text=giang&place=${taXiLang}`),
    'GET /households.csv': silent(`/households.csv?place=${taXiLang}`),
    'GET /households.xlsx': silent(`/households.xlsx?place=${taXiLang}`),
    'GET /households/languages': silent(`/households/languages?village=${villageId}`),
    'POST /households/languages': refused('/households/languages', {
      ...speaks,
      village: villageId,
      ethnicity: 'Mông',
    }),
    'GET /households/:subjectId': refused(`/households/${known}`),
    'POST /households/:subjectId/languages': refused(`/households/${known}/languages`, speaks),
    'GET /households/:subjectId/refuse': refused(`/households/${reached}/refuse?phone=${contactPointId}`),
    'POST /households/:subjectId/refuse': refused(`/households/${reached}/refuse?phone=${contactPointId}`, {
      how: 'phone',
    }),
    'GET /refusals': silent('/refusals?lifted=yes'),
    'GET /refusals.csv': silent('/refusals.csv?lifted=yes'),
    'GET /refusals.xlsx': silent('/refusals.xlsx?lifted=yes'),
    'GET /refusals/:refusalId/lift': refused(`/refusals/${refusalId}/lift`),
    'POST /refusals/:refusalId/lift': refused(`/refusals/${refusalId}/lift`, { note: 'chủ hộ xin lại' }),
    'GET /counts': refused(`/counts?place=${taXiLang}`),
    'GET /counts.csv': refused(`/counts.csv?place=${taXiLang}`),
    'GET /counts.xlsx': refused(`/counts.xlsx?place=${taXiLang}`),
    'GET /audit': silent(`/audit?touched=${known}`),
    'GET /audit.csv': silent(`/audit.csv?touched=${known}`),
    'GET /audit.xlsx': silent(`/audit.xlsx?touched=${known}`),
    'GET /audiences': silent('/audiences'),
    'GET /audiences.csv': silent('/audiences.csv'),
    'GET /audiences.xlsx': silent('/audiences.xlsx'),
    'GET /audiences/new': refused(`/audiences/new?code=${AUDIENCE}`),
    // Codes are one list for everybody: that one is taken is told, and nothing of it.
    'POST /audiences': silent('/audiences', { name: 'Khác', code: AUDIENCE, placeId: taXiLang, class: 'poor' }, 409),
    'GET /audiences/:code': refused(`/audiences/${AUDIENCE}`),
    'GET /audiences/:code.csv': refused(`/audiences/${AUDIENCE}.csv`),
    'GET /audiences/:code.xlsx': refused(`/audiences/${AUDIENCE}.xlsx`),
    'POST /audiences/:code/end': refused(`/audiences/${AUDIENCE}/end`, {}),
    'GET /': silent('/'),
    // Last: it takes back the household that others ask for.
    'POST /imports/:importId/undo': refused(`/imports/${committedId}/undo`, {}),
  };
};

let commune: WholeCommune;
let web: Web;
let table: Readonly<Record<string, Door>>;
let own: Walker;
const strangers = new Map<Role, Walker>();

/** As a browser does it: the token from a page of one's own, and a form with a file in parts. */
const ask = async (walker: Walker, name: string, { at, fields }: Door): Promise<Response> => {
  if (name.startsWith('GET ')) return walker.get(at);
  const sent: Fields = { csrf: await walker.token('/account'), ...fields };
  const withFile = Object.values(sent).some((value) => typeof value !== 'string');
  const body = withFile ? new FormData() : new URLSearchParams();
  for (const [key, value] of Object.entries(sent))
    if (typeof value === 'string') body.append(key, value);
    else (body as FormData).append(key, new Blob([value.file]), 'tep-la.csv');
  return walker.post(at, body);
};

beforeAll(async () => {
  commune = await openWholeCommune();
  const { world } = commune;
  web = await startPages(world);
  for (const role of ['officer', 'leader', 'editor', 'admin'] as const)
    strangers.set(role, (await signedIn(world, web, role, since2025('04606'))).walker);
  const everything = await signedIn(world, web, 'officer', taXiLang);
  own = everything.walker;
  for (const role of roles.filter((each) => each !== 'officer'))
    await world.execute(grantRole, systemActor, { userId: everything.userId, role, placeId: taXiLang });
  table = {
    ...messageDoors(commune),
    ...planDoors(commune),
    ...evidenceDoors(commune),
    ...sendingDoors(commune),
    ...registryDoors(commune),
  };
});
afterAll(async () => {
  await web?.close();
  await commune?.world.close();
});

describe('pages about what is another commune’s', () => {
  it('all stand in the table, or are an exception with its reason', () => {
    const known = [...Object.keys(table), ...Object.keys(exceptions)];
    expect(known.sort()).toEqual(pages.map(({ method, path }) => `${method} ${path}`).sort());
    // What stands in the path is refused, not left out.
    expect(Object.keys(table).filter((name) => name.includes(':') && table[name]!.with !== undefined)).toEqual([]);
  });

  it('are refused, or answered without anything of it, whatever one’s role is at home', async () => {
    const { world } = commune;
    const secrets = await secretsOf(world);
    expect(secrets.length).toBeGreaterThan(100);
    const before = await everyRow(world);
    for (const [name, door] of Object.entries(table)) {
      const sent = `${decodeURIComponent(door.at)} ${JSON.stringify(door.fields ?? {})}`;
      const statuses: number[] = [];
      for (const [role, walker] of strangers) {
        const response = await ask(walker, name, door);
        statuses.push(response.status);
        const text = `${response.headers.get('location') ?? ''} ${(await response.text()).normalize('NFC')}`;
        const told = secrets.filter((secret) => text.includes(secret) && !sent.includes(secret));
        expect(told, `${name} as ${role}`).toEqual([]);
      }
      // What a role may not do at all is refused before anything is looked at; somebody gets as far as an answer.
      const allowed = door.with === undefined ? [403, 404] : [403, door.with];
      expect(
        statuses.filter((status) => !allowed.includes(status)),
        name,
      ).toEqual([]);
      if (door.with !== undefined) expect(statuses, name).toContain(door.with);
    }
    expect(await everyRow(world)).toEqual(before);
  });

  it('a number that is refused in another commune is written down, and whose it is stays untold', async () => {
    const { world } = commune;
    const secrets = (await secretsOf(world)).filter((each) => !each.replaceAll(' ', '').endsWith(phoneNo(9).slice(1)));
    const officer = strangers.get('officer')!;
    const { status, headers } = await officer.send('/refusals', '/refusals', { phone: phoneNo(9), how: 'phone' });
    expect([status, headers.get('location')]).toEqual([303, '/refusals?refusal=done']);
    const text = (await (await officer.get('/refusals?refusal=done')).text()).normalize('NFC');
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });

  it('and the commune’s own people are answered (so the table asks for what is there)', async () => {
    const reads = Object.entries(table).filter(([name]) => name.startsWith('GET '));
    for (const [name, door] of reads) expect((await ask(own, name, door)).status, name).toBe(200);
    for (const [name, door] of Object.entries(table).filter(([each]) => each.startsWith('POST '))) {
      const response = await ask(own, name, door);
      expect([200, 303, 409, 422], `${name} ${response.status}`).toContain(response.status);
    }
  });
});
