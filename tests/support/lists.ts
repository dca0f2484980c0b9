import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  checkList,
  commitList,
  decideList,
  getImport,
  type ImportCounts,
  listDecisions,
  mapList,
  openList,
  receiveList,
} from '../../src/modules/registry/index.ts';
import { importPlaces, referenceId } from '../../src/modules/territory/index.ts';
import { type Actor, systemActor } from '../../src/platform/command.ts';
import type { World } from './world.ts';

/** One household of a list as a test writes it; what is left out stays an empty cell. */
export interface Row {
  readonly code?: string;
  readonly head: string;
  readonly birth?: string;
  readonly id?: string;
  readonly commune?: string;
  readonly village: string;
  readonly class: string;
  readonly size?: number;
  readonly ethnicity?: string;
  readonly phones?: readonly string[];
  /** Which of the twelve are marked; undefined in all rows = the list has no such columns. */
  readonly lacks?: readonly number[];
  readonly livelihood?: string;
  /** In no row = the list has no such column. */
  readonly languages?: string;
}

export interface Member {
  readonly code: string;
  readonly name: string;
  readonly relation?: string;
  readonly birth?: string;
  readonly id?: string;
  readonly school?: string;
  readonly phone?: string;
}

const INDICATORS = [
  'Việc làm', 'Người phụ thuộc', 'Dinh dưỡng', 'Bảo hiểm y tế', 'Trình độ giáo dục của người lớn', 'Tình trạng đi học của trẻ em',
  'Chất lượng nhà ở', 'Diện tích nhà ở bình quân', 'Nguồn nước sinh hoạt', 'Nhà tiêu hợp vệ sinh', 'Sử dụng dịch vụ viễn thông',
  'Phương tiện phục vụ tiếp cận thông tin',
]; // biome-ignore format: a table of words

const csv = (rows: readonly (readonly (string | number | undefined)[])[]): string =>
  rows.map((cells) => cells.map((cell) => String(cell ?? '')).join(';')).join('\r\n');

export const householdsCsv = (rows: readonly Row[], synthetic = false): string => {
  const marked = rows.some(({ lacks }) => lacks);
  const speaking = rows.some(({ languages }) => languages);
  const heading = ['Mã hộ', 'Họ và tên chủ hộ', 'Ngày sinh', 'Số CCCD', 'Xã', 'Thôn/bản', 'Phân loại hộ', 'Số nhân khẩu', 'Dân tộc', 'Số điện thoại', 'Sinh kế']; // biome-ignore format: a line of headings
  return csv([
    [
      ...heading,
      ...(speaking ? ['Ngôn ngữ'] : []),
      ...(marked ? INDICATORS.map((name) => `Thiếu hụt: ${name}`) : []),
      ...(synthetic ? ['Ghi chú'] : []),
    ],
    ...rows.map((row) => [
      ...[row.code, row.head, row.birth, row.id, row.commune, row.village, row.class, row.size, row.ethnicity],
      ...[row.phones?.join(', '), row.livelihood],
      ...(speaking ? [row.languages] : []),
      ...(marked ? INDICATORS.map((_, at) => (row.lacks?.includes(at + 1) ? 'x' : '')) : []),
      ...(synthetic ? ['dữ liệu mô phỏng'] : []),
    ]),
  ]);
};

const membersCsv = (rows: readonly Member[]): string =>
  csv([
    ['Mã hộ', 'Họ và tên', 'Quan hệ với chủ hộ', 'Ngày sinh', 'Số CCCD', 'Tình trạng đi học', 'Số điện thoại'],
    ...rows.map(({ code, name, relation, birth, id, school, phone }) => [
      code,
      name,
      relation,
      birth,
      id,
      school,
      phone,
    ]),
  ]);

const old = (code: string): string => referenceId(`old:commune:${code}`);
export const since2025 = (code: string): string => referenceId(`2025:commune:${code}`);

/** Two communes of the old district Trạm Tấu; the first stays one in the merger, the second becomes another. */
export const [taXiLang, paHu] = ['04603', '04606'].map(old) as [string, string];

const VILLAGES = [
  ['Thôn Một', '04603'], ['Thôn Hai', '04603'], ['Thôn Ba', '04603'],
  ['Bản Cao', '04606'], ['Bản Thấp', '04606'], ['Thôn Một', '04606'],
  ['Bản Xa', '04609'],
] as const; // biome-ignore format: a table

export const importVillages = async (world: World): Promise<void> => {
  const rows = [['Tên thôn', 'Mã xã cũ'], ...VILLAGES].map((cells, at) => ({ row: at + 1, cells: [...cells] }));
  await world.execute(importPlaces, systemActor, { rows, commit: true });
};

export interface List {
  readonly rows: readonly Row[];
  readonly members?: readonly Member[];
  readonly asOf: string;
  readonly placeId?: string;
  /** Complete for poor and near poor, unless said otherwise; null = not complete. */
  readonly complete?: readonly ('poor' | 'near_poor' | 'newly_escaped')[] | null;
  readonly synthetic?: boolean;
  readonly actor?: Actor;
}

let files = 0;

