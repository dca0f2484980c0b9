import { importLog } from './import-log.ts';
import { recordBulletin } from './record-bulletin.ts';
import { recordLoudspeaker } from './record-loudspeaker.ts';
import { recordPoster } from './record-poster.ts';
import { recordZaloPost } from './record-zalo-post.ts';

export { importLog } from './import-log.ts';
export { recordBulletin } from './record-bulletin.ts';
export { recordLoudspeaker } from './record-loudspeaker.ts';
export { recordPoster } from './record-poster.ts';
export { recordZaloPost } from './record-zalo-post.ts';

export const broadcastUseCases = [recordLoudspeaker, recordZaloPost, recordPoster, recordBulletin, importLog];
