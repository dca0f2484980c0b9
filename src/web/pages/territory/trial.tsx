import type { FoundShape, LeftShape, ShapeFault, ShapesReport } from '../../../modules/territory/index.ts';
import { Actions, Alert, Button, Card, Form, OutlineMap, Table } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { capital } from '../../show.ts';

/** What a file came to. */
export interface Tried {
  readonly placeId: string;
  readonly place: string;
  /** As it was typed; empty = none. */
  readonly from: string;
  readonly features: number;
  readonly faults: readonly ShapeFault[];
  readonly report: ShapesReport;
  /** The shapes that are villages, for the form that writes them. */
  readonly held: string;
}

type Speaks = Pick<PageRequest, 'say'>;

const Found = ({ say, found }: Speaks & { found: readonly FoundShape[] }) => (
  <Table
    caption={say('page.map.found')}
    rows={found}
    columns={[
      { label: say('page.map.village'), cell: ({ name }) => <strong>{capital(name)}</strong> },
      { label: say('page.map.features'), number: true, cell: ({ numbers }) => numbers.join(', ') },
      {
        label: say('page.map.kind'),
        cell: ({ geometry }) => say(`page.map.kind.${geometry.type === 'Point' ? 'point' : 'outline'}`),
      },
      { label: say('page.map.change'), cell: ({ change }) => say(`page.map.change.${change}`) },
    ]}
  />
);

const whyOf = ({ say }: Speaks, { why, nearest }: LeftShape): string =>
  why === 'none' && nearest.length > 0
    ? say('page.map.why.near', { names: nearest.join(', ') })
    : say(`page.map.why.${why}`);

/** Features that fit nobody, or cannot be drawn, in the order of the file. */
const Left = ({ say, left, faults }: Speaks & Pick<Tried, 'faults'> & Pick<ShapesReport, 'left'>) => (
  <Table
    caption={say('page.map.left')}
    rows={[
      ...left.map((each) => ({ number: each.number, text: each.text, why: whyOf({ say }, each) })),
      ...faults.map(({ number, code }) => ({ number, text: '', why: say(`error.map.feature.${code}`) })),
    ].sort((a, b) => a.number - b.number)}
    columns={[
      { label: say('page.map.features'), number: true, cell: ({ number }) => number },
      { label: say('page.map.text'), cell: ({ text }) => (text === '' ? '—' : <span lang="vi">{text}</span>) },
      { label: say('page.map.why'), cell: ({ why }) => why },
    ]}
  />
);

/** What the trial found; a file of which something is a village is written from here, without choosing it again. */
export const Trial = ({ request, tried }: { request: PageRequest; tried: Tried }) => {
  const { say, csrf } = request;
  const { found, left, missing } = tried.report;
  const count = (change: FoundShape['change']): number => found.filter((each) => each.change === change).length;
  return (
    <Card title={say('page.map.report')}>
      {found.length === 0 ? (
        <Alert tone="danger">
          <p>{say('page.map.nothing')}</p>
        </Alert>
      ) : (
        <>
          <p>
            <strong>
              {say('page.map.counts', {
                ...{ features: tried.features, villages: found.length },
                ...{ added: count('added'), changed: count('changed'), same: count('same') },
              })}
            </strong>
          </p>
          {missing.length > 0 && (
            <p>{say('page.map.missing', { count: missing.length, names: missing.map(capital).join(', ') })}</p>
          )}
          <p>{say('page.map.right')}</p>
          <Form action="/territory/map" csrf={csrf} files>
            <input type="hidden" name="place" value={tried.placeId} />
            <input type="hidden" name="from" value={tried.from} />
            <input type="hidden" name="map" value={tried.held} />
            <Actions>
              <Button>{say('page.map.commit')}</Button>
            </Actions>
          </Form>
          <OutlineMap
            say={say}
            label={say('page.map.picture', { place: tried.place })}
            villages={found.map(({ name, geometry }) => ({ name: capital(name), shape: geometry }))}
          />
        </>
      )}
      {left.length + tried.faults.length > 0 && <Left say={say} left={left} faults={tried.faults} />}
      {found.length > 0 && <Found say={say} found={found} />}
    </Card>
  );
};
