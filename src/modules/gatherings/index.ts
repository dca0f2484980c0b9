import { recordMeeting } from './record-meeting.ts';

export { peopleDiffer } from './people-differ.ts';
export { recordMeeting } from './record-meeting.ts';

export const gatheringsUseCases = [recordMeeting];
