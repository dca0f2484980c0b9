import { changeOwnPassword } from '../../../modules/identity/index.ts';
import { invalid } from '../../../shared/errors.ts';
import {
  Alert,
  Button,
  Card,
  Field,
  Form,
  FormTrouble,
  Hint,
  Lead,
  Lines,
  PageHead,
  SummaryList,
  WhosePassword,
} from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';

const rolesOf = async ({ actor, say, frame }: PageRequest): Promise<string[]> => {
  const { places } = await frame();
  return actor.grants.map(
    ({ role, placeId }) => `${say(`role.${role}`)} · ${places[placeId] ?? say('page.home.unknown-place')}`,
  );
};

const accountView = async (request: PageRequest): Promise<View> => {
  const { actor, say, csrf, username, query } = request;
  const roles = await rolesOf(request);
  return {
    title: say('page.account.title'),
    body: (
      <>
        <PageHead title={say('page.account.title')} />
        {textOf(query, 'done') === 'password' && !request.typed.error && (
          <Alert tone="success">
            <p>{say('page.account.password-done')}</p>
          </Alert>
        )}
        <Card title={say('page.account.who')}>
          <SummaryList
            items={[
              { label: say('page.account.name'), value: actor.name },
              { label: say('page.account.username'), value: username },
              {
                label: say('page.account.roles'),
                value: roles.length > 0 ? <RoleList roles={roles} /> : say('page.home.no-role'),
              },
            ]}
          />
          <Hint>{say('page.account.roles-hint')}</Hint>
        </Card>
        <Card title={say('page.account.password')}>
          <Lead>{say('page.account.password-text')}</Lead>
          <FormTrouble trouble={troubleOf(request)} />
          <Form action="/account/password" csrf={csrf}>
            <WhosePassword username={username} />
            <Field
              name="oldPassword"
              type="password"
              label={say('page.account.old-password')}
              hint={say('page.account.old-password-hint')}
              error={faultAt(request, 'oldPassword')}
              autocomplete="current-password"
            />
            <Field
              name="password"
              type="password"
              label={say('page.account.new-password')}
              hint={say('page.account.new-password-hint')}
              error={faultAt(request, 'password')}
              autocomplete="new-password"
            />
            <Field
              name="passwordAgain"
              type="password"
              label={say('page.account.new-password-again')}
              error={faultAt(request, 'passwordAgain')}
              autocomplete="new-password"
            />
            <Button>{say('page.account.password-submit')}</Button>
          </Form>
        </Card>
      </>
    ),
  };
};

const RoleList = ({ roles }: { roles: readonly string[] }) => (
  <Lines plain>
    {roles.map((role) => (
      <li>{role}</li>
    ))}
  </Lines>
);

export const accountPages = [
  page({ method: 'GET', path: '/account', signedIn: true, handle: accountView }),
  page({
    method: 'POST',
    path: '/account/password',
    signedIn: true,
    formAt: () => '/account',
    again: accountView,
    handle: async ({ actor, username, sessionId, address, form, executeAs }) => {
      const password = textOf(form, 'password');
      if (password !== textOf(form, 'passwordAgain')) {
        throw invalid('input', { fields: 'passwordAgain' }, [{ path: 'passwordAgain', code: 'passwords-differ' }]);
      }
      const oldPassword = textOf(form, 'oldPassword');
      await changeOwnPassword(executeAs, actor, { username, oldPassword, password, sessionId, address });
      return { redirect: '/account?done=password' };
    },
  }),
];
