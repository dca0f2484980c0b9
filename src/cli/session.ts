import type { ReadStream } from 'node:tty';
import type { z } from 'zod';
import type { Sender, SmsOffer } from '../modules/delivery/index.ts';
import { actorByKey, actorByUsername } from '../modules/identity/index.ts';
import { type Clock, today } from '../platform/clock.ts';
import { type Actor, type Command, type Execute, type Read, systemActor } from '../platform/command.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/db/connect.ts';
import type { FileStore } from '../platform/files.ts';
import type { Log } from '../platform/log.ts';
import type { Day } from '../shared/dates.ts';
import { forbidden } from '../shared/errors.ts';
import type { Terminal } from './terminal.ts';

/** Channels to the networks and a worker of one's own; whoever opened it closes it. */
export interface OpenedSending {
  readonly sender: Pick<Sender, 'drain'>;
  /** In the order in which they are tried. */
  readonly channels: readonly {
    readonly provider: string;
    state(): { readonly connected: boolean; readonly fault: { readonly code: string; readonly detail: string } | null };
  }[];
  close(): Promise<void>;
}

/** A provider as it is shown; `named` is null for the simulated network that comes with the example. */
export interface ShownProvider extends SmsOffer {
  readonly named: { readonly sender: string; readonly address: string } | null;
}

/** The parts of the wired product that the command line uses. */
export interface OpenedApp {
  readonly database: Database;
  readonly execute: Execute;
  readonly files: FileStore;
  sms(): Promise<SmsOffer | null>;
  providers(): Promise<readonly ShownProvider[]>;
  openSending(): Promise<OpenedSending>;
  close(): Promise<void>;
}

/** The server alone, its schema left as it is: to look at it, and to put a backup back. */
export interface OpenedDatabase {
  readonly database: Database;
  close(): Promise<void>;
}

/** How the command line comes to the product; `cli.ts` hands it in. */
export interface Doors {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  /** Where a person types; without `input` nobody sits there. */
  readonly keyboard: { readonly input: ReadStream | undefined; readonly err: (text: string) => void };
  openApp(): Promise<OpenedApp>;
  /** The product in a folder of its own, on the embedded database, whatever else is set; it goes by the clock it is given. */
  openApart(dataDir: string, clock: Clock): Promise<OpenedApp>;
  /** `mayMake`: also where no data folder is yet; without it that is refused. */
  openDatabase(mayMake: boolean): Promise<OpenedDatabase>;
}

/** Somebody pressed Ctrl-C: what ran has come to its end or was taken back, nothing further begins. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted');
    this.name = 'Interrupted';
  }
}

/** Set by a signal, looked at between two use cases: each is one transaction, so nothing stays half-done. */
export interface Interruption {
  requested: boolean;
}

type AnyUseCase<S extends z.ZodType, O> = Command<S, O> | Read<S, O>;

/** One command of the terminal at work. The database is opened when the first use case asks for it. */
export interface Session {
  readonly terminal: Terminal;
  readonly doors: Doors;
  readonly today: Day;
  readonly interruption: Interruption;
  /** The person of `--as`, or the key of `LANTOA_TOKEN`; undefined = the owner of the data folder. */
  readonly actsAs: string | undefined;
  app(): Promise<OpenedApp>;
  /** As the person of `--as`, by the key of `LANTOA_TOKEN`, or as the owner of the data folder. */
  ask<S extends z.ZodType, O>(useCase: AnyUseCase<S, O>, input: z.input<S>): Promise<O>;
  /** As the product itself: the steps that otherwise a job takes, after `ask` has allowed them. */
  askAsProduct<S extends z.ZodType, O>(useCase: AnyUseCase<S, O>, input: z.input<S>): Promise<O>;
  /** As the product itself, also after Ctrl-C: takes back what was begun. */
  tidy<S extends z.ZodType, O>(useCase: AnyUseCase<S, O>, input: z.input<S>): Promise<O>;
  close(): Promise<void>;
}

const owner: Actor = { ...systemActor, via: 'cli' };

export interface SessionParts {
  readonly terminal: Terminal;
  readonly doors: Doors;
  readonly interruption: Interruption;
  /** `--as`: a username. */
  readonly as: string | undefined;
  /** `LANTOA_TOKEN`: a key. */
  readonly token?: string | undefined;
}

export const openSession = ({ terminal, doors, interruption, as, token }: SessionParts): Session => {
  let opened: Promise<OpenedApp> | undefined;
  let acting: Promise<Actor> | undefined;
  const go = (): void => {
    if (interruption.requested) throw new Interrupted();
  };
  const app = (): Promise<OpenedApp> => {
    opened ??= doors.openApp();
    return opened;
  };
  const whoActs = async (): Promise<Actor> => {
    const { clock } = doors;
    if (as !== undefined) return actorByUsername((await app()).database, as, 'cli', clock.now());
    if (token === undefined) return owner;
    const found = await actorByKey((await app()).database, token, 'cli', clock.now());
    if (!found) throw forbidden('cli.token');
    return found;
  };
  const actor = (): Promise<Actor> => {
    acting ??= whoActs();
    return acting;
  };
  const run = async <S extends z.ZodType, O>(useCase: AnyUseCase<S, O>, by: Actor, input: z.input<S>): Promise<O> =>
    (await app()).execute(useCase, by, input);
  return {
    terminal,
    doors,
    interruption,
    actsAs: as ?? (token === undefined ? undefined : 'LANTOA_TOKEN'),
    today: today(doors.clock),
    app,
    ask: async (useCase, input) => {
      go();
      const by = await actor();
      go();
      return run(useCase, by, input);
    },
    askAsProduct: async (useCase, input) => {
      go();
      return run(useCase, owner, input);
    },
    tidy: (useCase, input) => run(useCase, owner, input),
    close: async () => {
      const app = await opened?.catch(() => undefined);
      await app?.close();
    },
  };
};
