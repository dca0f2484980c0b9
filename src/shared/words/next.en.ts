export const nextEn: Readonly<Record<string, string>> = {
  'next.plan.draft':
    'No activity can be recorded yet. Issue it once there is a number, a date, a signer and the signed document.',
  'next.plan.draft.others': 'No activity can be recorded yet. The signed document is awaited.',

  'next.line.open': 'Nothing is recorded yet. Once done, record it by {day}.',
  'next.line.open.others': 'Nothing is recorded yet, due by {day}. Carried out by: {body}.',
  'next.line.open.send': 'Nothing is sent yet. Send it by {day}.',
  'next.line.open.send.others': 'Nothing is sent yet, due by {day}. Carried out by: {body}.',
  'next.line.late':
    'It was due by {day} and nothing is recorded. {name}, {post}, answers for it: record what was done, or do it now.',
  'next.line.late.others': 'It was due by {day} and nothing is recorded. {name}, {post}, answers for it.',
  'next.line.unkept': 'Lan Tỏa does not record this kind of work. See the files of {body}.',

  'next.activity.no': 'Why: {reason}. If it did happen, record it again.',
  'next.activity.no.others': 'Why: {reason}.',

  'next.import.uploaded': 'The file is being opened. This page reloads by itself.',
  'next.import.busy': 'Every row is being checked. This page reloads by itself.',
  'next.import.read': 'The columns were guessed. Look at them, put right what is wrong, then try the list out.',
  'next.import.read.others': 'An officer has to map the columns.',
  'next.import.checked':
    'Nothing stands in the way. Writing it adds {added} {added|household|households} and changes {changed}.',
  'next.import.checked.others': 'An officer has to write it.',
  'next.import.checked.faulty':
    '{count} {count|error has|errors have} to be corrected first. Correct the file and bring it in again.',
  'next.import.checked.faulty.others': '{count} {count|error|errors}. An officer has to correct the file.',
  'next.import.checked.duplicates':
    '{count} {count|question|questions} “The same household?” to answer before it can be written.',
  'next.import.checked.duplicates.others':
    '{count} {count|question|questions} “The same household?”. An officer has to answer.',
  'next.import.failed': 'Nothing was written. See why below, correct the file and upload it again.',
  'next.import.failed.others': 'Nothing was written. An officer has to upload another file.',
  'next.import.committed': 'See whether the households by village are as the commune knows them. It can be undone.',
  'next.import.committed.others': 'See whether the households by village are as the commune knows them.',
  'next.import.committed.missing':
    '{count} {count|household is|households are} not on the list: ask the village, then answer.',
  'next.import.committed.missing.others':
    '{count} {count|household is|households are} not on the list. An officer has to answer.',
  'next.import.undone': 'The registry is as it was before. Once the file is right, bring it in again.',
  'next.import.undone.others': 'The registry is as it was before.',
  'next.import.discarded': 'Nothing was written. Once the file is right, bring it in again.',
  'next.import.discarded.others': 'Nothing was written.',

  'next.edition.draft':
    'Write the core statement, its bases and the forms, then submit it. Once submitted it cannot be edited, unless it is returned.',
  'next.edition.draft.others': 'Whoever writes it has not submitted it yet.',
  'next.edition.draft.returned': 'It was returned: {note}. Correct it and submit it again.',
  'next.edition.draft.returned.others': 'It was returned: {note}. Whoever wrote it has to correct it.',
  'next.edition.submitted': 'It waits for you: read all of it, then approve it or return it.',
  'next.edition.submitted.others': 'A leader has to approve it.',
  'next.edition.submitted.own': 'You wrote or submitted it, so somebody else has to approve it.',
  'next.edition.waiting': '{count} {count|correction waits|corrections wait} for you to approve.',
  'next.edition.waiting.others': '{count} {count|correction waits|corrections wait} for somebody else to approve.',
  'next.edition.retired': 'Nothing of it is sent or read out any more. To go on, begin a new edition.',
  'next.edition.retired.others': 'Nothing of it is sent or read out any more.',

  'next.dispatch.open': 'It goes out by itself; there is nothing to do.',
  'next.dispatch.open.held': '{count} {count|message waits|messages wait}. See why below.',
  'next.dispatch.morning':
    '{count} {count|message goes|messages go} out by {count|itself|themselves} at 7 in the morning; there is nothing to do.',
  'next.dispatch.stopped':
    '{name} stopped it at {at}; {count} {count|message is|messages are} not sent. Send on, or give them up.',
  'next.dispatch.stopped.others':
    '{name} stopped it at {at}; {count} {count|message is|messages are} not sent. It goes to other areas, too: ask whoever is above them to send on.',
  'next.dispatch.done': 'All {all} arrived.',
  'next.dispatch.done.waiting':
    '{count} {count|phone has|phones have} not said yet that the message arrived; there is nothing to do.',
  'next.dispatch.done.failed': '{count} did not arrive. See why, and what to do.',
  'next.dispatch.done.again': 'What did not arrive was sent again later.',

  'next.delivery.created': 'They go out by themselves when it is their turn.',
  'next.delivery.sending': 'They are being handed to the network.',
  'next.delivery.accepted': 'The phone has yet to say that it got the message; there is nothing to do.',
  'next.delivery.failed': 'See why for each: send again, call, or send somebody there.',
  'next.delivery.no-receipt': 'The network took the message and never reported: call, or send somebody there.',
  'next.delivery.uncertain': 'Not sent again, lest it comes twice. Ask the recipients, or choose to send these again.',
  'next.delivery.withheld': 'Held back just before sending. See why for each.',

  'next.reply.unread':
    '{count} {count|reply is|replies are} not read yet. Who wants no more messages goes to “Numbers that refused”.',

  'next.visit.open': 'Go there by {day}, read it to them, then write down here what came of it.',
  'next.visit.open.others': '{agent} goes there, by {day}.',
  'next.visit.open.late': 'Overdue since {day}. Go there now, then write it down here.',
  'next.visit.open.late.others': 'Overdue since {day}. Ask {agent}, or give it to somebody else.',
  'next.visit.open.gone': 'This household is no longer in the registry. Call this visit off.',
  'next.visit.not-met': 'Agree on another time, then have somebody go again.',
  'next.visit.refused': 'Do not press them. Ask somebody they trust in the village to talk to them.',
};
