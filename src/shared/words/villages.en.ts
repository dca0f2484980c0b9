export const villagesEn: Readonly<Record<string, string>> = {
  'audit.territory.read-places-file': 'Read a file of villages',
  'audit.registry.drop-place-lists': 'Dropped a file of villages that was read',
  'page.villages.import': 'Bring in the villages',
  'page.villages.lead':
    'Choose the commune’s list of its villages. Every row is checked first; nothing is written until you press “Write”.',
  'page.villages.file': 'File with the villages',
  'page.villages.file-hint': '.xlsx or .csv, at most 8 MB. The first sheet is read; one village in each row.',
  'page.villages.check': 'Check the file',
  'page.villages.check-other': 'Choose another file',
  'page.villages.blank': 'Download an empty list to fill in (CSV)',
  'page.villages.report': 'Checked, nothing written yet',
  'page.villages.counts':
    '{rows} {rows|village|villages} in the file: {added} new, {changed} changed, {same} as before.',
  'page.villages.nothing': 'The file has headings and no villages. Write one village in each row and send it again.',
  'page.villages.faults': 'Rows to correct in the file',
  'page.villages.faults-lead':
    'The file has {count} {count|error|errors}, so nothing was written. Correct the rows below in the file and send it again.',
  'page.villages.right':
    'The file has no errors. Press “Write” to write it; villages of the register that it does not name stay as they are.',
  'page.villages.commit': 'Write',
  'page.villages.done': 'The villages are written: {added} new, {changed} changed, {same} as before.',
  'page.villages.to-imports': 'Next: bring in a list of households',
  'page.villages.to-counts': 'See the villages',
  'page.villages.codes': 'Codes of your communes',
  'page.villages.codes-more':
    '{count} {count|commune|communes} more; their codes are those of the list of administrative units.',
  'page.villages.columns': 'The columns of the file',
  'page.villages.columns-lead':
    'The name and one of the two commune codes must be there. Leave empty, or leave out, what you have no figures for; the order of the columns is free.',
  'page.villages.column': 'Column',
  'page.villages.column-about': 'What to write',
  'page.villages.column.name': 'The name as the commune writes it, such as Thôn 1, Bản Công, Tổ dân phố 3. Needed.',
  'page.villages.column.codeBefore':
    'Five-digit code of the commune that had this village until 30/06/2025. Needed for lists of households of the years before.',
  'page.villages.column.codeAfter': 'Five-digit code of the commune that has this village since 01/07/2025.',
  'page.villages.column.unitType': 'thôn, bản, tổ dân phố … Left empty, it is told from the name.',
  'page.villages.column.otherNames': 'Other names of the village, parted by semicolons.',
  'page.villages.column.validFrom':
    'The day the village was founded, such as 01/01/2021. Empty when it has always been.',
  'page.villages.column.validTo': 'The last day of the village. Empty when it is still there.',
  'page.villages.column.statuses': 'For example: đặc biệt khó khăn (special difficulty).',
  'page.villages.column.households': 'All households of the village, those not poor too.',
  'page.villages.column.people': 'All people of the village.',
  'page.villages.column.countedOn': 'The day of these numbers, such as 31/12/2025.',
  'page.villages.column.source': 'Where the numbers come from, such as: report of the commune.',
  'error.places.no-file': 'Choose the file with the villages.',
  'error.places.too-many': 'The file has too many villages. Split it by commune and send each file.',

  'today.first.title': 'Where to begin',
  'today.first.lead': 'One after the other; what is done gets its mark.',
  'today.first.done': 'done',
  'today.first.villages': 'Bring in the villages',
  'today.first.villages-note': 'An Excel or CSV file of the commune, one village in each row.',
  'today.first.list': 'Bring in a list of households',
  'today.first.list-note': 'The review list of the commune: upload it, try it out, then write it.',
  'today.first.message': 'Write a message and submit it',
  'today.first.message-note': 'Done when a leader has approved it.',
  'today.first.plan': 'Bring in the plan and issue it',
  'today.first.plan-note': 'A plan is a YAML file; it is issued by a signed document.',
  'today.first.evidence': 'Record the first activity, or send the message',
  'today.first.evidence-note':
    'For example a village meeting by its list of attendance. To send, choose a line on the page of the plan.',
  'today.first.by-command':
    'Two things have no page; whoever installed this does them by a command and by a file: accounts for leaders and village agents, and the connection for SMS and mail (the channels file, see docs/operate/channels.md). The command for an account:',

  'page.imports.villages': 'Bring in the villages',
  'page.imports.no-villages':
    'Your area has no villages in the register yet, so no list of households can be matched. Bring in the villages first.',
  'page.imports.trial':
    'This is the trial: it takes invented lists only and refuses real ones. For real work begin with an empty installation (npm start -- --empty).',
  'page.imports.sample': 'Download an invented list of {place} to try with (CSV)',
  'page.imports.blank': 'Download an empty list to fill in (CSV)',
  'page.imports.corrected': 'Bring in the corrected file',
  'page.imports.corrected-lead':
    'Choose the corrected file. Place, review day and the complete classes are kept from the last time.',
};
