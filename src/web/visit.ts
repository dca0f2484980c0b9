import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { MailOffer, SmsOffer } from '../modules/delivery/index.ts';
import { actorBySession, type Frame, getFrame, type Visit, visitor } from '../modules/identity/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Execute, UseCase } from '../platform/command.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/db/connect.ts';
import type { FileStore } from '../platform/files.ts';
import type { Log } from '../platform/log.ts';
import { type Say, sayIn } from '../shared/words/index.ts';
import { type Choices, choicesOf } from './choices.ts';
import { cookieOptions, csrfToken } from './guard.ts';

/** What the web face is made of; `app.ts` has all of it. */
export interface WebParts {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly database: Database;
  readonly execute: Execute;
  readonly files: FileStore;
  readonly secret: Buffer;
  /** The provider that messages go to first; null = none, and nothing can be sent. */
  readonly sms: () => Promise<SmsOffer | null>;
  /** The mail server; null = none. */
  readonly mail: () => Promise<MailOffer | null>;
  /** Where providers tell what became of messages; says with which status they are answered. */
  readonly takeReceipts: (
    provider: string,
    arrived: { readonly headers: IncomingHttpHeaders; readonly query: string; readonly body: Buffer },
  ) => Promise<{ readonly status: number }>;
  /** What other systems may ask by a key. */
  readonly openToKeys: readonly UseCase[];
}

const SESSION = 'lantoa_session';
const VISITOR = 'lantoa_visitor';

/** Who is at the other end, in which language, and the token that their forms carry. */
export interface Caller {
  readonly visit: Visit;
  readonly choices: Choices;
  readonly say: Say;
  readonly csrf: string;
  readonly frame: () => Promise<Frame>;
}

/** The session's cookie lives as long as the browser's window: offices share machines. The end by idleness is kept by the table. */
export const setSession = (
  request: FastifyRequest,
  reply: FastifyReply,
  config: Config,
  secret: string | null,
): void => {
  if (secret === null) void reply.clearCookie(SESSION, cookieOptions(request, config));
  else void reply.setCookie(SESSION, secret, cookieOptions(request, config));
};

/** A cookie without any meaning but to tie a form of somebody who is not signed in to their browser. */
const visitorCookie = (request: FastifyRequest, reply: FastifyReply, config: Config): string => {
  const known = request.cookies[VISITOR];
  if (known && known.length >= 20) return known;
  const fresh = randomBytes(18).toString('base64url');
  void reply.setCookie(VISITOR, fresh, cookieOptions(request, config));
  return fresh;
};

export const callerOf = async (parts: WebParts, request: FastifyRequest, reply: FastifyReply): Promise<Caller> => {
  const session = request.cookies[SESSION];
  const visit = session
    ? await actorBySession(parts.database, session, parts.clock.now())
    : ({ state: 'unknown' } as const);
  const choices = choicesOf(request);
  const bound = session ? `session ${session}` : `visitor ${visitorCookie(request, reply, parts.config)}`;
  const actor = visit.state === 'in' ? visit.actor : visitor('web');
  let asked: Promise<Frame> | undefined;
  return {
    visit,
    choices,
    say: sayIn(choices.language),
    csrf: csrfToken(parts.secret, bound),
    frame: () => {
      asked ??= parts.execute(getFrame, actor, {});
      return asked;
    },
  };
};
