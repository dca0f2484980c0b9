import { recordMeeting } from './record-meeting.ts';

export { recordMeeting } from './record-meeting.ts';

export const gatheringsUseCases = [recordMeeting];
