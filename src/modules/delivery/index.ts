import { dropLists } from './drop-lists.ts';
import { getLineForm } from './get-line-form.ts';
import { listLines } from './list-lines.ts';
import { listRecent } from './list-recent.ts';
import { listVillageHouseholds } from './list-village-households.ts';
import { readListFile } from './read-list-file.ts';
import { recordLeaflets } from './record-leaflets.ts';
import { recordLeafletsLeft } from './record-leaflets-left.ts';

export { blankList } from './blank-list.ts';
export { dropLists } from './drop-lists.ts';
export { areaProofs, listProofs, wholeNumber } from './evidence.ts';
export { getLineForm } from './get-line-form.ts';
export { listLines } from './list-lines.ts';
export { listRecent } from './list-recent.ts';
export { listVillageHouseholds } from './list-village-households.ts';
export { readListFile } from './read-list-file.ts';
export { type AreaInput, type AreaKind, type AreaReport, areaFields, recordForVillages } from './record-area.ts';
export { recordLeaflets } from './record-leaflets.ts';
export { recordLeafletsLeft } from './record-leaflets-left.ts';
export { type ListReport, listFields, recordByList } from './record-list.ts';

export const deliveryUseCases = [
  recordLeaflets,
  recordLeafletsLeft,
  listLines,
  getLineForm,
  listVillageHouseholds,
  listRecent,
  readListFile,
  dropLists,
];
