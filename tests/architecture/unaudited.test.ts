import { describe, expect, it } from 'vitest';
import { useCases } from '../../src/app.ts';
import { dropOwnDraft, saveOwnDraft } from '../../src/modules/identity/index.ts';
import type { UseCase } from '../../src/platform/command.ts';

/**
 * Commands of which some runs leave no row in the audit: what is kept of a form while somebody types. Nothing else may be
 * here that anybody but the person who asks could see the effect of.
 */
const ALLOWED: readonly UseCase[] = [saveOwnDraft, dropOwnDraft];

const unaudited = (all: readonly UseCase[]): string[] =>
  all.filter((each) => each.kind === 'command' && each.unaudited && !ALLOWED.includes(each)).map(({ name }) => name);

describe('what leaves no row in the audit', () => {
  it('stands in one list, each with its reason', () => {
    expect(unaudited(useCases)).toEqual([]);
    for (const each of ALLOWED) {
      expect(useCases).toContain(each);
      expect((each.kind === 'command' && each.unaudited?.why) || '', each.name).toMatch(/\p{L}{3}/u);
    }
  });

  it('the sample is found', () => {
    const hidden = { ...dropOwnDraft, name: 'registry.drop-household' };
    expect(unaudited([...useCases, hidden])).toEqual(['registry.drop-household']);
  });

  it('begins with a row: only what goes on, was sent, or was never there has none', () => {
    const draftId = '0190e0a0-0000-7000-8000-000000000001';
    const form = { draftId, path: '/', form: {}, begun: false };
    const saved = (first: boolean) => saveOwnDraft.unaudited?.when(form, { draftId, first, at: new Date(0) });
    expect([saved(true), saved(false)]).toEqual([false, true]);
    const dropped = (sent: boolean, there: boolean) =>
      dropOwnDraft.unaudited?.when({ draftId, sent }, { dropped: there });
    expect([dropped(false, true), dropped(false, false), dropped(true, true)]).toEqual([false, true, true]);
  });
});
