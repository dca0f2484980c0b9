/** What is said otherwise of officers, or of households and officers together (`sayOf`). */
export const unitsEn: Readonly<Record<string, string>> = {
  'reason.refused.officer': 'Refused when contacted',
  'reason.not-met.officer': 'Contacted, but not met',
  'reason.language-unknown.officer': 'Not known which language the officer reads',
  'reason.delivery-failed.officer': 'Sent, but it did not arrive',
  'reason.delivery-uncertain.officer': 'Sent, not known whether it arrived',
  'reason.delivery-waiting.officer': 'Sent, waiting to see whether it arrives',
  'reason.heard-only.officer': 'Could hear or see it at the office only',
  'reason.other-language.officer': 'At the office in other languages only',
  'reason.meeting-absent.officer': 'Absent from the meeting',
  'reason.no-device.officer': 'No phone number',
  'reason.nothing-done.officer': 'Nothing recorded at the office in the period',
  'reason.nothing-done.both': 'Nothing recorded in the village or office in the period',

  'coverage.how.denominator.officer':
    'Denominator: the officers who are listed on the day, have their post in the places of the plan line, and are its audience on that day.',
  'coverage.how.reached.officer':
    'Reached: by the end of the day there is evidence at the stage of the line or better, for this edition of the message. Each officer is counted once.',
  'coverage.how.reached.both':
    'Reached: by the end of the day there is evidence at the stage of the line or better, for this edition of the message. Each household and each officer is counted once.',
  'coverage.how.earlier.officer':
    'What an officer received of the same edition before the first day of the line counts too: what is known need not be told again.',
  'coverage.how.earlier.both':
    'What a household or an officer received of the same edition before the first day of the line counts too: what is known need not be told again.',
  'coverage.how.could-hear.officer':
    'Could hear or see: it was sent, but in no language that the officer reads. A column of its own, never added to the stages.',
  'coverage.column.n.officer': 'Audience',
  'coverage.column.n.both': 'Audience',
  'coverage.column.again-n.officer': 'Audience (computed again today)',
  'coverage.column.again-n.both': 'Audience (computed again today)',
  'coverage.column.place.officer': 'Place of work',
  'coverage.what.n.officer': 'Audience',
  'page.coverage.lead.officer':
    'Of the officers who are meant, how many were reached, by what evidence, and who was not.',
  'page.coverage.lead.both':
    'Of the households and officers that are meant, how many were reached, by what evidence, and who was not.',
  'page.coverage.row-head.officer': 'Name',
  'page.coverage.villages.officer': 'Places',
  'page.coverage.villages-about.officer':
    'The larger the tile, the more officers there are meant. Choose a tile for those not yet reached.',
  'page.coverage.too-many-bars.officer': 'Too many places to draw. Choose a commune to see each place.',
  'ladder.key.officer':
    'Bars go from the strongest evidence (left) to the weakest. All bars are equally long: a whole bar is 100% of the officers meant.',
  'ladder.nobody.officer': 'nobody is meant',
  'ladder.nobody.both': 'nobody is meant',
  'ladder.sentence.officer':
    '{n} officers meant: {s5} acted, {s4} understood or better, {s3} attended or better, {s2} delivered or better. {missing} not yet reached. Apart from that, could hear or see: {hear}.',

  'page.left-behind.lead.officer':
    'Officers who are meant but were not reached strongly enough, why, and who will contact them.',
  'page.left-behind.lead.both':
    'Households and officers that are meant but were not reached strongly enough, why, and who goes there or contacts them.',
  'page.left-behind.missing.officer': 'officers not reached',
  'page.left-behind.missing.both': 'households and officers not reached',
  'page.left-behind.by-village.officer': 'By place of work',
  'page.left-behind.by-village.both': 'By village or place of work',
  'page.left-behind.place.officer': 'Place of work',
  'page.left-behind.found.officer': '{total} {total|officer|officers} as of {day}.',
  'page.left-behind.found.both': '{total} households and officers as of {day}.',
  'page.left-behind.nobody.officer': 'There is no officer here who was not reached.',
  'page.left-behind.nobody.both': 'There is nobody here who was not reached.',
  'page.left-behind.nobody-such.officer': 'There is no such officer.',
  'page.left-behind.nobody-such.both': 'There is no such household or officer.',
  'page.left-behind.how.officer':
    'Only evidence takes an officer off the list; assigning it or calling in vain does not.',
  'page.left-behind.how.both':
    'Only evidence takes a household or an officer off the list; assigning it or noting “nobody met” does not.',
  'page.left-behind.assigned.officer': 'Assigned {households} {households|officer|officers} to be contacted.',
  'page.left-behind.assigned.both':
    'Assigned {households} households and officers, {visits} {visits|visit|visits} to households.',
  'page.left-behind.assign-hint.officer':
    'Tick officers above, then choose who contacts them and by when. What is assigned again replaces what was.',
  'page.left-behind.assign-hint.both':
    'Tick households and officers above, then choose who goes there and by when. What is assigned again replaces what was.',
  'page.left-behind.all-of.officer': 'All {count} officers of this list in {place}',
  'page.left-behind.all-of.both': 'All {count} households and officers of this list in {place}',
  'page.left-behind.follow-up.officer': 'Who contacts them',
  'page.left-behind.owner.officer': 'Who contacts them',
  'page.left-behind.owner-name.officer': 'Name of who contacts them',
  'page.left-behind.step-proposed.officer': 'What is proposed for each officer',
  'page.left-behind.step-proposed.both': 'What is proposed for each household and officer',
  'page.left-behind.tick.officer': 'Choose {head}',
  'page.left-behind.tick.both': 'Choose {head}',
  'page.left-behind.sheet-title.officer': 'Sheet for meeting officers',
  'page.left-behind.sheet-title.both': 'Sheet of a village or place of work',
  'page.left-behind.sheet-hint.officer': 'Print this page (Ctrl+P), A4.',
  'page.left-behind.column.code.officer': 'Code of the officer',
  'page.left-behind.column.code.both': 'Code',
  'page.left-behind.column.head.officer': 'Name',
  'page.left-behind.column.head.both': 'Head or officer',
  'page.left-behind.column.village.officer': 'Place of work',
  'page.left-behind.column.village.both': 'Village or place of work',
  'page.left-behind.column.owner.officer': 'Who contacts them',

  'sheet.title.officer': 'Officers to meet in {place}',
  'sheet.title.both': 'Visits and officers to meet in {place}',
  'sheet.plan.officer': '{plan} · {day} · {count} {count|officer|officers} not reached',
  'sheet.plan.both': '{plan} · {day} · {count} households and officers not reached',
  'sheet.read-aloud.officer': 'Tell the officer ({language})',
  'sheet.question.officer': 'Ask the officer ({language})',
  'sheet.column.head.officer': 'Name',
  'sheet.column.head.both': 'Head or officer',
  'sheet.column.code.officer': 'Code',
  'sheet.column.code.both': 'Code',

  'cli.left-behind.found.officer': '{count} {count|officer|officers} not reached as of {on}.',
  'cli.left-behind.found.both': '{count} households and officers not reached as of {on}.',
  'cli.left-behind.assigned.officer': 'Assigned {households} {households|officer|officers} to be contacted, due {due}.',
  'cli.left-behind.sheet.officer': 'Wrote the sheet of {place} ({count} {count|officer|officers}) to {file}.',
  'cli.left-behind.sheet.both': 'Wrote the sheet of {place} ({count} households and officers) to {file}.',
  'cli.column.household.officer': 'Code',
  'cli.column.head.officer': 'Name',
  'cli.column.place.officer': 'Place of work',
  'visit-column.count.officer': 'Officers',
  'visit-column.count.both': 'Households and officers',
  'visit-column.household.officer': 'Code',
  'visit-column.household.both': 'Code',
  'visit-column.head.officer': 'Name',
  'visit-column.head.both': 'Head or officer',
  'visit-column.village.officer': 'Place of work',
  'visit-column.village.both': 'Village or place of work',

  'reports.column.n.officer': 'Meant',
  'reports.column.n.both': 'Meant',
  'reports.note.list.officer': 'Lists of: {lists}. Source: {sources}.',
  'reports.note.list.both': 'Lists of: {lists}. Source: {sources}.',
  'reports.note.not-added.officer':
    'An officer may belong to several lines, so the officers of lines are not added up. The figures of section I count each officer once.',
  'reports.note.not-added.both':
    'A household or an officer may belong to several lines, so the figures of lines are not added up. The figures of section I count each household and each officer once.',
  'reports.note.reasons.officer':
    'Why not reached: one reason for each officer, the first that fits in the table of the software; at most the three most frequent are named.',
  'reports.note.reasons.both':
    'Why not reached: one reason for each household and each officer, the first that fits in the table of the software; at most the three most frequent are named.',
  'reports.under-table.reached.officer': '(2) The number reached and its share of those meant.',
  'reports.under-table.reached.both': '(2) The number reached and its share of those meant.',
  'reports.under-table.unknown.officer': '(4) Not known whether they are meant; not among those meant.',
  'reports.under-table.unknown.both': '(4) Not known whether they are meant; not among those meant.',
  'reports.note.closed.officer':
    'Audience and reached are the figures closed at the end of the month. What is counted across lines, evidence from before, reasons and activities are as of {day}, and may differ when evidence came late.',
  'reports.note.closed.both':
    'Audience and reached are the figures closed at the end of the month. What is counted across lines, evidence from before, reasons and activities are as of {day}, and may differ when evidence came late.',
};
