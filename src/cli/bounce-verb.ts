import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { recordBounce } from '../modules/delivery/index.ts';
import { forbidden, invalid } from '../shared/errors.ts';
import { readableFile } from './read-options.ts';
import type { Verb } from './verb.ts';

/** Whose mail came back: the address it comes back to names the delivery (variable envelope return path). */
const OURS = /bounce\+([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@/iu;

/** That it has failed for good: a report of a mere delay says `delayed` (RFC 3464, 2.3.3). */
const ACTION = /^Action:\s*(\w+)/imu;
const STATUS = /^Status:\s*([245]\.\d{1,3}\.\d{1,3})/imu;

const LONGEST = 5 * 1_048_576;

/** What a mail server hands us of a mail that came back, from a file or (`-`) from where it is piped in. */
export const bounceVerb: Verb = {
  group: 'dispatch',
  name: 'bounce',
  words: ['<FILE>'],
  options: [],
  run: async ({ session, words: [file = ''] }) => {
    if (session.actsAs !== undefined) throw forbidden('cli.owner-only');
    const mail = file === '-' ? await text(process.stdin) : await readFile((await readableFile(file)).path, 'utf8');
    const deliveryId = OURS.exec(mail.slice(0, LONGEST))?.[1]?.toLowerCase();
    if (!deliveryId) throw invalid('cli.bounce.none-of-ours');
    const action = ACTION.exec(mail)?.[1]?.toLowerCase();
    const failed = action === undefined || action === 'failed';
    const detail = STATUS.exec(mail)?.[1] ?? '';
    const { fresh } = failed ? await session.askAsProduct(recordBounce, { deliveryId, detail }) : { fresh: false };
    session.terminal.result({ deliveryId, failed, fresh });
    session.terminal.line(!failed ? 'cli.bounce.delayed' : fresh ? 'cli.bounce.noted' : 'cli.bounce.known');
    return undefined;
  },
};
