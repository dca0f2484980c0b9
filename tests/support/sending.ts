import type {
  Channel,
  ChannelState,
  MailChannel,
  Outgoing,
  OutgoingMail,
  Receipt,
  ReceiptCode,
  SendOutcome,
} from '../../src/channels/contract.ts';
import { createDispatch, createReceiver, createSender, previewDispatch } from '../../src/modules/delivery/index.ts';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { type Actor, systemActor } from '../../src/platform/command.ts';
import { silentLog } from '../../src/platform/log.ts';
import { newId } from '../../src/shared/ids.ts';
import { addLine, addMessage, setProfile, subjectOf } from './evidence.ts';
import { bringIn, importVillages, type Row } from './lists.ts';
import { createWorld, type World } from './world.ts';

/** An invented mobile number by a small number: 0540 000 012. */
export const phoneNo = (no: number): string => `0540${String(no).padStart(6, '0')}`;
export const e164No = (no: number): string => `+84${phoneNo(no).slice(1)}`;

/** A household of Thôn Một with an invented number. */
export const householdNo = (no: number, more: Partial<Row> = {}): Row => ({
  code: `H${String(no).padStart(4, '0')}`,
  head: `Giàng A Mẫu ${no}`,
  village: 'Thôn Một',
  class: 'Hộ nghèo',
  phones: [phoneNo(no)],
  ...more,
});

export interface SmsForm {
  readonly kind?: 'sms' | 'sms-plain' | 'email';
  readonly language?: string;
  readonly text: string;
}

/** Approved wordings of a message's first edition. */
export const addForms = async (world: World, messageId: string, forms: readonly SmsForm[]): Promise<void> => {
  for (const { kind = 'sms', language = 'vi', text } of forms)
    await world.database.pool.query(
      `insert into content.form (form_id, message_id, edition, kind, language, version, text, answers, state)
       values ($1, $2, 1, $3, $4, 1, $5, '{}', 'approved')`,
      [newId(), messageId, kind, language, text],
    );
};

export interface SendingWorld {
  readonly world: World;
  readonly messageId: string;
  readonly lineId: string;
}

/** Invented households of a commune, a message with SMS wordings, and a line of an issued plan with SMS among its channels. */
export const sendingWorld = async (
  rows: readonly Row[],
  { forms, at }: { forms?: readonly SmsForm[]; at?: Date } = {},
): Promise<SendingWorld> => {
  const world = await createWorld(at);
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  await bringIn(world, { rows, asOf: '2025-11-30', synthetic: true });
  const messageId = await addMessage(world, { code: 'bhyt' });
  await addForms(
    world,
    messageId,
    forms ?? [
      { text: 'Nhà ((tên)) ở ((thôn)) được cấp thẻ bảo hiểm y tế. Hỏi cán bộ xã.' },
      { kind: 'sms-plain', text: 'Nha ((tên)) o ((thôn)) duoc cap the bao hiem y te. Hoi can bo xa.' },
    ],
  );
  const lineId = await addLine(world, { messageId, channels: ['sms', 'meeting', 'visit'] });
  return { world, messageId, lineId };
};

/** Everybody reads Vietnamese. */
export const everybodyReads = async ({ world }: SendingWorld, rows: readonly Row[]): Promise<void> => {
  for (const { code } of rows) await setProfile(world, await subjectOf(world, code!), ['vi'], ['vi']);
  await world.database.pool.query(`update registry.subject_now n set languages = p.languages, languages_read = p.languages_read
    from registry.profile p where p.subject_id = n.subject_id and p.valid_to is null`);
};

export interface FakeChannel extends Channel {
  /** Every message that was handed over, whatever became of it. */
  readonly handed: Outgoing[];
  /** What becomes of a message; accepted unless said otherwise. */
  answer: (message: Outgoing) => SendOutcome | undefined;
  connected: boolean;
}

