import { describe, expect, it } from 'vitest';
import { lineText, planText } from '../../../../tests/support/plans.ts';
import { words } from '../../../shared/words/index.ts';
import { inOrder, readPlan } from './read-plan.ts';

/** `line:column code` of every fault, in the order of the file. */
const faultsOf = (text: string): string[] =>
  inOrder(readPlan(text).source.faults).map(({ code, params }) => `${params!.line}:${params!.column} ${code}`);

const lineWith = (line: Record<string, string | undefined>): string => planText({}, [lineText(line)]);
const read = (line: Record<string, string | undefined> = {}) => readPlan(lineWith(line)).plan!.lines[0]!;

describe('a plan file that is right', () => {
  it('is read as people write it', () => {
    expect(faultsOf(planText())).toEqual([]);
    expect(read()).toMatchObject({
      position: 1,
      startsOn: '2026-02-01',
      endsOn: '2026-04-30',
      headName: 'Lò Văn Mẫu',
      headPost: 'Trưởng phòng',
      threshold: 3,
      targetPercent: 95,
      channels: ['meeting', 'loudspeaker'],
      places: [],
      edition: null,
      quantity: null,
    });
    expect(read({ from: undefined, to: undefined })).toMatchObject({ startsOn: '2026-01-01', endsOn: '2026-12-31' });
    expect(read({ head: 'Lò Văn Mẫu, Trưởng phòng, Phó ban' }).headPost).toBe('Trưởng phòng, Phó ban');
    expect(read({ channels: 'meeting' }).channels).toEqual(['meeting']);
    // "Đã nghe" of a Mac, letter by letter, with a soft hyphen in it.
    expect(read({ threshold: 'Đã nhận'.normalize('NFD').replace('nh', 'n\u00adh') }).threshold).toBe(2);
  });

  it.each([
    ['12', 12], ['1.200', 1_200], ['1 200 000', 1_200_000], ['1_000', 1_000], ['1,5', 1.5], ['0,125', 0.125],
  ])('quantity %s is %d', (quantity, value) => {
    expect(read({ quantity }).quantity).toBe(value);
  }); // biome-ignore format: a table

  it.each([
    ['2', 2], ['5', 5], ['đã nhận', 2], ['da nghe truc tiep', 3], ['Đã hiểu', 4], ['đã làm', 5],
  ])('threshold %s is %d', (threshold, stage) => {
    expect(read({ threshold }).threshold).toBe(stage);
  }); // biome-ignore format: a table

  it.each([
    ['100', 100], ['95%', 95], ['0,5 %', 0.5], ['33,33', 33.33],
  ])('target %s is %d', (target, percent) => {
    expect(read({ target }).targetPercent).toBe(percent);
  }); // biome-ignore format: a table

  it('keeps the zero of a code, and counts positions on', () => {
    const { plan } = readPlan(
      planText({ place: '04603' }, [lineText({ position: '3' }), lineText(), lineText({ position: '1' })]),
    );
    expect(plan!.place.value).toBe('04603');
    expect(plan!.lines.map(({ position }) => position)).toEqual([1, 3, 4]);
  });

  it('bases and objectives may say little or much', () => {
    const bases =
      '[{ number: 05-CT/TW, date: 23/06/2021, issuer: Ban Bí thư, title: Giảm nghèo }, { title: Nghị quyết Đại hội XIII }]';
    const { plan, source } = readPlan(planText({ bases, objectives: 'Không để ai bị bỏ lại phía sau' }));
    expect(source.faults).toEqual([]);
    expect(plan!.bases).toEqual([
      { number: '05-CT/TW', date: '2021-06-23', issuer: 'Ban Bí thư', title: 'Giảm nghèo' },
      { number: '', date: null, issuer: '', title: 'Nghị quyết Đại hội XIII' },
    ]);
    expect(plan!.objectives).toEqual(['Không để ai bị bỏ lại phía sau']);
  });
});

