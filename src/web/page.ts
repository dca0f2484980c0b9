import type { Readable } from 'node:stream';
import type { ComponentChild } from 'preact';
import type { z } from 'zod';
import type { MailOffer, SmsOffer } from '../modules/delivery/index.ts';
import type { Frame } from '../modules/identity/index.ts';
import type { Actor, Command, Execute, Read } from '../platform/command.ts';
import type { Day } from '../shared/dates.ts';
import type { AppError } from '../shared/errors.ts';
import type { Language, Say } from '../shared/words/index.ts';
import type { AssetPaths } from './assets.ts';
import type { Choices } from './choices.ts';

/** What a form sent: one text per name, several where a name came several times. */
export type Form = Readonly<Record<string, string | readonly string[]>>;

/** A file that came with a form and lies in the file store now. */
export interface Upload {
  readonly field: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly size: number;
}

/** What the form shows: what was typed before (refused, or kept over a sign-in), and why it is shown again. */
export interface Typed {
  readonly values: Form;
  readonly error: AppError | undefined;
  /** The session had ended when this was sent; nothing of it has been saved yet. */
  readonly kept: boolean;
}

interface Asked {
  readonly language: Language;
  readonly say: Say;
  /** The day in the country. */
  readonly today: Day;
  /** How this person wants pages to look. */
  readonly choices: Choices;
  /** Path and query as asked for. */
  readonly url: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Form;
  readonly form: Form;
  readonly uploads: readonly Upload[];
  readonly typed: Typed;
  /** For the hidden field of every form; `<Form csrf={request.csrf}>` puts it there. */
  readonly csrf: string;
  readonly address: string;
  /** Whether this installation is an example, and the names of the places of the actor's roles. Asked once. */
  readonly frame: () => Promise<Frame>;
  /** The provider that messages go to first; null = none is named, and nothing can be sent. */
  readonly sms: () => Promise<SmsOffer | null>;
  readonly mail: () => Promise<MailOffer | null>;
}

type ExecuteBound = <S extends z.ZodType, O>(useCase: Command<S, O> | Read<S, O>, input: z.input<S>) => Promise<O>;

/** A request of somebody who is signed in; `execute` acts as this person, never as anybody else. */
export interface PageRequest extends Asked {
  readonly actor: Actor;
  readonly username: string;
  readonly sessionId: string;
  readonly execute: ExecuteBound;
  /** For what takes an actor besides an execute (own password); pages use `execute`. */
  readonly executeAs: Execute;
}

/** A request of anybody: there may be an actor. What is done here is done by the product at the door (see `visitor`). */
export interface PublicRequest extends Asked {
  readonly actor: Actor | undefined;
  readonly executeAs: Execute;
}

export interface View {
  readonly title: string;
  readonly body: ComponentChild;
  readonly status?: number;
  /** A script that adds to this page what it can do without; pages that name none may run none. */
  readonly script?: keyof AssetPaths['scripts'];
}

interface Redirect {
  /** A path of ours; the browser asks it by GET (303). */
  readonly redirect: string;
  /** A new session's secret; null ends the cookie. */
  readonly session?: string | null;
  readonly keep?: Partial<Choices>;
}

interface Download {
  readonly download: Readable | Uint8Array | string;
  readonly fileName: string;
  /** e.g. `text/csv; charset=utf-8` */
  readonly type: string;
}

export type Reply = View | Redirect | Download;

/** A page as `page` takes it, by the kind of request it answers. */
export interface PageOf<R> {
  readonly method: 'GET' | 'POST';
  /** In the way of fastify: `/imports/:importId`. */
  readonly path: string;
  readonly handle: (request: R) => Promise<Reply>;
  /**
   * For a POST: the form again, with `request.typed` filled, when `handle` refused what was sent (invalid, conflict).
   * Without it a refusal is a page of its own.
   */
  readonly again?: (request: R) => Promise<View>;
  /** For a POST: the GET path on which its form stands, when that is another than its own. */
  readonly formAt?: (params: Readonly<Record<string, string>>) => string;
  /** For a POST whose form has files; those of any other form are thrown away unread. */
  readonly files?: {
    /** Throws for whom no file is to be taken in; asked before anything of the form is read. */
    readonly admit: (request: R) => void;
    /** Lets go of the files of a form that was refused: they lie in the store and nothing else knows of them. */
    readonly release: (request: R, uploads: readonly Upload[]) => Promise<void>;
  };
}

export type Page =
  | (PageOf<PageRequest> & { readonly signedIn: true })
  | (PageOf<PublicRequest> & { readonly signedIn: false });

/** One address of the product: a read or a command, then a view. */
export const page = (definition: Page): Page => definition;
