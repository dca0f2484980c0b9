import { getPlan } from '../modules/plans/index.ts';
import { invalid, notFound } from '../shared/errors.ts';
import type { Session } from './session.ts';

/** A line of a plan as it is typed: the plan's code and the line's number ("tram-tau-2026:3"). */
export const findLine = async (session: Session, text: string): Promise<{ lineId: string; what: string }> => {
  const [, code, position] = /^([^:\s]+):(\d{1,4})$/u.exec(text.trim()) ?? [];
  if (!code) throw invalid('cli.line-asked', { value: text });
  const { lines } = await session.ask(getPlan, { code });
  const line = lines.find((each) => each.position === Number(position));
  if (!line) throw notFound('cli.no-line', { value: text, count: lines.length });
  return { lineId: line.lineId, what: line.what };
};

/** One line, or with the code alone all lines of the plan. */
export const findLineOrPlan = async (
  session: Session,
  text: string,
): Promise<{ lineId?: string; planCode?: string }> =>
  text.includes(':') ? { lineId: (await findLine(session, text)).lineId } : { planCode: text.trim() };
