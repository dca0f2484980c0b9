/** The map of a commune's villages, from the file of the commune itself. */
export const mapsEn: Readonly<Record<string, string>> = {
  'audit.territory.read-shapes-file': 'Read a file of village boundaries',
  'audit.territory.load-shapes': 'Loaded a map of villages',
  'audit.territory.drop-shapes': 'Took a map of villages away',

  'error.map.no-file': 'Choose the file with the boundaries of the villages.',
  'error.map.not-utf8': 'The file is not written in UTF-8. Export the GeoJSON file again as UTF-8 and send it again.',
  'error.map.not-json':
    'This file cannot be read. It must be a whole GeoJSON file (.geojson or .json); export a shapefile, KML or AutoCAD drawing to GeoJSON and send that.',
  'error.map.not-geojson':
    'The file is no GeoJSON “FeatureCollection” or “Feature”. Export it to GeoJSON once more from the mapping program.',
  'error.map.empty': 'The file has no features. Export the layer with the villages again and send it.',
  'error.map.too-many': 'The file has more than {most} features. Export the villages of your commune alone.',
  'error.map.too-fine':
    'The file has more than {most} points. Simplify the boundaries, or export the villages of the commune alone.',
  'error.map.too-deep': 'The file is nested too deeply to be common GeoJSON. Export it again.',
  'error.map.crs':
    'The file names the coordinate system {crs}, which cannot be drawn. Export it again as WGS84 / EPSG:4326 (longitude, latitude) and send it again.',
  'error.map.metres':
    'Feature {number} has the coordinates {x}; {y}: this file is in metres (VN-2000 or UTM). Export it again as WGS84 / EPSG:4326 (longitude, latitude) and send it again.',
  'error.map.swapped':
    'Feature {number} has the coordinates {x}; {y}: latitude stands before longitude. Export it again as GeoJSON asks: longitude first, then latitude.',
  'error.map.elsewhere':
    'Feature {number} has the coordinates {x}; {y}, which are outside Vietnam. Check the file, or export it again as WGS84 / EPSG:4326.',
  'error.map.future': 'This day has not come yet. Write today or a day before, or leave it empty.',
  'error.map.no-villages': 'This commune has no villages in the register yet. Bring in the list of villages first.',
  'error.map.nobody': 'No feature is a village of the commune, so nothing was written.',
  'error.map.too-heavy': 'This map is too large to load at once. Split the file by village and load each part.',
  'error.map.none': 'This commune has no map to take away.',
  'error.map.feature.no-geometry': 'It has no shape (its geometry is empty).',
  'error.map.feature.kind':
    'It is a line or another kind of shape. An area (Polygon, MultiPolygon) or a Point is needed.',
  'error.map.feature.coordinates': 'Its coordinates make no area. Draw this shape again.',

  'page.map.title': 'Map of the villages',
  'page.map.lead':
    'Nobody publishes the boundaries of villages, so a commune uses its own file. Once it is loaded, the page “Coverage” draws a map where tiles stood.',
  'page.map.place': 'Commune',
  'page.map.show': 'Show',
  'page.map.no-places': 'There is no commune in your area to load a map for.',
  'page.map.no-villages':
    'This commune has no villages in the register yet. Bring in the list of villages, then the map.',
  'page.map.now': 'The map in use',
  'page.map.now-of': '{drawn} of {villages} {villages|village|villages} {drawn|is|are} drawn.',
  'page.map.now-source': 'File {source}, loaded at {at}.',
  'page.map.now-none': 'No map is loaded; the villages are drawn as tiles.',
  'page.map.picture': 'Map of the villages of {place}',
  'page.map.without': 'Villages without a shape: {names}.',
  'page.map.load': 'Load a file of boundaries',
  'page.map.load-other': 'Load another file',
  'page.map.file': 'GeoJSON file',
  'page.map.file-hint':
    '.geojson or .json, at most 10 MB, coordinates in WGS84 / EPSG:4326. One feature for each village (an area or a point), with its name.',
  'page.map.from': 'Boundaries are so since',
  'page.map.from-hint':
    'Only when boundaries have changed, such as 01/07/2025. Empty: replaces the shape of the days before, too.',
  'page.map.check': 'Check the file',
  'page.map.report': 'Checked, nothing written yet',
  'page.map.counts':
    'The file has {features} {features|feature|features}; {villages} {villages|village|villages} found: {added} newly drawn, {changed} changed, {same} as before.',
  'page.map.found': 'Villages found in the file',
  'page.map.village': 'Village',
  'page.map.features': 'Feature',
  'page.map.kind': 'Drawn as',
  'page.map.kind.outline': 'outline',
  'page.map.kind.point': 'a point',
  'page.map.change': 'Against the map in use',
  'page.map.change.added': 'newly drawn',
  'page.map.change.changed': 'changed',
  'page.map.change.same': 'as before',
  'page.map.left': 'Features that are not used, and why',
  'page.map.text': 'Name in the file',
  'page.map.why': 'Why',
  'page.map.why.none': 'No village of the commune is called so.',
  'page.map.why.near': 'No village of the commune is called so. Nearly the same: {names}.',
  'page.map.why.several': 'The name fits several villages, and none is guessed. Write the full name into the file.',
  'page.map.why.no-name': 'It has no name of a village.',
  'page.map.why.elsewhere': 'It is of another commune.',
  'page.map.why.second-point': 'A point too many: the village is drawn already.',
  'page.map.missing': 'Villages without a shape ({count}): {names}. They stay tiles.',
  'page.map.nothing':
    'No feature is a village of the commune. Look at the names in the file, make them those of the register and send it again.',
  'page.map.right': 'Press “Use this map” to write it. Villages that the file does not draw keep the shape they have.',
  'page.map.commit': 'Use this map',
  'page.map.done': 'The map is loaded: {count} {count|village is|villages are} drawn from the file.',
  'page.map.to-coverage': 'See coverage on the map',
  'page.map.drop': 'Take the map away',
  'page.map.drop-title': 'Take the map of {place} away?',
  'page.map.drop-lead':
    'From today on, {count} {count|village is a tile|villages are tiles} again. Coverage of earlier days keeps the map. It can be loaded again at any time.',
  'page.map.dropped': 'The map is taken away.',
  'page.map.invite': 'Do you have a file of village boundaries? Load a map of the commune',
  'page.map.change-link': 'Change the map of the commune, or take it away',
  'page.map.no-places-next': 'Ask the administrator for an area that has communes.',

  'page.coverage.map': 'The villages on the map',
  'page.coverage.map-about':
    'Boundaries are those of the commune’s file. In the middle of each village stands a tile: the larger, the more households are meant. Press a village, or its name below, to see the list.',
  'ui.map.names': 'Names of the villages on the map',
  'ui.map.without': 'These villages are not on the map yet:',

  'cli.help.place.shapes': 'Load a map of the villages of a commune from a GeoJSON file (WGS84).',
  'cli.option.shapes-commune': 'The commune of the villages in the file: name, id or five-digit code',
  'cli.option.shapes-from': 'Boundaries are so since this day (by default: as long as the villages have been)',
  'cli.column.feature': 'Feature',
  'cli.shapes.counts':
    '{features} {features|feature|features} in the file; {villages} {villages|village|villages} found: {added} newly drawn, {changed} changed, {same} as before.',
  'cli.shapes.missing': 'Villages without a shape: {names}',
  'cli.shapes.done': 'The map is loaded.',
  'cli.shapes.nothing': 'No feature is a village of the commune, so nothing was written.',
  'cli.shapes.dry-run': 'Checked only, nothing written. Leave out --dry-run to write.',
};
