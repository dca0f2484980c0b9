import type { FastifyReply, FastifyRequest } from 'fastify';
import { dropOwnDraft, findDraft, keepDraft, visitor } from '../modules/identity/index.ts';
import { today } from '../platform/clock.ts';
import { AppError, forbidden } from '../shared/errors.ts';
import { isId } from '../shared/ids.ts';
import { sayIn } from '../shared/words/index.ts';
import type { AssetPaths } from './assets.ts';
import { type Body, readBody } from './body.ts';
import { choicesOf, keepChoices } from './choices.ts';
import { disposition } from './download.ts';
import { failureView, statusOf } from './failure.tsx';
import { isSecure, requireOwnOrigin, setSecurityHeaders, tokenFits } from './guard.ts';
import { withoutParameter, withParameter } from './local-path.ts';
import type { Form, Page, PageOf, PageRequest, PublicRequest, Reply, Typed, Upload, View } from './page.ts';
import { renderDocument, scriptsOf } from './render.tsx';
import { textOf } from './typed.ts';
import { type Caller, callerOf, setSession, type WebParts } from './visit.ts';

interface Exchange {
  readonly parts: WebParts;
  readonly paths: AssetPaths;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

const NOTHING: Typed = { values: {}, error: undefined, kept: false };
const NO_BODY: Body = { form: {}, uploads: [] };

const paramsOf = (request: FastifyRequest) => request.params as Readonly<Record<string, string>>;

/** Where a page's form stands: the address that is asked again after a sign-in or a change of language. */
const formPath = (page: Page | undefined, request: FastifyRequest): string =>
  page?.formAt?.(paramsOf(request)) ?? withoutParameter(request.url, 'draft');

const sendView = async (
  { parts, paths, request, reply }: Exchange,
  page: Page | undefined,
  caller: Caller | undefined,
  view: View,
) => {
  // A page of failure is shown even when the database is what failed.
  const frame = await caller?.frame().catch(() => undefined);
  const choices = caller?.choices ?? choicesOf(request);
  const actor = caller?.visit.state === 'in' ? caller.visit.actor : undefined;
  const html = renderDocument(view, {
    say: caller?.say ?? sayIn(choices.language),
    choices,
    csrf: caller?.csrf ?? '',
    here: request.method === 'POST' ? formPath(page, request) : request.url,
    ...paths,
    actor,
    frame,
  });
  setSecurityHeaders(reply, isSecure(request, parts.config), scriptsOf(view, actor).length > 0);
  return reply
    .code(view.status ?? 200)
    .type('text/html; charset=utf-8')
    .send(html);
};

const send = async (exchange: Exchange, page: Page, caller: Caller, answer: Reply) => {
  const { parts, request, reply } = exchange;
  if ('title' in answer) return sendView(exchange, page, caller, answer);
  setSecurityHeaders(reply, isSecure(request, parts.config));
  if ('redirect' in answer) {
    if (answer.session !== undefined) setSession(request, reply, parts.config, answer.session);
    if (answer.keep) keepChoices(request, reply, parts.config, answer.keep);
    return reply.redirect(answer.redirect, 303);
  }
  return reply.header('content-disposition', disposition(answer.fileName)).type(answer.type).send(answer.download);
};

/** The session ended before the form was sent: what was typed waits for the same person behind the sign-in page. */
const afterTheEnd = async ({ parts, request }: Exchange, page: Page, caller: Caller, form: Form): Promise<Reply> => {
  const next = formPath(page, request);
  const to = (path: string) => ({ redirect: withParameter('/sign-in', 'next', path) });
  if (request.method !== 'POST') return to(request.url);
  if (caller.visit.state !== 'ended' || Object.keys(form).length === 0) return to(next);
  const values = Object.fromEntries(
    Object.entries(form).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  );
  const { draftId } = await parts.execute(keepDraft, visitor('web'), {
    userId: caller.visit.userId,
    path: next,
    form: values,
    draftId: textOf(form, 'draft'),
  });
  return to(withParameter(next, 'draft', draftId));
};

const typedBefore = async ({ parts, request }: Exchange, caller: Caller): Promise<Typed> => {
  const draftId = textOf(request.query as Form, 'draft');
  if (request.method === 'POST' || !draftId || caller.visit.state !== 'in') return NOTHING;
  const path = withoutParameter(request.url, 'draft');
  const values = await parts.execute(findDraft, caller.visit.actor, { draftId, path });
  return values ? { values, error: undefined, kept: true } : NOTHING;
};

/**
 * A form that led on was done: what was kept of it while it was typed is not needed any more. One that is shown again keeps
 * it. A failure here hides nothing of what was done: the draft is offered once more, or ends by itself.
 */
const dropSent = async ({ parts, request }: Exchange, caller: Caller, form: Form, answer: Reply): Promise<void> => {
  const draftId = textOf(form, 'draft');
  if (request.method !== 'POST' || !('redirect' in answer) || caller.visit.state !== 'in' || !isId(draftId)) return;
  try {
    await parts.execute(dropOwnDraft, caller.visit.actor, { draftId, sent: true });
  } catch (err) {
    parts.log.error({ err }, 'the draft of a sent form stays');
  }
};

const requestFor = (
  { parts, request }: Exchange,
  caller: Caller,
  { form, uploads }: Body,
  typed: Typed,
): PublicRequest => ({
  language: caller.choices.language,
  choices: caller.choices,
  today: today(parts.clock),
  say: caller.say,
  url: request.url,
  params: paramsOf(request),
  query: request.query as Form,
  form,
  uploads,
  typed,
  csrf: caller.csrf,
  address: request.ip,
  frame: caller.frame,
  sms: parts.sms,
  mail: parts.mail,
  actor: caller.visit.state === 'in' ? caller.visit.actor : undefined,
  executeAs: parts.execute,
});

const bound = <R>({ handle, again, files }: PageOf<R>, request: R) => ({
  handle: () => handle(request),
  again: again && (() => again(request)),
  admit: () => files?.admit(request),
  release: async (uploads: readonly Upload[]) => files?.release(request, uploads),
});

const asked = (page: Page, exchange: Exchange, caller: Caller, body: Body, typed: Typed) => {
  const request = requestFor(exchange, caller, body, typed);
  if (!page.signedIn) return bound(page, request);
  if (caller.visit.state !== 'in') throw forbidden('not-allowed', { what: page.path });
  const { actor, username, sessionId } = caller.visit;
  const execute: PageRequest['execute'] = (useCase, input) => exchange.parts.execute(useCase, actor, input);
  const own: PageRequest = { ...request, actor, username, sessionId, execute };
  return bound(page, own);
};

const readForm = async (
  { parts, request }: Exchange,
  page: Page,
  caller: Caller,
  uploads: Upload[],
): Promise<{ body: Body; trusted: boolean }> => {
  if (request.method !== 'POST') return { body: NO_BODY, trusted: true };
  requireOwnOrigin(request, parts.config);
  const signedOut = page.signedIn && caller.visit.state !== 'in';
  const fits = (form: Form) => tokenFits(caller.csrf, textOf(form, 'csrf'));
  let trusted = false;
  const body = await readBody(
    request,
    (form) => {
      trusted = fits(form);
      // No file is taken in without a token; a form without files may be shown again, so it is read first.
      if (!trusted && request.isMultipart()) throw forbidden('form-expired');
    },
    signedOut || !page.files ? undefined : parts.files,
    uploads,
  );
  return { body, trusted };
};

const admitFiles = (exchange: Exchange, page: Page, caller: Caller): void => {
  if (!page.files || exchange.request.method !== 'POST') return;
  try {
    asked(page, exchange, caller, NO_BODY, NOTHING).admit();
  } catch (error) {
    // What was sent is let run out unread, so that the browser gets to read the answer.
    exchange.request.raw.resume();
    throw error;
  }
};

/** Once: the list is emptied. A failure here is logged and hides nothing: what the form was refused for is told. */
const releaseFiles = async (exchange: Exchange, page: Page, caller: Caller, uploads: Upload[]): Promise<void> => {
  const taken = uploads.splice(0);
  if (taken.length === 0) return;
  try {
    await asked(page, exchange, caller, NO_BODY, NOTHING).release(taken);
  } catch (err) {
    exchange.parts.log.error({ err }, 'files of a refused form stay');
  }
};

const dispatch = async (exchange: Exchange, page: Page, caller: Caller, uploads: Upload[]): Promise<Reply> => {
  const signedOut = page.signedIn && caller.visit.state !== 'in';
  if (signedOut && caller.visit.state === 'unknown' && exchange.request.method === 'POST') {
    requireOwnOrigin(exchange.request, exchange.parts.config);
    exchange.request.raw.resume();
    return afterTheEnd(exchange, page, caller, {});
  }
  if (!signedOut) admitFiles(exchange, page, caller);
  const { body, trusted } = await readForm(exchange, page, caller, uploads);
  if (signedOut) return afterTheEnd(exchange, page, caller, trusted ? body.form : {});
  const refuse = async (error: AppError): Promise<Reply> => {
    await releaseFiles(exchange, page, caller, uploads);
    const again = asked(page, exchange, caller, body, { values: body.form, error, kept: false }).again;
    if (!again) throw error;
    return { ...(await again()), status: statusOf(error) };
  };
  // Sent by a page of ours that is too old (another session since): shown again, so that nothing typed is lost.
  if (!trusted) return refuse(forbidden('form-expired'));
  if (body.fault) return refuse(body.fault);
  try {
    const answer = await asked(page, exchange, caller, body, await typedBefore(exchange, caller)).handle();
    await dropSent(exchange, caller, body.form, answer);
    return answer;
  } catch (error) {
    if (error instanceof AppError && (error.kind === 'invalid' || error.kind === 'conflict')) return refuse(error);
    throw error;
  }
};

/** Answers one request for one page: who asks, may the form be trusted, the page, and every failure as a page. */
export const answerPage = async (exchange: Exchange, page: Page) => {
  let caller: Caller | undefined;
  const uploads: Upload[] = [];
  try {
    caller = await callerOf(exchange.parts, exchange.request, exchange.reply);
    return await send(exchange, page, caller, await dispatch(exchange, page, caller, uploads));
  } catch (error) {
    if (caller) await releaseFiles(exchange, page, caller, uploads);
    return sendView(
      exchange,
      page,
      caller,
      failureView(error, sayIn(choicesOf(exchange.request).language), exchange.parts.log),
    );
  }
};

/** The page for what was refused before any page was found. */
export const answerFailure = async (exchange: Exchange, error: unknown) => {
  const caller = await callerOf(exchange.parts, exchange.request, exchange.reply).catch(() => undefined);
  return sendView(
    exchange,
    undefined,
    caller,
    failureView(error, sayIn(choicesOf(exchange.request).language), exchange.parts.log),
  );
};
