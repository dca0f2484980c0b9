import { type Coverage, type LineCoverage, unitCounted, valueName } from '../../../modules/coverage/index.ts';
import { sayOf } from '../../../shared/words/units.ts';
import { LadderChart, type LadderRow, VillageGrid } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { capital } from '../../show.ts';
import { type AskedFor, addressOf } from './asked.ts';
import { behindRow } from './figure-table.tsx';
import { rowsShown } from './rows-shown.ts';

/** More bars than this are looked at by nobody; the table holds them all. */
const MOST_BARS = 150;

interface LineCharts {
  readonly request: PageRequest;
  readonly asked: AskedFor;
  readonly coverage: Coverage;
  readonly line: LineCoverage;
}

/** "Thôn Một" of "Thôn Một, xã Hạnh Phúc", where every row would say the same commune again. */
const shortNames = (places: readonly string[]): ((place: string) => string) => {
  const above = new Set(places.map((place) => place.slice(place.indexOf(',') + 1)));
  return above.size === 1 && places.every((place) => place.includes(',')) && places.length > 1
    ? (place) => place.slice(0, place.indexOf(','))
    : (place) => place;
};

const rowsOf = ({ request, asked, coverage, line }: LineCharts): LadderRow[] => {
  const { say } = request;
  const shown = rowsShown(line);
  const short = shortNames(shown.flatMap(({ placeId, place }) => (placeId === null ? [] : place)));
  return shown.map((row) => {
    const behind = behindRow(asked, line, row);
    const value = valueName(say, coverage.facet, row.value);
    const place = row.placeId === null ? say('coverage.elsewhere') : capital(short(row.place));
    const opens = row.n === 0 ? undefined : behind(row.reached < row.n ? 'not-reached' : 'n');
    return {
      name: value ? `${place}: ${value}` : place,
      href: opens,
      figures: { ...row, threshold: line.threshold },
      target: line.targetPercent / 100,
    };
  });
};

/** One line as bars, and its villages as tiles; the table below says the same in numbers. */
export const LinePictures = (props: LineCharts) => {
  const { asked, coverage, line } = props;
  const say = sayOf(props.request.say, line.subject);
  const rows = rowsOf(props);
  if (rows.length > MOST_BARS) return <p class="lead">{say('page.coverage.too-many-bars')}</p>;
  const tiles = asked.position !== null && coverage.by === 'village' && coverage.facet === 'all' && rows.length > 1;
  const about = { position: line.position, what: line.what };
  return (
    <>
      <LadderChart say={say} label={say('page.coverage.chart', about)} rows={rows} />
      {tiles && (
        <>
          <h3>{say('page.coverage.villages')}</h3>
          <p>{say('page.coverage.villages-about')}</p>
          <VillageGrid say={say} label={say('page.coverage.villages')} rows={rows} />
        </>
      )}
    </>
  );
};

/** All lines of a plan as bars, each by its own stage and target. */
export const PlanPicture = (props: Omit<LineCharts, 'line'>) => {
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
