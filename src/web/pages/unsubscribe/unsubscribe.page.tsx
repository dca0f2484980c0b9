import { unsubscribe } from '../../../modules/delivery/index.ts';
import { visitor } from '../../../modules/identity/index.ts';
import { Alert, Button, Card, Form, PageHead } from '../../../ui/index.ts';
import { page } from '../../page.ts';

/**
 * The link at the end of an e-mail. Opening it changes nothing, for programs open links too; the button does. No sign-in:
 * who has the mail may refuse.
 */
export const unsubscribePages = [
  page({
    method: 'GET',
    path: '/unsubscribe/:token',
    signedIn: false,
    handle: async ({ say, csrf, params }) => ({
      title: say('page.unsubscribe.title'),
      body: (
        <Card>
          <PageHead title={say('page.unsubscribe.title')} />
          <p>{say('page.unsubscribe.text')}</p>
          <Form action={`/unsubscribe/${encodeURIComponent(params.token ?? '')}`} csrf={csrf}>
            <Button>{say('page.unsubscribe.button')}</Button>
          </Form>
        </Card>
      ),
    }),
  }),
  page({
    method: 'POST',
    path: '/unsubscribe/:token',
    signedIn: false,
    handle: async ({ say, params, executeAs }) => {
      await executeAs(unsubscribe, visitor('web'), { token: params.token ?? '' });
      return {
        title: say('page.unsubscribe.title'),
        body: (
          <Card>
            <PageHead title={say('page.unsubscribe.title')} />
            <Alert tone="success">
              <p>{say('page.unsubscribe.done')}</p>
            </Alert>
          </Card>
        ),
      };
    },
  }),
];