/** Puts a text or bytes into the store as an uploaded file. */
export const upload = async (world: World, name: string, content: string | Buffer) => {
  files += 1;
  const path = join(world.dataDir, `upload-${files}-${name}`);
  await writeFile(path, content);
  return { name, ...(await world.files.putPath(path, 64 * 1_048_576)) };
};

export const receive = async (world: World, list: List): Promise<string> => {
  const { importId } = await world.execute(receiveList, list.actor ?? systemActor, {
    file: await upload(world, 'danh-sach.csv', householdsCsv(list.rows, list.synthetic)),
    members: list.members ? await upload(world, 'thanh-vien.csv', membersCsv(list.members)) : null,
    placeId: list.placeId ?? taXiLang,
    asOf: list.asOf,
    completeClasses: list.complete === undefined ? ['poor', 'near_poor'] : list.complete && [...list.complete],
    stepwise: true,
  });
  return importId;
};

/** As far as the dry run: counts, and the import to go on with. */
export const check = async (world: World, list: List): Promise<{ importId: string; counts: ImportCounts }> => {
  const importId = await receive(world, list);
  await world.execute(openList, systemActor, { importId });
  await world.execute(mapList, list.actor ?? systemActor, { importId, stepwise: true });
  return { importId, counts: await world.execute(checkList, systemActor, { importId }) };
};

/** The same for a file as it stands, of Tà Xi Láng and of the last day of November. */
export const checkText = async (world: World, text: string): Promise<{ importId: string; counts: ImportCounts }> => {
  const { importId } = await world.execute(receiveList, systemActor, {
    file: await upload(world, 'danh-sach.csv', text),
    ...{ placeId: taXiLang, asOf: '2025-11-30', stepwise: true },
  });
  await world.execute(openList, systemActor, { importId });
  return { importId, counts: await recheck(world, importId) };
};

export const recheck = async (world: World, importId: string): Promise<ImportCounts> => {
  await world.execute(mapList, systemActor, { importId, stepwise: true });
  return world.execute(checkList, systemActor, { importId });
};

/** All the way; whatever is not asked for stays open. */
export const bringIn = async (world: World, list: List): Promise<string> => {
  const { importId } = await check(world, list);
  await world.execute(commitList, list.actor ?? systemActor, { importId });
  return importId;
};

export const decisions = async (world: World, importId: string) =>
  (await world.execute(listDecisions, systemActor, { importId, limit: 1_000 })).rows;

/** Answers the questions about households with these codes, of the kind that the answer fits. */
export const answer = async (
  world: World,
  importId: string,
  answers: Readonly<Record<string, 'escaped' | 'moved' | 'gone' | 'mistake' | 'same' | 'different'>>,
): Promise<void> => {
  const rows = await decisions(world, importId);
  for (const [code, said] of Object.entries(answers)) {
    const kindAsked = said === 'same' || said === 'different' ? 'duplicate' : 'missing';
    const asked = rows.filter((row) => row.code === code && row.kind === kindAsked);
    if (asked.length === 0) throw new Error(`nobody asks about ${code}`);
    for (const { kind, decisionId } of asked)
      await world.execute(decideList, systemActor, { importId, kind, ids: [decisionId], answer: said });
  }
};

export const stateOf = async (world: World, importId: string): Promise<string> =>
  (await world.execute(getImport, systemActor, { importId })).state;

const FACTS = [
  'subject', 'subject_code', 'subject_row', 'residency', 'classification', 'deprivation', 'profile', 'person', 'contact_point', 'subject_now',
] as const; // biome-ignore format: a table

/** A hash of every fact of the registry, ids and dates of recording included. */
export const fingerprint = async (world: World): Promise<string> => {
  const parts = FACTS.map(
    (table) =>
      `select '${table}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from registry.${table} t`,
  );
  const { rows } = await world.database.pool.query(
    `select string_agg(name || ' ' || hash, ', ' order by name) as hash from (${parts.join(' union all ')}) x`,
  );
  return rows[0].hash;
};

/** An empty registry, with the places as they are. */
export const emptyRegistry = async (world: World): Promise<void> => {
  await world.database.pool.query(`truncate ${FACTS.map((table) => `registry.${table}`).join(', ')}, registry.import,
    registry.import_subject, registry.import_change, registry.import_mapping cascade`);
  await world.database.pool.query(`delete from platform.setting where key = 'installation'`);
};

export interface Standing {
  readonly code: string;
  readonly village: string | null;
  readonly class: string | null;
  readonly head: string | null;
  readonly members: number;
  readonly mobiles: number;
  readonly lacks: readonly number[] | null;
}

/** How every household stood on a day, by code. */
export const standing = async (world: World, day: string): Promise<Record<string, Standing>> => {
  const { rows } = await world.database.pool.query(
    `select n.code, v.name as village, n.class, n.head_name as head, n.members, n.mobiles,
      case when n.d1 is not null then array_remove(array[${Array.from({ length: 12 }, (_, at) => `case when d${at + 1} then ${at + 1} end`).join(', ')}], null) end as lacks
    from registry.subject_at($1::date) n left join territory.place_version v on v.place_id = n.village_id
      and v.valid_from <= $1::date and (v.valid_to is null or v.valid_to > $1::date) order by n.code`,
    [day],
  );
  return Object.fromEntries(rows.map((row) => [row.code, row]));
};
