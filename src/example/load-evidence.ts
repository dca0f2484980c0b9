import { recordBulletin, recordLoudspeaker, recordPoster, recordZaloPost } from '../modules/broadcast/index.ts';
import { assignFollowUp, listReached } from '../modules/coverage/index.ts';
import { recordLeaflets, recordLeafletsLeft } from '../modules/delivery/index.ts';
import { recordMeeting } from '../modules/gatherings/index.ts';
import { getPlan } from '../modules/plans/index.ts';
import { listVisits, recordVisit } from '../modules/visits/index.ts';
import { type Clock, today } from '../platform/clock.ts';
import { type Actor, type Execute, systemActor } from '../platform/command.ts';
import { addDays, type Day } from '../shared/dates.ts';
import { AppError } from '../shared/errors.ts';
import { type Dice, dice } from './random.ts';

const SEED = 2026;
const PAGE = 1_000;
const DAY = 86_400_000;

type PlanLine = Awaited<ReturnType<(typeof getPlan)['run']>>['lines'][number];

interface Household {
  readonly subjectId: string;
  readonly code: string;
  readonly placeId: string;
  /** "thôn Gió Ngàn, xã Hạnh Phúc" */
  readonly place: string;
  readonly languages: readonly string[] | null;
}

interface Campaign {
  readonly execute: Execute;
  readonly line: PlanLine;
  readonly on: Day;
  /** The line's households on that day, by village. */
  readonly villages: ReadonlyMap<string, readonly Household[]>;
}

const SOME = ['vi', 'hmn', 'blt'] as const;

/** The language in which most of a village would understand what is said aloud. */
const languageOf = (households: readonly Household[]): (typeof SOME)[number] => {
  const knowing = (language: string) => households.filter(({ languages }) => languages?.includes(language)).length;
  return SOME.toSorted((a, b) => knowing(b) - knowing(a))[0]!;
};

/** What is there already from an interrupted load is left as it is. */
const once = async (work: Promise<unknown>): Promise<number> => {
  try {
    await work;
    return 1;
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('evidence.already')) return 0;
    throw error;
  }
};

const householdsOf = async (execute: Execute, lineId: string, on: Day): Promise<Map<string, Household[]>> => {
  const all: Household[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const { rows, total } = await execute(listReached, systemActor, { lineId, on, what: 'n', limit: PAGE, offset });
    all.push(...rows);
    // By name and code, which are the same in every installation; ids are not.
    const sorted = all.toSorted((a, b) => (a.place + a.code < b.place + b.code ? -1 : 1));
    if (all.length >= total || rows.length === 0) return Map.groupBy(sorted, ({ placeId }) => placeId);
  }
};

/** Two of three villages meet; most come, some answer rightly, few register. */
const meetings = async ({ execute, line, on, villages }: Campaign): Promise<number> => {
  let held = 0;
  for (const [villageId, households] of villages) {
    const roll = dice(SEED, 'meeting', line.planCode, line.position, households[0]!.place);
    if (!roll.chance(0.68)) continue;
    const came = roll.normal(0.6, 0.15);
    const present = households.flatMap(({ subjectId }) => {
      const [comes, answered, acted] = [roll.next(), roll.next(), roll.next()];
      return comes < came ? [{ subjectId, answered: answered < 0.42, acted: acted < 0.06 }] : [];
    });
    if (present.length === 0) continue;
    const proof = roll.weighted([
      ['signed-list', 70],
      ['photo-list', 12],
      ['declared', 18],
    ] as const);
    const language = languageOf(households);
    held += await once(
      execute(recordMeeting, systemActor, {
        ...{ lineId: line.lineId, villageId, happenedOn: on, language, proof },
        alsoIn: language === 'vi' ? [] : ['vi'],
        people: present.length + roll.int(0, 20),
        households: present,
        note: 'dữ liệu mô phỏng',
      }),
    );
  }
  return held;
};

const leaflets = async ({ execute, line, on, villages }: Campaign): Promise<number> => {
  let given = 0;
  for (const [villageId, all] of villages) {
    const roll = dice(SEED, 'leaflet', line.planCode, line.position, all[0]!.place);
    if (!roll.chance(0.5)) continue;
    const households = all
      .filter(() => roll.chance(0.75))
      .map(({ subjectId }) => ({ subjectId, answered: false, acted: false }));
    if (households.length === 0) continue;
    const input = { lineId: line.lineId, villageId, happenedOn: on, language: 'vi' as const, households };
    given += await once(
      execute(recordLeaflets, systemActor, { ...input, proof: 'signed-list', note: 'dữ liệu mô phỏng' }),
    );
  }
  return given;
};

