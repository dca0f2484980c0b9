import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { saveOwnDraft } from '../modules/identity/index.ts';
import { AppError, forbidden } from '../shared/errors.ts';
import { statusOf } from './failure.tsx';
import { isSecure, requireOwnOrigin, setSecurityHeaders, tokenFits } from './guard.ts';
import { draftPath } from './kept-form.ts';
import { localPath } from './local-path.ts';
import { showMoment } from './show.ts';
import { callerOf, type WebParts } from './visit.ts';

type Sent = Readonly<Record<string, unknown>>;

const textIn = (sent: Sent, name: string): string => {
  const value = sent[name];
  return typeof value === 'string' ? value : '';
};

/** By the same three questions as a form: does it come from a page of ours, is somebody signed in, is the token theirs. */
const save = async (parts: WebParts, request: FastifyRequest, reply: FastifyReply) => {
  requireOwnOrigin(request, parts.config);
  const { visit, csrf } = await callerOf(parts, request, reply);
  if (visit.state !== 'in') return reply.code(401).send({ code: 'signed-out' });
  const sent = (request.body ?? {}) as Sent;
  if (!tokenFits(csrf, textIn(sent, 'csrf'))) throw forbidden('form-expired');
  const { at } = await parts.execute(saveOwnDraft, visit.actor, {
    draftId: textIn(sent, 'draft'),
    path: draftPath(localPath(textIn(sent, 'path'))),
    // What it is, the use case says: anything but texts is refused there.
    form: sent.form as Record<string, string>,
    begun: sent.begun === true,
  });
  return { savedAt: at.toISOString(), time: showMoment(at).split(' ')[0] };
};

/**
 * `POST /drafts`: what stands in a long form, sent by its page every few seconds (`ui/islands/drafts.ts`), as JSON
 * `{ csrf, draft, path, begun, form }` with one text per name or several; `begun` = it was kept before. Answers `{ savedAt, time }`, `time` as the clock of the
 * country shows it; 401 when the session has ended, 403 when the page is of another one, 422 when it is too much.
 */
export const serveDrafts = (app: FastifyInstance, parts: WebParts): void => {
  app.post('/drafts', async (request, reply) => {
    setSecurityHeaders(reply, isSecure(request, parts.config));
    try {
      return await save(parts, request, reply);
    } catch (error) {
      if (error instanceof AppError) return reply.code(statusOf(error)).send({ code: error.code });
      parts.log.error({ err: error }, 'a draft');
      return reply.code(500).send({ code: 'defect' });
    }
  });
};
