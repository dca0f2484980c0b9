import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  closePlan,
  exportPlan,
  followEdition,
  getPlan,
  importPlan,
  issuePlan,
  type LineOfNobody,
  nameHead,
  raiseThreshold,
  SIGNED_LIMIT,
  voidActivity,
} from '../modules/plans/index.ts';
import { notFound } from '../shared/errors.ts';
import { planActivitiesVerb, planListVerb, planShowVerb } from './plan-report.ts';
import { countOption, dateOption, MB, readableFile, readText } from './read-options.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';
import { type OptionValues, textOf, type Verb } from './verb.ts';

const tellNobody = (terminal: Terminal, lines: readonly LineOfNobody[]): void => {
  if (lines.length === 0) return;
  terminal.line('plan.nobody', { count: lines.length });
  for (const { position, what, audience } of lines) terminal.line('plan.nobody-line', { position, what, audience });
  terminal.line('plan.nobody-todo');
};

const importVerb: Verb = {
  group: 'plan',
  name: 'import',
  words: ['<FILE>'],
  options: [{ flags: '--dry-run' }],
  run: async ({ session, words: [file = ''], options }) => {
    const done = await session.ask(importPlan, { text: await readText(file, MB), dryRun: options.dryRun === true });
    session.terminal.result(done);
    const said = !done.written ? 'checked' : done.replaced ? 'replaced' : 'imported';
    session.terminal.line(`cli.plan.${said}`, { code: done.code, lines: done.lines });
    tellNobody(session.terminal, done.nobody);
    return undefined;
  },
};

const exportVerb: Verb = {
  group: 'plan',
  name: 'export',
  words: ['<CODE>', '[FILE]'],
  options: [],
  run: async ({ session, words: [code = '', file] }) => {
    const { terminal } = session;
    const { text } = await session.ask(exportPlan, { code });
    if (file === undefined) {
      terminal.result({ code, text });
      for (const row of text.trimEnd().split('\n')) terminal.line('cli.plan.text', { text: row });
      return undefined;
    }
    const path = resolve(file);
    await writeFile(path, text);
    terminal.result({ code, path });
    terminal.line('cli.plan.exported', { code, path });
    return undefined;
  },
};

const issueVerb: Verb = {
  group: 'plan',
  name: 'issue',
  words: ['<CODE>'],
  options: [
    { flags: '--number <NUMBER>', required: true, help: 'plan-number' },
    { flags: '--date <DATE>', required: true, help: 'plan-date' },
    { flags: '--signer <NAME>', required: true, help: 'plan-signer' },
    { flags: '--file <PDF>', required: true, help: 'plan-pdf' },
  ],
  run: async ({ session, words: [code = ''], options }) => {
    const text = (name: string) => textOf(options, name) ?? '';
    const issuedOn = dateOption(options, 'date')!;
    const { path, name } = await readableFile(text('file'));
    // Asked first: whoever may not see the plan does not fill the store.
    await session.ask(getPlan, { code });
    const { files } = await session.app();
    const { sha256 } = await files.putPath(path, SIGNED_LIMIT);
    const input = { code, number: text('number'), issuedOn, signer: text('signer'), file: { name, sha256 } };
    const done = await session.ask(issuePlan, input);
    session.terminal.result(done);
    session.terminal.line('cli.plan.issued', { code, number: input.number, lines: done.lines });
    return undefined;
  },
};

const closeVerb: Verb = {
  group: 'plan',
  name: 'close',
  words: ['<CODE>'],
  options: [{ flags: '--note <TEXT>', help: 'plan-note' }],
  run: async ({ session, words: [code = ''], options }) => {
    session.terminal.result(await session.ask(closePlan, { code, note: textOf(options, 'note') }));
    session.terminal.line('cli.plan.closed', { code });
    return undefined;
  },
};

const LINE = { flags: '--line <NUMBER>', required: true, help: 'plan-line' } as const;
const MOST = 9_999;

const lineOf = async (session: Session, code: string, options: OptionValues): Promise<string> => {
  const position = countOption(options, 'line', MOST)!;
  const line = (await session.ask(getPlan, { code })).lines.find((each) => each.position === position);
  if (!line) throw notFound('cli.plan.no-line', { code, position });
  return line.lineId;
};

const raiseVerb: Verb = {
  group: 'plan',
  name: 'raise',
  words: ['<CODE>'],
  options: [
    LINE,
    { flags: '--threshold <STAGE>', required: true, help: 'plan-threshold' },
    { flags: '--note <TEXT>', help: 'plan-note' },
  ],
  run: async ({ session, words: [code = ''], options }) => {
    const lineId = await lineOf(session, code, options);
    const threshold = countOption(options, 'threshold', 5)!;
    const { before } = await session.ask(raiseThreshold, { lineId, threshold, note: textOf(options, 'note') });
    session.terminal.result({ lineId, before, threshold });
    session.terminal.line('cli.plan.raised', { stage: `@stage.${threshold}` });
    return undefined;
  },
};

const followVerb: Verb = {
  group: 'plan',
  name: 'follow',
  words: ['<CODE>'],
  options: [LINE],
  run: async ({ session, words: [code = ''], options }) => {
    const lineId = await lineOf(session, code, options);
    const done = await session.ask(followEdition, { lineId });
    session.terminal.result({ lineId, ...done });
    session.terminal.line('cli.plan.followed', { edition: done.edition });
    return undefined;
  },
};

const headVerb: Verb = {
  group: 'plan',
  name: 'head',
  words: ['<CODE>'],
  options: [
    LINE,
    { flags: '--name <NAME>', required: true },
    { flags: '--post <TEXT>', required: true },
    { flags: '--note <TEXT>', required: true, help: 'plan-note' },
  ],
  run: async ({ session, words: [code = ''], options }) => {
    const text = (key: string) => textOf(options, key) ?? '';
    const lineId = await lineOf(session, code, options);
    await session.ask(nameHead, { lineId, name: text('name'), post: text('post'), note: text('note') });
    session.terminal.result({ lineId, name: text('name'), post: text('post') });
    session.terminal.line('cli.plan.head-named', { name: text('name') });
    return undefined;
  },
};

const voidVerb: Verb = {
  group: 'plan',
  name: 'void-activity',
  words: ['<ID>'],
  options: [{ flags: '--reason <TEXT>', required: true, help: 'plan-reason' }],
  run: async ({ session, words: [activityId = ''], options }) => {
    const done = await session.ask(voidActivity, { activityId, reason: textOf(options, 'reason') ?? '' });
    session.terminal.result({ activityId, ...done });
    session.terminal.line('cli.plan.voided', { count: done.evidence });
    return undefined;
  },
};

export const planVerbs: readonly Verb[] = [
  importVerb,
  exportVerb,
  planListVerb,
  planShowVerb,
  issueVerb,
  closeVerb,
  raiseVerb,
  followVerb,
  headVerb,
  planActivitiesVerb,
  voidVerb,
];
