import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CommandLine, commandLine } from '../support/command-line.ts';

let folder: string;
let line: CommandLine;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantoa-demo-test-'));
  line = commandLine(join(folder, 'unused'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Step {
  readonly step: string;
  readonly figures: Record<string, number>;
}

it('lantoa demo tells the whole story in one object, and its figures agree with each other', async () => {
  const { code, json, err } = await line.spawned(['demo', '--json', '--keep', join(folder, 'kept')]);
  expect(code, err).toBe(0);
  expect(json.synthetic).toBe(true);
  const steps: Step[] = json.steps;
  expect(steps.map(({ step }) => step)).toEqual([
    ...['lists', 'audience', 'plan', 'before', 'evidence', 'after', 'left-behind', 'visits', 'after-visits'],
    ...['sms-before', 'sms', 'receipts', 'failures', 'sms-after', 'sms-left-behind', 'sms-visits', 'sms-after-visits'],
  ]);
  const figures = (step: string) => steps.find((each) => each.step === step)!.figures;
  const [before, after, end] = [figures('before'), figures('after'), figures('after-visits')] as const;
  // The line is for the poor households, counted apart in three places.
  expect(before.n).toBe(figures('lists').poor);
  expect(before.n).toBe(figures('audience')['ho-ngheo']);
  expect([before.s2, before.s3, before.s4, before.s5, before.couldHear]).toEqual([0, 0, 0, 0, 0]);
  expect(figures('evidence').activities).toBeGreaterThan(50);
  for (const [more, less] of [['n', 's2'], ['s2', 's3'], ['s3', 's4'], ['s4', 's5']] as const)
    expect(after[more]).toBeGreaterThanOrEqual(after[less]!); // biome-ignore format: a line of pairs
  // Whoever is not reached is on the list, for one reason each; and to each of them somebody goes.
  const { total, ...reasons } = figures('left-behind');
  expect(total).toBe(after.n! - after.s3!);
  expect(Object.values(reasons).reduce((sum, each) => sum + each, 0)).toBe(total);
  const { visits, met, notMet } = figures('visits');
  expect(visits).toBe(total);
  expect(met! + notMet!).toBe(visits);
  // Only who was met, and understands what was said, is reached by it.
  expect(end.s3! - after.s3!).toBeGreaterThan(0);
  expect(end.s3! - after.s3!).toBeLessThanOrEqual(met!);
  expect(end.n).toBe(after.n);

  const [early, late, last] = [figures('sms-before'), figures('sms-after'), figures('sms-after-visits')] as const;
  const sent = figures('sms');
  // Whoever has it already gets no message; everybody else is sent to, can be called, or needs a visit.
  expect(sent['left-out.reached']).toBe(early.s2);
  expect(sent.recipients! + sent.byCall! + sent.byVisit! + early.s2!).toBe(early.n);
  expect(sent.partsPlain!).toBeLessThan(sent.partsMarked!);
  const receipts = figures('receipts');
  expect(Object.values(receipts).reduce((sum, each) => sum + each, 0)).toBe(sent.recipients);
  // Only a receipt of a phone where somebody reads it counts, and it counts once.
  const arrived = receipts['delivery.state.delivered']!;
  expect(arrived).toBeGreaterThan(sent.recipients! / 2);
  expect(sent.reads).toBe(sent.recipients);
  expect(late.s2! - early.s2!).toBe(arrived);
  expect(late.s3).toBe(early.s3);
  const failed = Object.values(figures('failures')).reduce((sum, each) => sum + each, 0);
  expect(failed).toBe(receipts['delivery.state.failed']);
  // Where it did not arrive, that is why the household is not reached, and somebody goes there.
  const missing = figures('sms-left-behind');
  expect(missing.total).toBe(late.n! - late.s2!);
  expect(missing['delivery-failed']).toBe(failed);
  const going = figures('sms-visits');
  expect(going.visits).toBe(failed);
  expect(last.s2! - late.s2!).toBe(going.met);
}, 600_000);
