import { decisionPages } from './decisions.page.tsx';
import { faultPages } from './faults.page.tsx';
import { importPages } from './import.page.tsx';
import { importListPages } from './list.page.tsx';
import { mappingPages } from './mapping.page.tsx';
import { newImportPages } from './new.page.tsx';
import { samplePage } from './sample.page.ts';

/** Imports: upload → mapping → dry run → decide → done. */
export const importsPages = [
  ...importListPages,
  ...newImportPages,
  samplePage,
  ...importPages,
  ...mappingPages,
  ...faultPages,
  ...decisionPages,
];
