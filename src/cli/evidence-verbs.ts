import {
  importLog,
  recordBulletin,
  recordLoudspeaker,
  recordPoster,
  recordZaloPost,
} from '../modules/broadcast/index.ts';
import {
  type AreaReport,
  areaProofs,
  listProofs,
  recordLeaflets,
  recordLeafletsLeft,
} from '../modules/delivery/index.ts';
import { recordMeeting } from '../modules/gatherings/index.ts';
import { readTexts } from '../platform/sheets/texts.ts';
import { evidenceLookVerbs } from './evidence-look-verbs.ts';
import { type EvidenceAsked, evidenceOptions, readEvidence, villageOption } from './evidence-options.ts';
import { faultsJson, showFaults, tellArea, tellList } from './evidence-report.ts';
import { countOption, readableFile } from './read-options.ts';
import type { Session } from './session.ts';
import type { Verb } from './verb.ts';

const MOST = 1_000_000;

const rowsOf = async (file: string) => {
  const { path, name } = await readableFile(file);
  return readTexts(path, { name });
};

const meetingVerb: Verb = {
  group: 'evidence',
  name: 'meeting',
  words: ['<FILE>'],
  options: [...evidenceOptions, villageOption, { flags: '--also-in <LANGUAGES>' }, { flags: '--people <NUMBER>' }],
  run: async ({ session, words: [file = ''], options }) => {
    const rows = await rowsOf(file);
    const people = countOption(options, 'people', 100_000);
    const { asked, alsoIn, village } = await readEvidence(session, options, listProofs);
    const report = await session.ask(recordMeeting, { ...asked, villageId: await village(), alsoIn, people, rows });
    return tellList(session.terminal, report, !asked.commit);
  },
};

const leafletsVerb: Verb = {
  group: 'evidence',
  name: 'leaflets',
  words: ['<FILE>'],
  options: [...evidenceOptions, villageOption],
  run: async ({ session, words: [file = ''], options }) => {
    const rows = await rowsOf(file);
    const { asked, village } = await readEvidence(session, options, listProofs);
    const report = await session.ask(recordLeaflets, { ...asked, villageId: await village(), rows });
    return tellList(session.terminal, report, !asked.commit);
  },
};

type AreaAsked = EvidenceAsked<(typeof areaProofs)[number]> & { readonly villageIds: string[] };

/** What is played or shown in villages; `counted` = the option that says how much of it. */
const areaVerb = (
  name: string,
  counted: 'times' | 'members' | 'copies',
  record: (session: Session, asked: AreaAsked, count: number | undefined) => Promise<AreaReport>,
): Verb => ({
  group: 'evidence',
  name,
  words: [],
  options: [
    ...evidenceOptions,
    { flags: '--villages <VILLAGES>', required: true },
    { flags: `--${counted} <NUMBER>`, help: `evidence-${counted}` },
  ],
  run: async ({ session, options }) => {
    const count = countOption(options, counted, MOST);
    const { asked, villages } = await readEvidence(session, options, areaProofs);
    const report = await record(session, { ...asked, villageIds: await villages() }, count);
    tellArea(session.terminal, report, !asked.commit);
    return undefined;
  },
});

const importVerb: Verb = {
  group: 'evidence',
  name: 'import',
  words: ['<FILE>'],
  options: [{ flags: '--dry-run' }],
  run: async ({ session, words: [file = ''], options }) => {
    const { terminal } = session;
    const dryRun = options.dryRun === true;
    const report = await session.ask(importLog, { rows: await rowsOf(file), commit: !dryRun });
    const { faults, ...rest } = report;
    terminal.result({ ...rest, dryRun, errors: faults.length, faults: faultsJson(terminal, faults) });
    terminal.line('cli.evidence.log', { rows: report.rows, errors: faults.length });
    showFaults(terminal, faults);
    terminal.gap();
    if (faults.length > 0) terminal.note('error.evidence.has-faults', { count: faults.length });
    else terminal.line(report.committed ? 'cli.evidence.log-done' : 'cli.evidence.dry-run');
    return faults.length > 0 ? 2 : undefined;
  },
};

export const evidenceVerbs: readonly Verb[] = [
  meetingVerb,
  leafletsVerb,
  areaVerb('loudspeaker', 'times', (session, asked, times) => session.ask(recordLoudspeaker, { ...asked, times })),
  areaVerb('zalo', 'members', (session, asked, members) => session.ask(recordZaloPost, { ...asked, members })),
  areaVerb('poster', 'copies', (session, asked, copies) => session.ask(recordPoster, { ...asked, copies })),
  areaVerb('bulletin', 'copies', (session, asked, copies) => session.ask(recordBulletin, { ...asked, copies })),
  areaVerb('leaflets-left', 'copies', (session, asked, copies) =>
    session.ask(recordLeafletsLeft, { ...asked, copies }),
  ),
  importVerb,
  ...evidenceLookVerbs,
];
