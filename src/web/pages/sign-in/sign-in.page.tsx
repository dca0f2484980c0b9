import {
  lookAtSignInLink,
  redeemSignInLink,
  signInWithPassword,
  signOut,
  visitor,
} from '../../../modules/identity/index.ts';
import { AppError, conflict } from '../../../shared/errors.ts';
import {
  Actions,
  Alert,
  Button,
  Card,
  Field,
  Form,
  FormTrouble,
  Hint,
  LinkButton,
  Narrow,
  PageHead,
} from '../../../ui/index.ts';
import { localPath, withParameter } from '../../local-path.ts';
import { type PublicRequest, page, type View } from '../../page.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';

/** Where to go once signed in; never back to a door. */
const nextOf = ({ form, query }: PublicRequest): string => {
  const next = localPath(textOf(form, 'next') || textOf(query, 'next'));
  return /^\/sign-(?:in|out)(?:[/?]|$)/u.test(next) ? '/' : next;
};

const signInView = async (request: PublicRequest): Promise<View> => {
  const { say, csrf, typed } = request;
  const next = nextOf(request);
  const { synthetic } = await request.frame();
  return {
    title: say('page.sign-in.title'),
    body: (
      <Narrow card>
        <PageHead title={say('page.sign-in.title')} />
        {next.includes('draft=') && !typed.error && (
          <Alert tone="info">
            <p>{say('page.sign-in.kept')}</p>
          </Alert>
        )}
        <FormTrouble trouble={troubleOf(request)} />
        <Form action="/sign-in" csrf={csrf}>
          <input type="hidden" name="next" value={next} />
          <Field
            name="username"
            label={say('page.sign-in.username')}
            value={textOf(typed.values, 'username')}
            error={faultAt(request, 'username')}
            autocomplete="username"
            required
          />
          <Field
            name="password"
            type="password"
            label={say('page.sign-in.password')}
            error={faultAt(request, 'password')}
            autocomplete="current-password"
            required
          />
          <Button>{say('page.sign-in.submit')}</Button>
        </Form>
        <Hint>{say(synthetic ? 'page.sign-in.lost-example' : 'page.sign-in.lost')}</Hint>
      </Narrow>
    ),
  };
};

const openLinkView = ({ say, csrf, params, actor }: PublicRequest): View => ({
  title: say('page.link.title'),
  body: (
    <Card>
      <PageHead title={say('page.link.title')} />
      <p>{say('page.link.text')}</p>
      {actor && (
        <Alert tone="warning">
          <p>{say('page.link.other', { name: actor.name })}</p>
        </Alert>
      )}
      <Form action={`/sign-in/link/${encodeURIComponent(params.linkSecret ?? '')}`} csrf={csrf}>
        <Button>{say('page.sign-in.submit')}</Button>
      </Form>
    </Card>
  ),
});

/** A link that opens nothing any more: why, and what to do instead. */
const deadLinkView = ({ say }: PublicRequest, error: AppError): View => ({
  title: say('page.link.dead'),
  status: 409,
  body: (
    <Card>
      <PageHead title={say('page.link.dead')} />
      <Alert tone="danger">
        <p>{say(`error.${error.code}`, error.params)}</p>
      </Alert>
      <p>{say('page.link.what-to-do')}</p>
      <Actions>
        <LinkButton href="/sign-in">{say('page.link.to-password')}</LinkButton>
      </Actions>
    </Card>
  ),
});

/** The link as it stands: a way in, or why it is none any more. */
const linkView = async (request: PublicRequest): Promise<View> => {
  const linkSecret = request.params.linkSecret ?? '';
  const { fault } = await request.executeAs(lookAtSignInLink, visitor('web'), { linkSecret });
  return fault ? deadLinkView(request, conflict(fault)) : openLinkView(request);
};

export const signInPages = [
  page({
    method: 'GET',
    path: '/sign-in',
    signedIn: false,
    handle: async (request) => (request.actor ? { redirect: nextOf(request) } : signInView(request)),
  }),
  page({
    method: 'POST',
    path: '/sign-in',
    signedIn: false,
    handle: async (request) => {
      const { form, address, executeAs } = request;
      const given = { username: textOf(form, 'username'), password: textOf(form, 'password'), address };
      const { sessionSecret } = await signInWithPassword(executeAs, 'web', given);
      return { redirect: nextOf(request), session: sessionSecret };
    },
    again: signInView,
  }),
  page({ method: 'GET', path: '/sign-in/link/:linkSecret', signedIn: false, handle: linkView }),
  page({
    method: 'POST',
    path: '/sign-in/link/:linkSecret',
    signedIn: false,
    handle: async (request) => {
      try {
        const linkSecret = request.params.linkSecret ?? '';
        const { sessionSecret, draft } = await request.executeAs(redeemSignInLink, visitor('web'), { linkSecret });
        // As with a password: back to the form in whose middle the session had ended.
        const next = draft ? withParameter(draft.path, 'draft', draft.draftId) : '/';
        return { redirect: next, session: sessionSecret };
      } catch (error) {
        if (error instanceof AppError && error.kind === 'conflict') return deadLinkView(request, error);
        throw error;
      }
    },
    again: linkView,
  }),
  page({
    method: 'POST',
    path: '/sign-out',
    signedIn: true,
    formAt: () => '/',
    handle: async ({ execute, sessionId }) => {
      await execute(signOut, { sessionId });
      return { redirect: '/sign-in', session: null };
    },
  }),
];