const AREA = {
  loudspeaker: { record: recordLoudspeaker, share: 0.7, more: { times: 6 } },
  zalo: { record: recordZaloPost, share: 0.55, more: {} },
  poster: { record: recordPoster, share: 0.4, more: {} },
  bulletin: { record: recordBulletin, share: 0.5, more: {} },
  'leaflet-left': { record: recordLeafletsLeft, share: 0.3, more: { copies: 50 } },
} as const;

/** Played in the language of each village, shown in Vietnamese. */
const areas = async ({ execute, line, on, villages }: Campaign): Promise<number> => {
  let done = 0;
  for (const kind of Object.keys(AREA) as (keyof typeof AREA)[]) {
    if (!line.channels.includes(kind)) continue;
    const { record, share, more } = AREA[kind];
    const roll: Dice = dice(SEED, kind, line.planCode, line.position);
    const chosen = [...villages].filter(() => roll.chance(share));
    const told = Map.groupBy(chosen, ([, all]) => (kind === 'loudspeaker' ? languageOf(all) : 'vi'));
    for (const [language, of] of told) {
      const input = {
        ...{
          lineId: line.lineId,
          villageIds: of.map(([id]) => id),
          happenedOn: on,
          language,
          note: 'dữ liệu mô phỏng',
        },
        proof: kind === 'loudspeaker' && roll.chance(0.4) ? ('device' as const) : ('declared' as const),
      };
      done += await once(execute(record as typeof recordLoudspeaker, systemActor, { ...input, ...more }));
    }
  }
  return done;
};

/** In two villages somebody is sent to those a line has not reached; half of them are met, and hear it at home. */
const visits = async ({ execute, line, villages }: Campaign, now: Day, agent: Actor | undefined): Promise<number> => {
  let met = 0;
  const own = agent?.grants[0]?.placeId;
  const chosen = [...villages].sort(([a], [b]) => Number(b === own) - Number(a === own)).slice(0, 2);
  for (const [villageId, households] of chosen) {
    // Somebody went there in an earlier load.
    if ((await execute(listVisits, systemActor, { placeId: villageId, limit: 1 })).total > 0) continue;
    const due = addDays(now, 10);
    const owner =
      agent && villageId === own
        ? { ownerId: agent.userId, ownerName: agent.name }
        : { ownerName: 'Trưởng thôn (mô phỏng)' };
    const asked = { lineIds: [line.lineId], villageId, ...owner, dueOn: due };
    const assigned = await execute(assignFollowUp, systemActor, asked).catch((error: unknown) => {
      if (error instanceof AppError && error.kind === 'invalid') return undefined;
      throw error;
    });
    if (!assigned) continue;
    const { visits: open } = await execute(listVisits, systemActor, { placeId: villageId, limit: 200 });
    const language = languageOf(households);
    for (const visit of open.filter(({ state }) => state === 'open')) {
      const roll = dice(SEED, 'visit', visit.code);
      if (!roll.chance(0.5)) continue;
      const results = [{ lineId: line.lineId, language, readAloud: true, right: roll.chance(0.7), acted: false }];
      const { visitId } = visit;
      await execute(recordVisit, systemActor, { visitId, outcome: 'met', proof: 'second-person', results });
      met += 1;
    }
  }
  return met;
};

/** The day of a line's campaign: in the middle of its time, or half way to today. */
const campaignDay = ({ startsOn, endsOn }: PlanLine, now: Day): Day => {
  const end = endsOn < now ? endsOn : now;
  const days = Math.floor((Date.parse(end) - Date.parse(startsOn)) / DAY);
  return addDays(startsOn, Math.max(0, Math.floor(days / 2)));
};

/** Some years of invented evidence for the lines of these plans: the same for the same plans, households and day. */
export const loadEvidence = async (
  execute: Execute,
  codes: readonly string[],
  clock: Clock,
  also: { readonly visits: boolean; readonly agent?: Actor } = { visits: true },
): Promise<number> => {
  const now = today(clock);
  let done = 0;
  for (const code of codes) {
    const { lines, periodTo } = await execute(getPlan, systemActor, { code });
    let sent = false;
    for (const line of lines) {
      const on = campaignDay(line, now);
      // Officers hear of it in ways that are not kept by village.
      if (on > now || line.startsOn > now || (line.rule as { subject: string }).subject !== 'household') continue;
      const campaign = { execute, line, on, villages: await householdsOf(execute, line.lineId, on) };
      if (line.channels.includes('meeting')) done += await meetings(campaign);
      if (line.channels.includes('leaflet')) done += await leaflets(campaign);
      done += await areas(campaign);
      if (!also.visits || sent || periodTo < now || !line.channels.includes('visit')) continue;
      done += await visits(campaign, now, also.agent);
      sent = true;
    }
  }
  return done;
};
