import { drawSample } from './draw-sample.ts';
import { getOutcome } from './get-outcome.ts';
import { listContacts } from './list-contacts.ts';
import { voidContact } from './void-contact.ts';

export { drawSample } from './draw-sample.ts';
export { effectiveStage, type Shortfall, type Understanding } from './effective.ts';
export type { ReachRecorded } from './events.ts';
export { getOutcome, outcomeOf } from './get-outcome.ts';
export type { NewContact, NewExposure } from './ledger.ts';
export { type FoundHousehold, type Known, matchHouseholds } from './list/match-list.ts';
export { type ListFault, readHouseholdList, type TextRow } from './list/read-list.ts';
export { householdsById, householdsCalled, householdsIn, type KnownHousehold } from './list/store.ts';
export { listContacts } from './list-contacts.ts';
export { recordContacts, recordExposures, voidActivityEvidence, voidContactOf } from './record.ts';
export { contactsRecorded, exposuresRecorded, lockRecording, takenBack } from './store-looks.ts';
export { lastReached } from './store-states.ts';
export { reachSubscriptions } from './subscriptions.ts';
export { voidContact } from './void-contact.ts';
export { withinAreas } from './within-areas.ts';

export const reachUseCases = [voidContact, drawSample, listContacts, getOutcome];
