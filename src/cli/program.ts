import { type Argument, Command, CommanderError, type Help } from 'commander';
import { type AppError, invalid } from '../shared/errors.ts';
import type { Say } from '../shared/words/index.ts';
import type { OptionSpec, OptionValues, Verb } from './verb.ts';

/** What was typed, understood: which verb, with what. */
export interface Asked {
  readonly verb: Verb;
  readonly words: readonly (string | undefined)[];
  readonly rest: readonly string[];
  readonly options: OptionValues;
}

export interface ProgramParts {
  readonly say: Say;
  readonly verbs: readonly Verb[];
  /** Help that was asked for. */
  readonly out: (text: string) => void;
  readonly run: (asked: Asked) => Promise<void>;
}

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': 'cli.title.usage',
  'Arguments:': 'cli.title.arguments',
  'Options:': 'cli.title.options',
  'Global Options:': 'cli.title.options-everywhere',
  'Commands:': 'cli.title.commands',
};

const looks = (say: Say): Partial<Help> => ({
  showGlobalOptions: true,
  styleTitle: (title) => (TITLES[title] ? say(TITLES[title]) : title),
  subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(argumentTerm)].join(' '),
  argumentTerm,
});

const argumentTerm = (argument: Argument): string => {
  const shown = `${argument.name()}${argument.variadic ? '…' : ''}`;
  return argument.required ? shown : `[${shown}]`;
};

const longName = (flags: string): string => /--([a-z-]+)/u.exec(flags)![1]!;

const addOption = (command: Command, { flags, required, help }: OptionSpec, say: Say): void => {
  const text = say(`cli.option.${help ?? longName(flags)}`);
  if (required) command.requiredOption(flags, text);
  else command.option(flags, text);
};

const addVerb = (parent: Command, verb: Verb, { say, run }: ProgramParts): void => {
  const command = parent.command(verb.name);
  command.description(say(`cli.help.${verb.group ? `${verb.group}.` : ''}${verb.name}`)).helpCommand(false);
  for (const word of verb.words) command.argument(word, say(`cli.word.${/[A-Z]+/u.exec(word)![0]}`));
  for (const option of verb.options) addOption(command, option, say);
  command.usage([...command.registeredArguments.map(argumentTerm), say('cli.title.some-options')].join(' '));
  command.action(async (...given: unknown[]) => {
    const typed = given.slice(0, verb.words.length) as (string | string[] | undefined)[];
    await run({
      verb,
      words: typed.map((word) => (Array.isArray(word) ? undefined : word)),
      rest: typed.flatMap((word) => (Array.isArray(word) ? word : [])),
      options: command.optsWithGlobals(),
    });
  });
};

const quiet = (command: Command, parts: ProgramParts): Command =>
  command
    .exitOverride()
    .configureOutput({ writeOut: parts.out, writeErr: () => {} })
    .configureHelp(looks(parts.say))
    .helpOption('-h, --help', parts.say('cli.option.help'));

/** The commands with their helps in one language. Throws what `understand` explains; writes nothing but help asked for. */
const buildProgram = (parts: ProgramParts): Command => {
  const { say, verbs } = parts;
  const program = quiet(new Command('lantoa'), parts)
    .description(say('cli.help'))
    .usage(say('cli.title.some-command'))
    .option('--json', say('cli.option.json'))
    .option('--lang <LANG>', say('cli.option.lang'))
    .option('--as <USERNAME>', say('cli.option.as'))
    .helpCommand(`help [${say('cli.title.command')}]`, say('cli.option.help'))
    .addHelpText('after', `\n${say('cli.help.after')}`);
  const groups = new Map<string, Command>();
  for (const verb of verbs) {
    if (verb.group && !groups.has(verb.group)) {
      const group = program
        .command(verb.group)
        .description(say(`cli.help.${verb.group}`))
        .helpCommand(false);
      groups.set(verb.group, group.usage(say('cli.title.some-command')));
    }
    addVerb(verb.group ? groups.get(verb.group)! : program, verb, parts);
  }
  return program;
};

const quoted = (message: string): string => /'([^']*)'/u.exec(message)?.[1] ?? message;

/** What was wrong with the words typed, in our own sentences. */
const understand = (error: CommanderError): AppError | undefined => {
  const what = quoted(error.message);
  const near = /\(Did you mean (?:one of )?(.+)\?\)/u.exec(error.message)?.[1];
  switch (error.code) {
    case 'commander.unknownOption':
      return near ? invalid('cli.unknown-option-near', { what, near }) : invalid('cli.unknown-option', { what });
    case 'commander.unknownCommand':
      return near ? invalid('cli.unknown-command-near', { what, near }) : invalid('cli.unknown-command', { what });
    case 'commander.missingArgument':
      return invalid('cli.missing-argument', { what });
    case 'commander.optionMissingArgument':
      return invalid('cli.missing-value', { what });
    case 'commander.missingMandatoryOptionValue':
      return invalid('cli.missing-option', { what });
    case 'commander.excessArguments':
      return invalid('cli.too-many');
    case 'commander.help':
      return invalid('cli.no-command');
    default:
      return undefined;
  }
};

/** Reads the command line and runs its verb. Throws AppError `cli.*` for words that say nothing. */
export const runProgram = async (args: readonly string[], parts: ProgramParts): Promise<void> => {
  try {
    await buildProgram(parts).parseAsync(args.length === 0 ? ['--help'] : [...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return;
    throw understand(error) ?? error;
  }
};
