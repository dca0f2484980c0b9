import { evidenceActivityPages } from './activity.page.tsx';
import { fileEvidencePages } from './file.page.tsx';
import { evidenceListPages } from './list.page.tsx';
import { logEvidencePages } from './log.page.tsx';
import { newEvidencePages } from './new.page.tsx';
import { voidContactPages } from './void.page.tsx';

/** What was done and who was reached by it: choose a line → record → what came of it. */
export const evidencePages = [
  ...evidenceListPages,
  ...newEvidencePages,
  ...fileEvidencePages,
  ...logEvidencePages,
  ...evidenceActivityPages,
  ...voidContactPages,
];
