import { randomBytes } from 'node:crypto';
import type { Log } from '../platform/log.ts';
import { AppError, type ErrorKind, invalid, notFound } from '../shared/errors.ts';
import type { Say } from '../shared/words/index.ts';
import { Alert, LinkButton, PageHead } from '../ui/index.ts';
import type { View } from './page.ts';

const STATUS: Readonly<Record<ErrorKind, number>> = {
  invalid: 422,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  unavailable: 503,
};

export const statusOf = (error: AppError): number => STATUS[error.kind];

/** What fastify itself refuses (a body too large or of no known kind) in our own words; anything else as it is. */
const own = (error: unknown): unknown => {
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  if (error instanceof AppError || !code?.startsWith('FST_')) return error;
  if (code === 'FST_ERR_BAD_URL') return notFound('page');
  return statusCode === 413
    ? invalid('form-too-large')
    : statusCode && statusCode < 500
      ? invalid('form-unreadable')
      : error;
};

/** Why, and what to do. Who may not do something is told whose work it is, and so whom to ask. */
const sentenceOf = ({ code, params }: AppError, say: Say): string => {
  const roles = typeof params.roles === 'string' ? params.roles.split(' ') : [];
  return code === 'not-allowed' && roles.length > 0
    ? say('page.failure.whose-work', { roles: roles.map((role) => say(`role.${role}`)).join(', ') })
    : say(`error.${code}`, params);
};

/** The page for a failure. A defect is shown by a short id only, under which the log tells the rest. */
export const failureView = (raw: unknown, say: Say, log: Log): View => {
  const error = own(raw);
  if (error instanceof AppError) {
    const fields = error.fields.map((field) => say(`error.${field.code}`, field.params));
    return {
      title: say(`page.failure.${error.kind}`),
      status: statusOf(error),
      body: (
        <Failure
          say={say}
          title={say(`page.failure.${error.kind}`)}
          sentences={fields.length > 0 ? fields : [sentenceOf(error, say)]}
        />
      ),
    };
  }
  const errorId = randomBytes(4).toString('hex');
  log.error({ errorId, err: error }, 'a page failed');
  const title = say('page.failure.unexpected');
  return {
    title,
    status: 500,
    body: <Failure say={say} title={title} sentences={[say('page.failure.unexpected-text', { id: errorId })]} />,
  };
};

const Failure = ({ say, title, sentences }: { say: Say; title: string; sentences: readonly string[] }) => (
  <>
    <PageHead title={title} />
    <Alert tone="danger">
      {sentences.map((sentence) => (
        <p>{sentence}</p>
      ))}
    </Alert>
    <p>
      <LinkButton href="/">{say('page.failure.home')}</LinkButton>
    </p>
  </>
);
