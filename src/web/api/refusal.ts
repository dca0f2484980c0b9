import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../../platform/log.ts';
import { AppError, type ErrorKind, type Params } from '../../shared/errors.ts';
import { type Language, languages, sayIn } from '../../shared/words/index.ts';

/** Kinds of refusal that only this door knows, beside the five of the product. */
export const doorKinds = ['unauthorised', 'too-many', 'defect'] as const;

/** Refused at the door itself, with an HTTP status of its own. */
export class Refusal extends Error {
  readonly status: number;
  readonly kind: (typeof doorKinds)[number] | ErrorKind;
  readonly code: string;
  readonly params: Params;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    kind: Refusal['kind'],
    code: string,
    more: { readonly params?: Params; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(`${status} ${code}`);
    this.name = 'Refusal';
    this.status = status;
    this.kind = kind;
    this.code = code;
    this.params = more.params ?? {};
    this.headers = more.headers ?? {};
  }
}

const STATUS: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  unavailable: 503,
};

/** The language that the other side reads best of those we speak; Vietnamese when it does not say. */
const languageAsked = (header: string | undefined): Language => {
  const wanted = (header ?? '').split(',').map((part, place) => {
    const [tag = '', ...rest] = part.split(';').map((piece) => piece.trim());
    const weight = rest.length === 0 ? 1 : Number(/^q=(\d(?:\.\d+)?)$/u.exec(rest.join(';'))?.[1] ?? 0);
    return { tag: tag.toLowerCase().split('-')[0], weight, place };
  });
  const best = wanted.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight || a.place - b.place);
  return best.map(({ tag }) => languages.find((language) => language === tag)).find(Boolean) ?? 'vi';
};

/** What the server itself refuses of a request, in our words; undefined for anything else. */
const ofServer = (error: unknown): Refusal | undefined => {
  const { code = '', statusCode = 500 } = error as { code?: string; statusCode?: number };
  if (statusCode === 413) return new Refusal(413, 'invalid', 'api.too-large');
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Refusal(415, 'invalid', 'api.json-only');
  return statusCode < 500 ? new Refusal(400, 'invalid', 'api.unreadable') : undefined;
};

const refusalOf = (error: unknown, log: Log): Refusal | AppError => {
  if (error instanceof AppError || error instanceof Refusal) return error;
  const refused = ofServer(error);
  if (refused) return refused;
  const id = randomBytes(4).toString('hex');
  log.error({ errorId: id, err: error }, 'a request of another system failed');
  return new Refusal(500, 'defect', 'api.defect', { params: { id } });
};

/** Every failure as JSON, once: kind, code and what fills the sentence for programs, the sentence for people. */
export const refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply, log: Log): FastifyReply => {
  const refused = refusalOf(error, log);
  const say = sayIn(languageAsked(request.headers['accept-language']));
  const { kind, code, params } = refused;
  const fields = refused instanceof AppError ? refused.fields : [];
  const [status, headers] =
    refused instanceof AppError ? [STATUS[refused.kind], {}] : [refused.status, refused.headers];
  const body = {
    error: {
      kind,
      code,
      params,
      message: say(`error.${code}`, params),
      fields: fields.map((field) => ({
        path: field.path,
        code: field.code,
        params: field.params ?? {},
        message: say(`error.${field.code}`, field.params),
      })),
    },
  };
  return reply.code(status).headers(headers).type('application/json; charset=utf-8').send(JSON.stringify(body));
};