// The head of `planText` takes lines 1 to 6, `lines:` is 7, and the keys of its line stand from line 8 on at column 5.
const FAULTS: readonly [what: string, text: string, faults: readonly string[]][] = [
  ['nothing', '', ['1:1 plan-file.not-a-map']],
  ['a list', '- a\n- b\n', ['1:1 plan-file.not-a-map']],
  ['a key nobody knows', planText({ tittle: 'x' }), ['7:1 plan-file.unknown-key']],
  ['a key twice', `${planText()}code: khac\n`, ['18:1 plan-file.key-twice']],
  ['a missing title', planText({ title: undefined }), ['1:1 plan-file.missing']],
  ['an empty title', planText({ title: '' }), ['1:1 plan-file.missing']],
  ['a title of spaces', planText({ title: '"  "' }), ['2:8 plan-file.empty']],
  ['a title too long', planText({ title: 'x'.repeat(501) }), ['2:8 plan-file.too-long']],
  ['a list for a title', planText({ title: '[a, b]' }), ['2:8 plan-file.not-a-text']],
  ['a code with a blank', planText({ code: 'Tà Xi Láng' }), ['1:7 plan-file.code']],
  ['a code that is an address', planText({ code: 'import' }), ['1:7 plan-file.code']],
  ['a period backwards', planText({ period: '{ from: 02/01/2026, to: 01/01/2026 }' }), ['6:9 plan-file.period']],
  ['a period of half a date', planText({ period: '{ from: 2026, to: 31/12/2026 }' }), ['6:17 plan-file.not-a-day']],
  ['no lines', planText({}, []), ['1:1 plan-file.missing']],
  ['two documents', `${planText()}---\ncode: b\n`, ['18:1 plan-file.several']],
  ['a tab', `${planText()}\tx: 1\n`, ['18:1 plan-file.tab']],
  ['an open quote', `${planText()}number: "12/KH\n`, ['19:1 plan-file.quote']],
  ['an anchor', planText({ title: '&a Tên', programme: '*a' }), ['3:12 plan-file.alias']],
  ['a line that is a text', planText({}, ['  - Họp thôn']), ['8:5 plan-file.not-a-map']],
  ['a key of a line nobody knows', lineWith({ budjet: '1' }), ['18:5 plan-file.unknown-key']],
  ['no message', lineWith({ message: undefined }), ['8:5 plan-file.missing']],
  ['a channel nobody knows', lineWith({ channels: '[meeting, tv]' }), ['11:25 plan-file.channel']],
  ['no channel', lineWith({ channels: '[]' }), ['11:15 plan-file.no-channel']],
  ['a day that is none', lineWith({ from: '31/02/2026' }), ['12:11 plan-file.not-a-day']],
  ['a day before the plan', lineWith({ from: '31/12/2025' }), ['12:11 plan-file.outside-period']],
  ['a day after the plan', lineWith({ to: '01/01/2027' }), ['13:9 plan-file.outside-period']],
  ['days backwards', lineWith({ from: '01/05/2026', to: '30/04/2026' }), ['13:9 plan-file.days']],
  ['a body alone for a head', lineWith({ head: 'Phòng Văn hóa - Xã hội' }), ['15:11 plan-file.head']],
  ['a threshold too low', lineWith({ threshold: '1' }), ['16:16 plan-file.threshold']],
  ['a threshold too high', lineWith({ threshold: '6' }), ['16:16 plan-file.threshold']],
  ['exposed as a threshold', lineWith({ threshold: 'có thể nghe' }), ['16:16 plan-file.threshold']],
  ['a target of nothing', lineWith({ target: '0' }), ['17:13 plan-file.target']],
  ['a target over all', lineWith({ target: '100,5' }), ['17:13 plan-file.target']],
  ['a target in words', lineWith({ target: 'hết' }), ['17:13 plan-file.target']],
  ['a quantity with a point', lineWith({ quantity: '1.5' }), ['18:15 plan-file.quantity']],
  ['a quantity of nothing', lineWith({ quantity: '0' }), ['18:15 plan-file.quantity']],
  ['a budget below nothing', lineWith({ budget: '-5' }), ['18:13 plan-file.budget']],
  ['a budget in words', lineWith({ budget: '12 triệu' }), ['18:13 plan-file.budget']],
  ['a position of nothing', lineWith({ position: '0' }), ['18:15 plan-file.position']],
  ['an edition of nothing', lineWith({ edition: '0' }), ['18:14 plan-file.edition']],
  ['a rule without a name', lineWith({ audience: '{ subject: household, where: { all: [] } }' }), ['10:15 plan-file.missing']],
  ['two lines with a position', planText({}, [lineText({ position: '2' }), lineText({ position: '2' })]), ['29:15 plan-file.position-twice']],
  ['several things at once', planText({ title: '"  "' }, [lineText({ target: '0', threshold: '9' })]), ['2:8 plan-file.empty', '16:16 plan-file.threshold', '17:13 plan-file.target']],
]; // biome-ignore format: a table

describe('a plan file that is wrong', () => {
  it.each(FAULTS)('%s', (_, text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it('every fault has its sentence, with all it needs said', () => {
    for (const [, text] of FAULTS)
      for (const { code, params } of readPlan(text).source.faults) {
        const holes = [...words.vi[`error.${code}`]!.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name!);
        expect(Object.keys(params!), code).toEqual(expect.arrayContaining(holes));
      }
  });
});
