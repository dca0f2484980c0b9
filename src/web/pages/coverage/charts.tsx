import { type Coverage, type LineCoverage, unitCounted, valueName } from '../../../modules/coverage/index.ts';
import { sayOf } from '../../../shared/words/units.ts';
import { Hint, LadderChart, type LadderRow, Lead, type MapShape, VillageGrid, VillageMap } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { shortPlaces } from '../../short-places.ts';
import { mayBringVillages } from '../villages/may-bring.ts';
import { type AskedFor, addressOf } from './asked.ts';
import { behindRow } from './figure-table.tsx';
import { rowsShown } from './rows-shown.ts';

/** More bars than this are looked at by nobody; the table holds them all. */
export const MOST_BARS = 150;

interface LineCharts {
  readonly request: PageRequest;
  readonly asked: AskedFor;
  readonly coverage: Coverage;
  readonly line: LineCoverage;
  /** The shapes of villages that a file of their commune drew, by village. */
  readonly shapes: ReadonlyMap<string, MapShape>;
}

const rowsOf = ({ request, asked, coverage, line, shapes }: LineCharts) => {
  const { say } = request;
  const shown = rowsShown(line);
  const short = shortPlaces(shown.flatMap(({ placeId, place }) => (placeId === null ? [] : place)));
  return shown.map((row) => {
    const behind = behindRow(asked, line, row);
    const value = valueName(say, coverage.facet, row.value);
    const place = row.placeId === null ? say('coverage.elsewhere') : short(row.place);
    const opens = row.n === 0 ? undefined : behind(row.reached < row.n ? 'not-reached' : 'n');
    return {
      name: value ? `${place}: ${value}` : place,
      href: opens,
      figures: { ...row, threshold: line.threshold },
      target: line.targetPercent / 100,
      shape: row.placeId === null ? undefined : shapes.get(row.placeId),
    };
  });
};

/** The villages of a line on the map of their commune; without one as tiles. Who may bring a map is told how. */
const Villages = (props: LineCharts & { rows: ReturnType<typeof rowsOf> }) => {
  const { request, asked, line, rows } = props;
  const say = sayOf(request.say, line.subject);
  const mapped = rows.some(({ shape }) => shape);
  const title = say(mapped ? 'page.coverage.map' : 'page.coverage.villages');
  return (
    <>
      <h3>{title}</h3>
      <p>{say(mapped ? 'page.coverage.map-about' : 'page.coverage.villages-about')}</p>
      {mapped ? (
        <VillageMap say={say} label={title} rows={rows} />
      ) : (
        <VillageGrid say={say} label={title} rows={rows} />
      )}
      {mayBringVillages(request) && (
        <Hint print={false}>
          <a href={`/territory/map${asked.placeId ? `?place=${asked.placeId}` : ''}`}>
            {say(mapped ? 'page.map.change-link' : 'page.map.invite')}
          </a>
        </Hint>
      )}
    </>
  );
};

/** One line as bars, and its villages on a map or as tiles; the table below says the same in numbers. */
export const LinePictures = (props: LineCharts) => {
  const { asked, coverage, line } = props;
  const say = sayOf(props.request.say, line.subject);
  const rows = rowsOf(props);
  if (rows.length > MOST_BARS) return <Lead>{say('page.coverage.too-many-bars')}</Lead>;
  const tiles = asked.position !== null && coverage.by === 'village' && coverage.facet === 'all' && rows.length > 1;
  const about = { position: line.position, what: line.what };
  return (
    <>
      <LadderChart say={say} label={say('page.coverage.chart', about)} rows={rows} />
      {tiles && <Villages {...props} rows={rows} />}
    </>
  );
};

/** All lines of a plan as bars, each by its own stage and target. */
export const PlanPicture = (props: Omit<LineCharts, 'line' | 'shapes'>) => {
  const { request, asked, coverage } = props;
  const say = sayOf(request.say, unitCounted(coverage));
  const rows = coverage.lines.map(
    (line): LadderRow => ({
      name: say('page.coverage.line-option', { position: line.position, what: line.what }),
      href: addressOf('/coverage', { ...asked, position: line.position, by: 'village' }),
      figures: { ...line.sum, threshold: line.threshold },
      target: line.targetPercent / 100,
    }),
  );
  return <LadderChart say={say} label={say('page.coverage.chart-lines')} rows={rows} />;
};
