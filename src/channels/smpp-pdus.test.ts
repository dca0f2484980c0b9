import smpp, { type Pdu } from 'smpp';
import { describe, expect, it } from 'vitest';
import { smsParts } from '../shared/sms.ts';
import { readDelivered, refOf, senderOf } from './smpp-deliver.ts';
import { hex, refusalOf, signOnFault } from './smpp-statuses.ts';
import { senderFields, submitFields, validityOf } from './smpp-submit.ts';

const SETTINGS = { sender: 'XA-THU', validityHours: 48 };

const bodies = (text: string, reference = 7): Buffer[] =>
  submitFields(SETTINGS, { deliveryId: 'd', to: '+84540000010', ...smsParts(text) }, reference)!.map(
    (fields) => fields.short_message as Buffer,
  );

const delivered = (fields: Record<string, unknown>) =>
  readDelivered(
    { command: 'deliver_sm', source_addr: '84540000010', source_addr_ton: 1, ...fields } as unknown as Pdu,
    'same',
  );

const receipt = (text: string, more: Record<string, unknown> = {}) =>
  delivered({ esm_class: 4, data_coding: 0, short_message: { message: text }, ...more });

describe('a submit', () => {
  it('names the sender by its kind', () => {
    expect(senderFields('UBND-XA')).toEqual({ source_addr_ton: 5, source_addr_npi: 0, source_addr: 'UBND-XA' });
    expect(senderFields('+84540000000')).toEqual({
      source_addr_ton: 1,
      source_addr_npi: 1,
      source_addr: '84540000000',
    });
    expect(senderFields('84540000000')).toEqual({ source_addr_ton: 1, source_addr_npi: 1, source_addr: '84540000000' });
    expect(senderFields('8000')).toEqual({ source_addr_ton: 3, source_addr_npi: 0, source_addr: '8000' });
  });

  it('says how long the network tries', () => {
    expect(validityOf(48)).toBe('000002000000000R');
    expect(validityOf(27)).toBe('000001030000000R');
    expect(validityOf(1)).toBe('000000010000000R');
  });

  it('writes every letter of GSM 03.38 in its place, and reads it back', () => {
    // TS 23.038 6.2.1: places of letters that other alphabets have elsewhere; two bytes for those of the extension.
    expect([...bodies('@£$_ÄÖà')[0]!]).toEqual([0, 1, 2, 0x11, 0x5b, 0x5c, 0x7f]);
    expect([...bodies('€{}[]~|^\\')[0]!]).toEqual([
      0x1b, 0x65, 0x1b, 0x28, 0x1b, 0x29, 0x1b, 0x3c, 0x1b, 0x3e, 0x1b, 0x3d, 0x1b, 0x40, 0x1b, 0x14, 0x1b, 0x2f,
    ]); // biome-ignore format: pairs
    const all = '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./09:;<=>?¡AZÄÖÑÜ§¿azäöñüà^{}\\[~]|€';
    expect(smpp.encodings.ASCII.decode(bodies(all)[0]!)).toBe(all);
  });

  it('writes a text of plain letters as the package does', () => {
    const plain = Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code)).filter(
      (letter) => smpp.encodings.ASCII.match(letter) && letter !== '\x1b',
    );
    for (const letter of plain) expect(bodies(letter)[0]).toEqual(smpp.encodings.ASCII.encode(letter));
  });

  it('writes everything else in UTF-16, the high byte first', () => {
    expect(bodies('Ộ')[0]).toEqual(Buffer.from([0x1e, 0xd8]));
    expect(bodies('😀')[0]).toEqual(Buffer.from([0xd8, 0x3d, 0xde, 0x00]));
  });

  it('chains the parts by a header of six bytes, within what a network carries', () => {
    const parts = bodies('Mời bà con đến họp. '.repeat(10), 300);
    expect(parts.map((part) => [...part.subarray(0, 6)])).toEqual([
      [5, 0, 3, 44, 3, 1],
      [5, 0, 3, 44, 3, 2],
      [5, 0, 3, 44, 3, 3],
    ]);
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(140);
    expect(Math.max(...bodies('a'.repeat(400)).map((part) => part.length))).toBe(159);
  });

  it('of a text that does not fit its alphabet, or of no text, is none', () => {
    const outgoing = { deliveryId: 'd', to: '+84540000010', encoding: 'gsm-7' as const };
    expect(submitFields(SETTINGS, { ...outgoing, parts: ['họp'] }, 0)).toBeUndefined();
    expect(submitFields(SETTINGS, { ...outgoing, parts: [] }, 0)).toBeUndefined();
    expect(submitFields(SETTINGS, { ...outgoing, parts: ['a'.repeat(300)] }, 0)).toBeUndefined();
  });
});

describe('a refusal', () => {
  it.each([
    [0x58, 'throttled', true], [0x14, 'throttled', true], [0x0b, 'bad-number', false], [0x0a, 'sender', false],
    [0x08, 'rejected', true], [0x45, 'rejected', false], [0x0e, 'sign-on', true], [0x0d, 'sign-on', true],
    [0x04, 'unreachable', true], [0x01, 'content', false], [0x409, 'rejected', false], [0xff, 'rejected', false],
  ])('%i is %s', (status, code, retry) => {
    expect(refusalOf(status)).toEqual({ code, retry });
  }); // biome-ignore format: one a status

  it('of a sign-on is of our name and password, or may pass', () => {
    expect([0x0d, 0x0e, 0x0f].map(signOnFault)).toEqual(['sign-on', 'sign-on', 'sign-on']);
    expect(signOnFault(0x05)).toBe('unreachable');
    expect(hex(0x58)).toBe('0x00000058');
  });
});