/** A channel within this process that does as it is told. */
export const fakeChannel = (provider = 'thu', parts: Partial<Channel> = {}): FakeChannel => {
  const handed: Outgoing[] = [];
  const channel: FakeChannel = {
    ...{ provider, kind: 'sms', simulator: true, pricePerPart: 350, answerable: true },
    ...parts,
    handed,
    answer: () => undefined,
    connected: true,
    state: (): ChannelState => ({ connected: channel.connected, fault: null }),
    send: async (batch) =>
      batch.map((message) => {
        handed.push(message);
        const refs = message.parts.map((_, part) => `${message.deliveryId}-${part + 1}`);
        return channel.answer(message) ?? { deliveryId: message.deliveryId, kind: 'accepted', refs };
      }),
    close: async () => {},
  };
  return channel;
};

/** A mail server within this process; one address may be refused. */
export const fakeMail = () => {
  const handed: OutgoingMail[] = [];
  let refused: string | undefined;
  const channel: MailChannel = {
    ...{ provider: 'thu-dien-tu', kind: 'email', simulator: true, returns: true },
    state: () => ({ connected: true, fault: null }),
    send: async (batch) =>
      batch.map((mail): SendOutcome => {
        handed.push(mail);
        const { deliveryId, to } = mail;
        return to === refused
          ? { deliveryId, kind: 'refused', code: 'bad-address', retry: false }
          : { deliveryId, kind: 'accepted', refs: [`<${deliveryId}@lantoa.invalid>`] };
      }),
    close: async () => {},
  };
  return {
    channel,
    handed,
    refuse: (address: string) => {
      refused = address;
    },
  };
};

/** Receipts for what a fake channel took, one for each part. */
export const receiptsFor = (messages: readonly Outgoing[], code: ReceiptCode = 'delivered'): Receipt[] =>
  messages.flatMap(({ deliveryId, parts }) =>
    parts.map((_, part) => ({ ref: `${deliveryId}-${part + 1}`, code, detail: code === 'delivered' ? '' : '011' })),
  );

export const receiverOf = ({ world }: SendingWorld) => createReceiver(world.execute);

/** The page before the button and the button, as somebody does who agrees with what is shown. */
export const submit = async (
  { world, lineId }: SendingWorld,
  choices: Record<string, unknown> = {},
  actor: Actor = systemActor,
) => {
  const preview = await world.execute(previewDispatch, actor, { lineId, ...choices });
  return world.execute(createDispatch, actor, {
    ...{ lineId, run: preview.run, pricePerPart: 350 },
    seen: { recipients: preview.recipients, parts: preview.parts },
    ...choices,
  });
};

/** A worker with these channels, that works until nothing is due. */
export const work = async ({ world }: SendingWorld, ...channels: (Channel | MailChannel)[]): Promise<void> => {
  const { execute, database } = world;
  const sender = await createSender({ execute, pool: database.pool, channels, log: silentLog() });
  await sender.drain();
  await sender.stop();
};

/** How many deliveries stand where, with why: `failed bad-number` → 2. */
export const standings = async ({ world }: SendingWorld): Promise<Record<string, number>> => {
  const { rows } = await world.database.pool.query<{ state: string; count: number }>(
    `select concat_ws(' ', state, fault) as state, count(*)::int as count from delivery.delivery group by 1`,
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
};

const SENT = ['dispatch', 'batch', 'delivery', 'lookup', 'receipt', 'inbound'].map((name) => `delivery.${name}`);
const DONE = ['plans.activity', 'reach.contact', 'reach.exposure', 'reach.state', 'registry.opt_out'];

/** Takes every sending away; with `evidence` also what was done, what it proved, and who refused. */
export const forgetSendings = async (
  { world }: Pick<SendingWorld, 'world'>,
  { evidence = false }: { readonly evidence?: boolean } = {},
): Promise<void> => {
  await world.database.pool.query(`truncate ${[...SENT, ...(evidence ? DONE : [])].join(', ')} cascade`);
};
