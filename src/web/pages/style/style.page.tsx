import { LinkButton, PageHead, Stack, Tabs } from '../../../ui/index.ts';
import { page } from '../../page.ts';
import { FormSamples } from './form-samples.tsx';
import { LadderSamples } from './ladder-samples.tsx';
import { ListSamples } from './list-samples.tsx';
import { NoticeSamples } from './notice-samples.tsx';
import { TokenSamples } from './token-samples.tsx';

/** The parts of the page, each at an anchor of its own. */
const PARTS = ['tokens', 'forms', 'lists', 'notices', 'ladder'] as const;

/** Every part that pages are made of, in all its states: for who builds pages, and for the test that compares pictures. */
export const stylePages = [
  page({
    method: 'GET',
    path: '/console/style',
    signedIn: true,
    handle: async (request) => {
      const { say } = request;
      return {
        title: say('style.title'),
        body: (
          <>
            <PageHead
              title={say('style.title')}
              lead={say('style.lead')}
              back={{ href: '/help', label: say('nav.help') }}
              actions={
                <>
                  <LinkButton look="primary" href="#forms">
                    {say('style.primary')}
                  </LinkButton>
                  <LinkButton href="#lists">{say('style.secondary')}</LinkButton>
                </>
              }
            />
            <Tabs
              label={say('style.parts')}
              tabs={PARTS.map((part, at) => ({
                href: `#${part}`,
                label: say(`style.part.${part}`),
                current: at === 0,
              }))}
            />
            <Stack id="tokens">
              <h2>{say('style.part.tokens')}</h2>
              <TokenSamples say={say} />
            </Stack>
            <Stack id="forms">
              <h2>{say('style.part.forms')}</h2>
              <FormSamples request={request} />
            </Stack>
            <Stack id="lists">
              <h2>{say('style.part.lists')}</h2>
              <ListSamples request={request} />
            </Stack>
            <Stack id="notices">
              <h2>{say('style.part.notices')}</h2>
              <NoticeSamples request={request} />
            </Stack>
            <Stack id="ladder">
              <h2>{say('style.part.ladder')}</h2>
              <LadderSamples say={say} />
            </Stack>
          </>
        ),
      };
    },
  }),
];
