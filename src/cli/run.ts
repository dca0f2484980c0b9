import { AppError, invalid, unavailable } from '../shared/errors.ts';
import { languages } from '../shared/words/index.ts';
import { audienceVerbs } from './audience-verbs.ts';
import { auditVerb } from './audit-verb.ts';
import { bounceVerb } from './bounce-verb.ts';
import { channelsVerb } from './channels-verb.ts';
import { countVerb } from './count-verb.ts';
import { coverageVerbs } from './coverage-verbs.ts';
import { demoVerb } from './demo-verb.ts';
import { dispatchVerbs } from './dispatch-verbs.ts';
import { evidenceVerbs } from './evidence-verbs.ts';
import { exampleVerbs } from './example-verbs.ts';
import { exportVerb } from './export-verb.ts';
import { householdVerbs } from './household-verbs.ts';
import { importRegistryVerb } from './import-registry.ts';
import { importsVerbs } from './imports-verbs.ts';
import { keyVerbs } from './key-verbs.ts';
import { languageVerbs } from './language-verbs.ts';
import { legible } from './legible.ts';
import { messageVerbs } from './message-verbs.ts';
import { officerVerbs } from './officer-verbs.ts';
import { phoneVerbs } from './phone-verbs.ts';
import { placeVerbs } from './place-verbs.ts';
import { planVerbs } from './plan-verbs.ts';
import { runProgram } from './program.ts';
import { reportVerb } from './report-verb.ts';
import { type Doors, Interrupted, type Interruption, openSession } from './session.ts';
import { shapesVerb } from './shapes-verb.ts';
import { type Output, openTerminal, reportFailure, type Terminal, type TerminalOptions } from './terminal.ts';
import { upkeepVerbs } from './upkeep-verbs.ts';
import { userVerbs } from './user-verbs.ts';
import { textOf } from './verb.ts';
import { visitVerbs } from './visit-verbs.ts';

/** Every command of the terminal. */
export const verbs = [
  ...placeVerbs,
  shapesVerb,
  importRegistryVerb,
  ...importsVerbs,
  countVerb,
  ...householdVerbs,
  ...languageVerbs,
  ...officerVerbs,
  ...phoneVerbs,
  ...messageVerbs,
  ...audienceVerbs,
  ...planVerbs,
  ...evidenceVerbs,
  ...dispatchVerbs,
  bounceVerb,
  channelsVerb,
  ...coverageVerbs,
  reportVerb,
  ...visitVerbs,
  ...userVerbs,
  ...keyVerbs,
  auditVerb,
  ...upkeepVerbs,
  ...exampleVerbs,
  exportVerb,
  demoVerb,
];

export interface CliParts {
  /** May throw an AppError: the environment says something impossible. */
  readonly openDoors: () => Doors;
  readonly output: Output;
  readonly interruption: Interruption;
  /** Tells when somebody asks to stop. */
  readonly onInterrupt: (tell: () => void) => void;
}

/** Looked for before anything is read: also what is wrong with the rest is said in this language, or as JSON. */
const scan = (args: readonly string[]): TerminalOptions => {
  const known = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  const at = known.findLastIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const lang = at < 0 ? undefined : known[at]!.startsWith('--lang=') ? known[at]!.slice(7) : known[at + 1];
  return { json: known.includes('--json'), lang };
};

/** Runs one command line. @returns its exit code: 0, by the kind of the failure, 130 after Ctrl-C, 1 for a defect. */
export const runCli = async (args: readonly string[], parts: CliParts): Promise<number> => {
  const terminal = openTerminal(scan(args), parts.output);
  parts.onInterrupt(() => terminal.note('cli.stopping'));
  let code = 0;
  try {
    await runProgram(args, {
      say: terminal.say,
      verbs,
      out: (text) => (terminal.json ? terminal.result({ help: text }) : parts.output.out(text)),
      run: async ({ verb, words, rest, options }) => {
        const lang = textOf(options, 'lang');
        if (lang !== undefined && !languages.some((known) => known === lang))
          throw invalid('cli.choice', { option: '--lang', value: lang, choices: languages.join(', ') });
        const { interruption } = parts;
        const [doors, as] = [parts.openDoors(), textOf(options, 'as')];
        const { token } = doors.config;
        // Whose rights are meant is not guessed.
        if (token !== undefined && as !== undefined) throw invalid('cli.token-and-as');
        const session = openSession({ terminal, doors, interruption, as, token });
        try {
          code = (await verb.run({ session, words, rest, options })) ?? 0;
        } finally {
          await session.close();
        }
      },
    });
    return code;
  } catch (error) {
    return tellFailure(error, terminal, parts.output);
  }
};

const tellFailure = (error: unknown, terminal: Terminal, output: Output): number => {
  if (error instanceof Interrupted) {
    terminal.result({
      error: { kind: 'interrupted', code: 'cli.interrupted', message: terminal.say('cli.interrupted') },
    });
    terminal.note('cli.interrupted');
    return 130;
  }
  const failure = fromOutside(error);
  if (failure) return reportFailure(failure, terminal, output);
  const text = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  terminal.result({ error: { kind: 'defect', code: 'cli.defect', message: terminal.say('cli.defect') } });
  terminal.note('cli.defect');
  output.err(`${text.split('\n').map(legible).join('\n')}\n`);
  return 1;
};

// No connection, no such user or database, the server going down (SQLSTATE classes 08, 28, 3D, 57).
const UNREACHED = /^(ECONN\w+|ENOTFOUND|EAI_\w+|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|08\w{3}|28\w{3}|3D000|57P\d\d)$/u;

/** Failures of the machine and of the database's door, which somebody can do something about. */
const fromOutside = (error: unknown): AppError | undefined => {
  if (error instanceof AppError) return error;
  const { code = '', syscall, path, message = '' } = error as NodeJS.ErrnoException;
  if (UNREACHED.test(code)) return unavailable('cli.database', { reason: message || code });
  if (syscall !== undefined) return unavailable('cli.system', { reason: `${code} ${path ?? ''}`.trim() });
  return undefined;
};
