import { dropShapes, listShapes } from '../../../modules/territory/index.ts';
import { notFound } from '../../../shared/errors.ts';
import { Actions, Alert, Button, Form, FormTrouble, LinkButton, PageHead } from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { textOf, troubleOf } from '../../typed.ts';
import { requireBringer } from '../villages/may-bring.ts';
import { communeAsked, communeName } from './own-communes.ts';

const PATH = '/territory/map/drop';

const view = async (request: PageRequest): Promise<View> => {
  requireBringer(request);
  const { say, csrf, query, typed, execute } = request;
  const asked = textOf(typed.values, 'place') || textOf(query, 'place');
  const { commune } = await communeAsked(request, asked);
  if (!commune || (asked !== '' && commune.placeId !== asked)) throw notFound('place');
  const { placeId } = commune;
  const back = `/territory/map?place=${placeId}`;
  const count = (await execute(listShapes, { placeIds: [placeId] })).length;
  return {
    title: say('page.map.drop'),
    body: (
      <>
        <PageHead
          title={say('page.map.drop-title', { place: communeName(commune) })}
          back={{ href: `/territory/map?place=${commune.placeId}`, label: say('page.map.title') }}
          {...(count > 0 && { lead: say('page.map.drop-lead', { count }) })}
        />
        <FormTrouble trouble={troubleOf(request)} />
        {count === 0 && !typed.error && (
          <Alert tone="info">
            <p>{say('error.map.none')}</p>
          </Alert>
        )}
        {count === 0 ? (
          <Actions>
            <LinkButton href={back}>{say('page.map.title')}</LinkButton>
          </Actions>
        ) : (
          <Form action={PATH} csrf={csrf}>
            <input type="hidden" name="place" value={placeId} />
            <Actions>
              <Button look="danger">{say('page.map.drop')}</Button>
              <LinkButton href={back}>{say('ui.cancel')}</LinkButton>
            </Actions>
          </Form>
        )}
      </>
    ),
  };
};

export const dropPages = [
  page({ method: 'GET', path: PATH, signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: PATH,
    signedIn: true,
    again: view,
    handle: async (request) => {
      requireBringer(request);
      const placeId = textOf(request.form, 'place');
      await request.execute(dropShapes, { placeId });
      return { redirect: `/territory/map?place=${placeId}&dropped=1` };
    },
  }),
];
