import {
  Alert,
  Badge,
  Beside,
  Card,
  Cards,
  Dialog,
  Figure,
  Figures,
  FirstThings,
  LinkCard,
  Part,
  Progress,
  Tasks,
} from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';

const TONES = ['info', 'success', 'warning', 'danger'] as const;
const STATES = ['arrived', 'under-way', 'waiting', 'not-arrived'] as const;

/** What is told, how something stands, how much there is, what to do. */
export const NoticeSamples = ({ request: { say } }: { request: PageRequest }) => (
  <>
    <Beside>
      {TONES.map((tone) => (
        <Alert tone={tone}>
          <p>{say(`style.notice.${tone}`)}</p>
        </Alert>
      ))}
    </Beside>
    <p>
      {(['plain', 'info', 'good', 'warning', 'danger'] as const).map((tone) => (
        <>
          <Badge tone={tone}>{say(`style.badge.${tone}`)}</Badge>{' '}
        </>
      ))}
    </p>
    <Figures say={say} how="unit">
      <Figure value="1.653" caption={say('style.figure')} href="#notices" />
      <Figure value="0" caption={say('style.figure')} note={say('style.hint')} />
    </Figures>
    <Progress
      parts={STATES.map((kind, at) => ({
        ...{ kind, count: 40 - at * 10, shown: String(40 - at * 10), label: say(`page.dispatches.standing.${kind}`) },
      }))}
    />
    <Cards>
      <LinkCard href="#notices" title={say('style.card')}>
        <p>{say('style.text')}</p>
      </LinkCard>
      <Card title={say('style.tasks')}>
        <Tasks>
          <li>
            <a href="#notices">{say('style.task')}</a>
          </li>
          <li>
            <a href="#notices">{say('style.task')}</a> <Badge tone="danger">{say('style.late')}</Badge>
          </li>
        </Tasks>
      </Card>
      <Card title={say('style.first')}>
        <FirstThings
          done={say('today.first.done')}
          things={[true, false].map((done) => ({
            ...{ done, href: '#notices', label: say('style.task'), note: say('style.hint') },
          }))}
        />
      </Card>
    </Cards>
    <Part title={say('style.part-closed')}>
      <p>{say('style.text')}</p>
    </Part>
    <Part title={say('style.part-open')} open>
      <p>{say('style.text')}</p>
    </Part>
    <Dialog id="sample" title={say('style.dialog')} close={say('ui.keys.close')} open>
      <p>{say('style.text')}</p>
    </Dialog>
  </>
);
