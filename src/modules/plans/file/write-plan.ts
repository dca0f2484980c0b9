import { isDeepStrictEqual } from 'node:util';
import { Document, isMap, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Context } from '../../../platform/command.ts';
import { type Day, showDay } from '../../../shared/dates.ts';
import { findAudience } from '../../audiences/index.ts';
import { getEditions } from '../../content/index.ts';
import { writePlace } from '../../territory/index.ts';
import type { Line, LineTerms } from '../line.ts';
import type { Plan } from '../plan.ts';
import { THRESHOLDS, writeNumber } from './values.ts';

type Written = Record<string, unknown>;

/** Without what says nothing. */
const filled = (fields: Written): Written =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) =>
        value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );

/** By its code as long as the saved audience still is what the line copied; else the rule as the line has it. */
const audienceOf = async (ctx: Context, line: Line): Promise<unknown> => {
  const saved = line.audienceCode === '' ? undefined : await findAudience(ctx.tx, line.audienceCode);
  if (saved && saved.name === line.audienceName && isDeepStrictEqual(saved.rule, line.rule)) return line.audienceCode;
  return filled({ code: line.audienceCode, name: line.audienceName, ...(line.rule as Written) });
};

/** The last day of the period that has come: a place is named as it is, or was, then. */
const namingDay = (ctx: Context, plan: Plan): Day => [plan.periodTo, ctx.today].sort()[0]!;

const writeLine = async (ctx: Context, plan: Plan, line: Line & LineTerms, message: string): Promise<Written> => {
  const whole = line.placeIds.length === 1 && line.placeIds[0] === plan.placeId;
  const places: string[] = [];
  if (!whole) for (const placeId of line.placeIds) places.push(await writePlace(ctx, placeId, namingDay(ctx, plan)));
  return filled({
    position: line.position,
    what: line.what,
    message,
    edition: line.edition,
    audience: await audienceOf(ctx, line),
    channels: line.channels,
    places,
    quantity: line.quantity === null ? null : writeNumber(line.quantity),
    unit: line.unit,
    from: showDay(line.startsOn),
    to: showDay(line.endsOn),
    body: line.body,
    head: [line.headName, line.headPost].filter(Boolean).join(', '),
    partners: line.partners,
    budget: line.budget,
    source: line.budgetSource,
    threshold: THRESHOLDS[line.threshold],
    target: writeNumber(line.targetPercent),
  });
};

/** A plan as a file that, brought in again, is the same plan. */
export const writePlan = async (ctx: Context, plan: Plan, lines: readonly (Line & LineTerms)[]): Promise<string> => {
  const editions = await getEditions(ctx.tx, lines);
  const written: Written[] = [];
  for (const line of lines)
    written.push(await writeLine(ctx, plan, line, editions.get(`${line.messageId}|${line.edition}`)?.code ?? ''));
  const document = new Document(
    filled({
      code: plan.code,
      title: plan.title,
      programme: plan.programme,
      place: await writePlace(ctx, plan.placeId, namingDay(ctx, plan)),
      issuer: plan.issuer,
      number: plan.number,
      date: plan.issuedOn && showDay(plan.issuedOn),
      signer: plan.signer,
      period: { from: showDay(plan.periodFrom), to: showDay(plan.periodTo) },
      parent: plan.parentCode,
      bases: plan.bases.map((basis) => filled({ ...basis, date: basis.date && showDay(basis.date) })),
      objectives: plan.objectives,
      lines: written,
    }),
    // Lists that two lines share are written out twice: a plan file has no anchors.
    { aliasDuplicateObjects: false },
  );
  if (plan.synthetic) document.commentBefore = ' Dữ liệu mô phỏng';
  const items = (document.get('lines') as YAMLSeq | undefined)?.items ?? [];
  for (const item of items.slice(1)) if (isMap(item)) (item as YAMLMap & { spaceBefore?: boolean }).spaceBefore = true;
  return document.toString({ lineWidth: 120 });
};
