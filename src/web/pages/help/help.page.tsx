import type { Say } from '../../../shared/words/index.ts';
import { Actions, Card, LinkButton, PageHead, Prose, plain, SummaryList } from '../../../ui/index.ts';
import { page } from '../../page.ts';
import { documentIn } from './documents.ts';

const KEYS = [
  'tab',
  'shift-tab',
  'enter',
  'space',
  'arrows',
  'back',
  'find',
  'print',
  'slash',
  'go',
  'question',
] as const;

const Keys = ({ say }: { say: Say }) => (
  <Card title={say('help.keys')}>
    <p>{say('help.keys-about')}</p>
    <SummaryList items={KEYS.map((key) => ({ label: say(`help.keyname.${key}`), value: say(`help.key.${key}`) }))} />
  </Card>
);

/** What helps to use the product. Open to everybody, as the documents are. */
export const helpPages = [
  page({
    method: 'GET',
    path: '/help',
    signedIn: false,
    handle: async ({ say }) => ({
      title: say('help.title'),
      body: (
        <>
          <PageHead title={say('help.title')} />
          <Card title={say('help.figures')}>
            <p>{say('help.figures-about')}</p>
            <Actions>
              <LinkButton look="primary" href="/help/figures">
                {say('help.figures-open')}
              </LinkButton>
            </Actions>
          </Card>
          <Keys say={say} />
        </>
      ),
    }),
  }),
  page({
    method: 'GET',
    path: '/help/figures',
    signedIn: false,
    handle: async ({ say, language }) => {
      const { name, tokens } = await documentIn('how-figures-are-made', language);
      const title = plain(name);
      return {
        title,
        body: (
          <>
            <PageHead title={title} back={{ href: '/help', label: say('help.title') }} />
            <Prose say={say} tokens={tokens} />
          </>
        ),
      };
    },
  }),
];
