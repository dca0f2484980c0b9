import { Alert, Card } from '../../../ui/index.ts';
import { destinationsOf } from '../../navigation.ts';
import { page } from '../../page.ts';
import { mayImport } from '../imports/may-import.ts';

export const homePages = [
  page({
    method: 'GET',
    path: '/',
    signedIn: true,
    handle: async ({ actor, say, frame }) => {
      // Who may only look at lists is not told to bring them in.
      const about = (key: string) =>
        key === 'imports' && !mayImport({ actor }) ? 'page.home.to.imports-look' : `page.home.to.${key}`;
      const { places } = await frame();
      return {
        title: say('nav.home'),
        body: (
          <>
            <h1>{say('page.home.hello', { name: actor.name })}</h1>
            {actor.grants.length === 0 ? (
              <Alert tone="warning">
                <p>{say('page.home.no-role')}</p>
              </Alert>
            ) : (
              <ul class="plain roles">
                {actor.grants.map(({ role, placeId }) => (
                  <li>
                    <strong>{say(`role.${role}`)}</strong> · {places[placeId] ?? say('page.home.unknown-place')}
                  </li>
                ))}
              </ul>
            )}
            <div class="cards">
              {destinationsOf(actor)
                .filter(({ key }) => key !== 'home')
                .map(({ href, key }) => (
                  <Card>
                    <h2>
                      <a class="cover" href={href}>
                        {say(`nav.${key}`)}
                      </a>
                    </h2>
                    <p class="lead">{say(about(key))}</p>
                  </Card>
                ))}
            </div>
          </>
        ),
      };
    },
  }),
];
