import { Alert, Cards, EmptyState, Lead, LinkCard, PageHead, TaskColumns } from '../../../ui/index.ts';
import { destinationsOf } from '../../navigation.ts';
import { type PageRequest, page } from '../../page.ts';
import { mayImport } from '../imports/may-import.ts';
import { FirstSteps, firstSteps } from './first-steps.tsx';
import { TaskCard } from './task-list.tsx';
import { tasksOfDay } from './tasks-of-day.ts';

/** Who is here, and in which roles. */
const Greeting = async ({ actor, say, frame }: PageRequest) => {
  const { places } = await frame();
  return (
    <Lead>
      {say('page.home.hello', { name: actor.name })}
      {actor.grants.map(({ role, placeId }) => (
        <>
          {' · '}
          {say(`role.${role}`)}, {places[placeId] ?? say('page.home.unknown-place')}
        </>
      ))}
    </Lead>
  );
};

const Destinations = ({ actor, say }: PageRequest) => {
  // Who may only look at lists is not told to bring them in.
  const about = (key: string) =>
    key === 'imports' && !mayImport({ actor }) ? 'page.home.to.imports-look' : `page.home.to.${key}`;
  return (
    <>
      <h2>{say('today.elsewhere')}</h2>
      <Cards>
        {destinationsOf(actor)
          .filter(({ name }) => name !== 'home')
          .map(({ href, name }) => (
            <LinkCard href={href} title={say(`nav.${name}`)}>
              <Lead>{say(about(name))}</Lead>
            </LinkCard>
          ))}
      </Cards>
    </>
  );
};

export const homePages = [
  page({
    method: 'GET',
    path: '/',
    signedIn: true,
    handle: async (request) => {
      const { actor, say } = request;
      const groups = await tasksOfDay(request);
      const steps = await firstSteps(request);
      return {
        title: say('nav.home'),
        body: (
          <>
            <PageHead title={say('nav.home')} />
            {await Greeting(request)}
            {actor.grants.length === 0 ? (
              <Alert tone="warning">
                <p>{say('page.home.no-role')}</p>
              </Alert>
            ) : (
              <>
                {steps && <FirstSteps say={say} steps={steps} />}
                {!steps && groups.length === 0 && (
                  <EmptyState title={say('today.nothing')}>
                    <p>{say('today.nothing-more')}</p>
                  </EmptyState>
                )}
                <TaskColumns>
                  {groups.map((group) => (
                    <TaskCard say={say} group={group} />
                  ))}
                </TaskColumns>
              </>
            )}
            {Destinations(request)}
          </>
        ),
      };
    },
  }),
];
