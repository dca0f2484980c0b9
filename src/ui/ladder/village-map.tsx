import type { ComponentChild } from 'preact';
import type { Say } from '../../shared/words/index.ts';
import { type LadderRow, ladderSentence } from './bar.tsx';
import { type LaidMap, layMap, type MapShape, placeLabels, type TileBox, tileScale } from './map-layout.ts';
import { notReachedOf } from './steps.ts';
import { sideOf, Tile, tileSize, VillageGrid } from './village-grid.tsx';

/** Narrowest a map is on a screen on which names stand in it; below, numbers do. In pixels. */
const SHOWN_WIDTH = 720;
/** Room below a tile for a number or a name, in units of the picture: as much on a phone as there is. */
const BELOW = 30;

const percent = (part: number, of: number): string => `${Math.round((part / of) * 10_000) / 100}%`;

interface Mark {
  readonly name: string;
  readonly href?: string | undefined;
  /** What is told of it when one points at it. */
  readonly title: string;
  /** How large its tile is; none: nothing stands in it. */
  readonly tile?: { readonly box: TileBox; readonly drawn: ComponentChild };
}

const boxOf = (map: LaidMap, at: number, width: number, height: number): TileBox => {
  const { x, y } = map.shapes[at]!;
  return { x, y, width, height };
};

/** Outlines with what stands in them: a picture that grows with the page; names and numbers keep their size. */
const Sheet = ({ map, marks }: { map: LaidMap; marks: readonly Mark[] }) => {
  const shown = SHOWN_WIDTH / map.width;
  const feet = marks.map(({ tile }, at) => map.shapes[at]!.y + (tile ? tile.box.height / 2 : 0));
  const shifts = placeLabels(
    marks.map(({ name }, at) => ({ text: name, x: map.shapes[at]!.x * shown, y: feet[at]! * shown })),
    marks.flatMap(({ tile }) =>
      tile
        ? {
            x: tile.box.x * shown,
            y: tile.box.y * shown,
            width: tile.box.width * shown,
            height: tile.box.height * shown,
          }
        : [],
    ),
    SHOWN_WIDTH,
  );
  const inside = ({ title, tile }: Mark, at: number) => {
    const { path, x, y } = map.shapes[at]!;
    return (
      <>
        <title>{title}</title>
        {path && <path class="outline" d={path} />}
        {tile ? tile.drawn : !path && <circle class="spot" cx={x} cy={y} r="6" />}
      </>
    );
  };
  return (
    <div class="map-sheet">
      {/* A picture for who sees it and points at it; the list below says and opens the same by keyboard. */}
      <svg class="map-ground" viewBox={`0 0 ${map.width} ${map.height}`} aria-hidden="true" focusable="false">
        {marks.map((mark, at) =>
          mark.href ? (
            <a href={mark.href} tabindex={-1}>
              {inside(mark, at)}
            </a>
          ) : (
            <g>{inside(mark, at)}</g>
          ),
        )}
      </svg>
      <svg class="map-labels" width="100%" height="100%" aria-hidden="true" focusable="false">
        {marks.map(({ name }, at) => (
          <svg
            aria-hidden="true"
            width="1"
            height="1"
            overflow="visible"
            x={percent(map.shapes[at]!.x, map.width)}
            y={percent(feet[at]!, map.height)}
          >
            {shifts[at] !== undefined && (
              <text class="map-name" x={shifts[at]} y="14">
                {name}
              </text>
            )}
            <text class={shifts[at] === undefined ? 'map-number' : 'map-number spare'} y="12">
              {at + 1}
            </text>
          </svg>
        ))}
      </svg>
    </div>
  );
};

export interface MapRow extends LadderRow {
  readonly shape: MapShape | undefined;
}

/** The numbers of the map with their names, each opening what its village opens. */
const Names = ({ say, rows }: { say: Say; rows: readonly LadderRow[] }) => (
  <ol class="map-list" aria-label={say('ui.map.names')}>
    {rows.map(({ name, href, figures }) => {
      const nobody = figures.n === 0;
      const inside = (
        <>
          <span class="tile-name">{name}</span>{' '}
          <span class="tile-numbers" aria-hidden="true">
            {nobody ? say('ladder.nobody') : say('ladder.tile', { missing: notReachedOf(figures), n: figures.n })}
          </span>
          <span class="hidden">{nobody ? say('ladder.nobody') : ladderSentence(say, figures)}</span>
        </>
      );
      return <li>{href ? <a href={href}>{inside}</a> : <div>{inside}</div>}</li>;
    })}
  </ol>
);

/**
 * The villages on a map of their commune, each with its tile; those without a shape follow as tiles. At least one row has a
 * shape. How large a tile is says how many households are meant, as in the grid; all shrink together where villages are small.
 */
export const VillageMap = ({ say, label, rows }: { say: Say; label: string; rows: readonly MapRow[] }) => {
  const drawn = rows.flatMap((row) => (row.shape ? { ...row, shape: row.shape } : []));
  const rest = rows.filter(({ shape }) => !shape);
  const map = layMap(drawn.map(({ shape }) => shape));
  const most = Math.max(0, ...rows.map(({ figures }) => figures.n));
  const sides = drawn.map(({ figures }) => sideOf(figures.n, most));
  const boxes = sides.map((side, at) => boxOf(map, at, tileSize(side).width, tileSize(side).height));
  const scale = tileScale(boxes, BELOW);
  const marks = drawn.map(({ name, href, figures }, at): Mark => {
    const box = { ...boxes[at]!, width: boxes[at]!.width * scale, height: boxes[at]!.height * scale };
    const told = figures.n === 0 ? say('ladder.nobody') : ladderSentence(say, figures);
    const place = { x: box.x - box.width / 2, y: box.y - box.height / 2, scale };
    const tile = { box, drawn: <Tile figures={figures} side={sides[at]!} at={place} /> };
    return { name, href, title: `${name}. ${told}`, tile };
  });
  return (
    <>
      <figure class="village-map" aria-label={label}>
        <Sheet map={map} marks={marks} />
        <Names say={say} rows={drawn} />
      </figure>
      {rest.length > 0 && (
        <>
          <p>{say('ui.map.without')}</p>
          <VillageGrid say={say} label={say('ui.map.without')} rows={rest} />
        </>
      )}
    </>
  );
};

/** The same map with nothing but names: what was loaded. At least one village must be there. */
export const OutlineMap = (props: {
  say: Say;
  label: string;
  villages: readonly { readonly name: string; readonly shape: MapShape }[];
}) => (
  <figure class="village-map" aria-label={props.label}>
    <Sheet
      map={layMap(props.villages.map(({ shape }) => shape))}
      marks={props.villages.map(({ name }) => ({ name, title: name }))}
    />
    <ol class="map-list" aria-label={props.say('ui.map.names')}>
      {props.villages.map(({ name }) => (
        <li>
          <div>{name}</div>
        </li>
      ))}
    </ol>
  </figure>
);
