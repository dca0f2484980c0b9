import type { Session } from './session.ts';

/** What the options of one command came to; names in camel case. */
export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

export interface VerbInput {
  readonly session: Session;
  /** The arguments in their order; the last may be a list. */
  readonly words: readonly (string | undefined)[];
  /** The list that ends the arguments (`[IDS…]`). */
  readonly rest: readonly string[];
  readonly options: OptionValues;
}

/** An option as it is typed; its help stands under `cli.option.<name>`, or `cli.option.<verb>.<name>` when it differs. */
export interface OptionSpec {
  readonly flags: string;
  readonly required?: boolean;
  /** Key of its help when the common one would not do. */
  readonly help?: string;
}

/** One command of the terminal. Its help stands under `cli.help.<group>.<name>`. */
export interface Verb {
  readonly group: string | null;
  readonly name: string;
  /** `<NAME>` must be there, `[NAME]` may, `[NAMES...]` is a list. */
  readonly words: readonly string[];
  readonly options: readonly OptionSpec[];
  /** @returns the exit code when it is not 0. */
  readonly run: (input: VerbInput) => Promise<number | undefined>;
}

/** An option's text; undefined when it was not given. */
export const textOf = (options: OptionValues, name: string): string | undefined => {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
};
