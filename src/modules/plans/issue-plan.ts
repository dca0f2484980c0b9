import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { type Context, command } from '../../platform/command.ts';
import { isDay, showDay } from '../../shared/dates.ts';
import { conflict, invalid } from '../../shared/errors.ts';
import { clean } from '../../shared/text.ts';
import { getEditions } from '../content/index.ts';
import { lockRecording } from '../reach/index.ts';
import { announceChanged } from './events.ts';
import { placeOfPlan } from './known-plan.ts';
import { isPdf, SIGNED_LIMIT, signedFileKey } from './signed-pdf.ts';
import { findPlanByCode, setIssued } from './store.ts';
import { linesOf } from './store-lines.ts';

const line = (max: number) => z.string().transform(clean).pipe(z.string().min(1).max(max));

const refuse = (path: string, code: string, params = {}): never => {
  throw invalid(code, params, [{ path, code, params }]);
};

/** The signed document itself: a whole PDF, as large as somebody can open again. */
const requirePdf = async ({ files }: Context, sha256: string): Promise<void> => {
  const path = await files.path(sha256);
  if ((await stat(path)).size > SIGNED_LIMIT)
    refuse('file', 'plan.signed-too-large', { limit: SIGNED_LIMIT / 1_048_576 });
  if (!(await isPdf(path))) refuse('file', 'plan.signed-not-pdf');
};

/** What is told to people from now on must be approved on the day of the signature's entry, not only when it was drafted. */
const requireApproved = async ({ tx }: Context, lines: Awaited<ReturnType<typeof linesOf>>): Promise<void> => {
  const editions = await getEditions(tx, lines);
  const open = lines.filter(({ messageId, edition }) => editions.get(`${messageId}|${edition}`)?.state !== 'approved');
  if (open.length > 0) throw conflict('plan.not-approved', { lines: open.map(({ position }) => position).join(', ') });
};

/**
 * Enters that a plan was issued: number, date and signer of the document, and the signed file. From then on it is carried
 * out, and changes only where a signed plan may.
 */
export const issuePlan = command({
  name: 'plans.issue-plan',
  input: z.object({
    code: z.string(),
    number: line(100),
    issuedOn: z.string().refine(isDay, { error: 'not-a-day' }),
    signer: line(200),
    /** As it lies in the file store. */
    file: z.object(
      { name: z.string().min(1).max(300), sha256: z.string().regex(/^[0-9a-f]{64}$/u) },
      { error: 'plan.no-signed' },
    ),
  }),
  allow: ['officer', 'leader'],
  area: placeOfPlan,
  run: async (ctx, { code, number, issuedOn, signer, file }) => {
    const plan = (await findPlanByCode(ctx.tx, code, 'update'))!;
    if (plan.state !== 'draft') throw conflict('plan.not-draft', { plan: code });
    if (issuedOn > ctx.today) refuse('issuedOn', 'plan.day-ahead');
    if (issuedOn > plan.periodTo) refuse('issuedOn', 'plan.issued-after', { day: showDay(plan.periodTo) });
    const lines = await linesOf(ctx.tx, plan.planId);
    await requireApproved(ctx, lines);
    // Whoever lets go of the same file meanwhile is waited for, or waits.
    await lockRecording(ctx.tx, signedFileKey(file.sha256));
    await requirePdf(ctx, file.sha256);
    const name = clean(file.name);
    await setIssued(ctx.tx, plan.planId, { number, issuedOn, signer, sha256: file.sha256, name }, ctx.at);
    const lineIds = lines.map(({ lineId }) => lineId);
    await announceChanged(ctx, lineIds);
    return { planId: plan.planId, code, lines: lineIds.length };
  },
  audit: ({ number, issuedOn, file }, { planId, code }) => ({ planId, code, number, issuedOn, file: file.sha256 }),
});