describe('a receipt', () => {
  const text = (stat: string, err = '000') =>
    `id:0A1b sub:001 dlvrd:001 submit date:2601010000 done date:2601010001 stat:${stat} err:${err} text:Moi ba con`;

  it.each([
    ['DELIVRD', 'delivered'], ['EXPIRED', 'expired'], ['UNDELIV', 'undeliverable'], ['REJECTD', 'rejected'],
    ['DELETED', 'deleted'], ['UNKNOWN', 'unknown'], ['SOMETHING', 'unknown'],
  ])('%s is %s', (stat, code) => {
    expect(receipt(text(stat))).toEqual({ kind: 'receipt', receipt: { ref: '0A1b', code, detail: '' } });
  }); // biome-ignore format: one a word

  it('that says it is still under way says nothing', () => {
    expect(receipt(text('ENROUTE')).kind).toBe('nothing');
    expect(receipt(text('ACCEPTD')).kind).toBe('nothing');
    expect(receipt('', { receipted_message_id: 'A', message_state: 1 }).kind).toBe('nothing');
    expect(receipt(text('DELIVRD'), { esm_class: 0x20 }).kind).toBe('nothing');
  });

  it('is read from the TLVs as well, and keeps the number of the fault', () => {
    expect(receipt('', { receipted_message_id: 'A', message_state: 5 })).toMatchObject({
      receipt: { ref: 'A', code: 'undeliverable' },
    });
    expect(receipt('', { esm_class: 0, receipted_message_id: 'A', message_state: 2 }).kind).toBe('receipt');
    expect(receipt(text('UNDELIV', '02B'))).toMatchObject({ receipt: { detail: '02B' } });
    expect(
      receipt('', { receipted_message_id: 'A', message_state: 5, network_error_code: Buffer.from([3, 0, 27]) }),
    ).toMatchObject({ receipt: { detail: '27' } });
  });

  it('is none by its text alone: anybody can write that', () => {
    expect(receipt(text('DELIVRD'), { esm_class: 0 }).kind).toBe('piece');
    expect(receipt('Cho toi hoi', { esm_class: 0, receipted_message_id: 'A' }).kind).toBe('piece');
    expect(receipt(text('DELIVRD'), { esm_class: 0, receipted_message_id: 'A' }).kind).toBe('receipt');
  });

  it('without a name says nothing', () => {
    expect(receipt('stat:DELIVRD').kind).toBe('nothing');
  });

  it('keeps the name letter by letter, or makes both of them hexadecimal', () => {
    expect(refOf('00Ab', 'same', 'receipt')).toBe('00Ab');
    expect(refOf('0001A2B', 'hex-of-decimal', 'acceptance')).toBe('1a2b');
    expect(refOf('6699', 'hex-of-decimal', 'receipt')).toBe('1a2b');
    // Beyond what a number can hold exactly.
    expect(refOf('81985529216486895', 'hex-of-decimal', 'receipt')).toBe('123456789abcdef');
    expect(refOf('0', 'hex-of-decimal', 'acceptance')).toBe('0');
  });
});

describe('a text from a phone', () => {
  it('is of a number in E.164, or of whatever the network says', () => {
    expect(senderOf('84540000010', 1)).toBe('+84540000010');
    expect(senderOf('0540000010', 2)).toBe('+84540000010');
    expect(senderOf('VIETTEL', 5)).toBe('VIETTEL');
    expect(senderOf('195', 3)).toBe('195');
  });

  it('knows its place by a short or long header or by TLVs', () => {
    const part = (short_message: unknown, more = {}) =>
      delivered({ esm_class: 0x40, data_coding: 8, short_message, ...more });
    const at = { kind: 'piece', piece: { text: 'x', part: 2, of: 3 } };
    expect(part({ message: 'x', udh: [Buffer.from([0, 3, 9, 3, 2])] })).toMatchObject(at);
    expect(part({ message: 'x', udh: [Buffer.from([8, 4, 1, 9, 3, 2])] })).toMatchObject(at);
    const sar = { esm_class: 0, sar_msg_ref_num: 9, sar_total_segments: 3, sar_segment_seqnum: 2 };
    expect(part({ message: 'x' }, sar)).toMatchObject(at);
    expect(part({ message: 'x', udh: [Buffer.from([0, 3, 9, 3, 4])] })).toMatchObject({ piece: { part: 1, of: 1 } });
  });

  it('is read in IA5, where @ and $ have other places than in GSM 03.38', () => {
    const ia5 = smpp.encodings.ASCII.decode(Buffer.from('a@b $1 [x]_', 'latin1'));
    expect(delivered({ data_coding: 1, short_message: { message: ia5 } })).toMatchObject({
      piece: { text: 'a@b $1 [x]_' },
    });
  });

  it('is no text when it is bytes', () => {
    expect(delivered({ data_coding: 4, short_message: { message: Buffer.from([1, 2]) } }).kind).toBe('nothing');
  });
});
