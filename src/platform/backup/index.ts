export { type BackupParts, type BackupSummary, backup } from './backup.ts';
export { type RestoreParts, restore } from './restore.ts';
export { forgetRestored, wasRestored } from './restored.ts';
