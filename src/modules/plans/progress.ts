import { activityKinds, areaChannels, type Channel } from '../../shared/channels.ts';
import type { Day } from '../../shared/dates.ts';
import { fold } from '../../shared/text.ts';
import { type Line, type PlanState, subjectOf } from './line.ts';

/**
 * Where a line of an issued plan stands, by its dates and what was done: `ahead` before its first day, `open` within its
 * days with nothing done yet, `begun` within its days, `over` after them, `late` when its last day has passed and nothing
 * was done at all. A line by trainings, dialogues, contests and the like, which cannot be written down here, is `unkept` from
 * its first day on, also where messages are sent beside them: whether it was carried out is not known here, so nobody is
 * called late for it. A draft is not carried out, so its lines stand nowhere.
 */
export const standings = ['ahead', 'open', 'begun', 'over', 'late', 'unkept'] as const;

export type Standing = (typeof standings)[number];

type Planned = Pick<Line, 'channels' | 'rule'>;

type Dated = Planned & Pick<Line, 'startsOn' | 'endsOn'>;

const SENT: readonly Channel[] = ['sms', 'email'];

/** Is something of the line written down by hand here? Lists of attendance and of leaflets name households, never officers. */
const isByHand = (line: Planned): boolean => {
  const kinds: readonly Channel[] = subjectOf(line) === 'officer' ? areaChannels : activityKinds;
  return line.channels.some((channel) => kinds.includes(channel));
};

const isSent = ({ channels }: Planned): boolean => channels.every((channel) => SENT.includes(channel));

/** May somebody write down something for it? What is sent to households may be followed by a meeting that nobody had planned. */
export const mayBeRecorded = (line: Planned): boolean =>
  isByHand(line) || (isSent(line) && subjectOf(line) === 'household');

/** Would it be known here if the line was carried out? */
const isKept = (line: Planned): boolean => isByHand(line) || isSent(line);

export const standingOf = (state: PlanState, line: Dated, activities: number, today: Day): Standing | null => {
  if (state === 'draft') return null;
  if (activities > 0) return line.endsOn < today ? 'over' : 'begun';
  if (line.startsOn > today) return 'ahead';
  if (!isKept(line)) return 'unkept';
  return line.endsOn < today ? 'late' : 'open';
};

interface Led {
  readonly headName: string;
  readonly headPost: string;
  readonly endsOn: Day;
  readonly standing: Standing | null;
}

export interface LateHead<L extends Led> {
  readonly name: string;
  readonly post: string;
  readonly lines: readonly L[];
}

/** Late lines by the name of the head who answers for them: most lines first, then the longest overdue. */
export const lateHeads = <L extends Led>(lines: readonly L[]): LateHead<L>[] => {
  const late = lines.filter(({ standing }) => standing === 'late').toSorted((a, b) => a.endsOn.localeCompare(b.endsOn));
  return [...Map.groupBy(late, ({ headName, headPost }) => fold(`${headName}|${headPost}`)).values()]
    .map((own) => ({ name: own[0]!.headName, post: own[0]!.headPost, lines: own }))
    .sort((a, b) => b.lines.length - a.lines.length || a.lines[0]!.endsOn.localeCompare(b.lines[0]!.endsOn));
};
