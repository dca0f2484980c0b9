-- The outline of a village, or a point in it, as a file of its commune drew it: nobody publishes boundaries of villages.
-- A boundary that moves is a row of its own from that day on; valid_from inclusive, valid_to exclusive, null = still so.

create table territory.place_shape (
  place_id uuid not null,
  valid_from date not null,
  valid_to date,
  -- RFC 7946, WGS84: Point, Polygon or MultiPolygon, made coarse enough to be drawn on a page
  geometry jsonb not null check (geometry ->> 'type' in ('Point', 'Polygon', 'MultiPolygon')),
  -- name of the file
  source text not null,
  -- null = the product itself
  loaded_by uuid,
  loaded_at timestamptz not null,
  primary key (place_id, valid_from),
  check (valid_to is null or valid_to > valid_from)
);
