export const backupEn = {
  'error.backup.nothing': 'There is nothing to back up: this database has no Lan Tỏa tables yet.',
  'error.backup.changing': 'The data is being upgraded while it is backed up. Wait a moment, then back up again.',
  'error.restore.no-file': 'There is no file {path}.',
  'error.restore.not-a-backup': 'This file is not a Lan Tỏa backup. Nothing was changed.',
  'error.restore.damaged': 'The backup is damaged or incomplete ({what}). Nothing was changed. Use another backup.',
  'error.restore.newer':
    'This backup was made by a newer version of Lan Tỏa ({what}). Nothing was changed. Install the new version, then restore again.',
  'error.restore.version':
    'The tables in the backup do not match this version of Lan Tỏa ({what}). Nothing was changed. Restore with the version that made the backup.',
  'error.restore.not-empty':
    'There is data already where you want to restore ({what}). Nothing was changed. Restore into a new data folder or an empty database.',
  'error.restore.busy':
    'Lan Tỏa is running on this database. Nothing was changed. Stop the program, then restore again.',
} as const;
