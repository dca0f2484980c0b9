import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { command } from '../../../platform/command.ts';
import { notFound } from '../../../shared/errors.ts';
import { isId } from '../../../shared/ids.ts';
import { refuseNumbers } from '../../registry/index.ts';
import { findMail } from './store-mail.ts';

const proofOf = (secret: Buffer, deliveryId: string): string =>
  createHmac('sha256', secret).update(`unsubscribe ${deliveryId}`).digest('base64url').slice(0, 22);

/** What the link in a mail carries: whose mail it is, and that the link is ours. */
export const unsubscribeToken = (secret: Buffer, deliveryId: string): string =>
  `${deliveryId}.${proofOf(secret, deliveryId)}`;

/** The delivery a token is of; undefined when the token is none of ours. */
const readToken = (secret: Buffer, token: string): string | undefined => {
  const [deliveryId = '', proof = ''] = token.split('.');
  if (!isId(deliveryId)) return undefined;
  const [given, right] = [Buffer.from(proof), Buffer.from(proofOf(secret, deliveryId))];
  return given.length === right.length && timingSafeEqual(given, right) ? deliveryId : undefined;
};

/**
 * Whoever got a mail wants no more: at the link in it, without signing in (RFC 8058). It holds for the address, whoever's it
 * is. Refuses not-found `unsubscribe` for a link that is none of ours.
 */
export const unsubscribe = command({
  name: 'delivery.unsubscribe',
  input: z.object({ token: z.string().max(200) }),
  allow: 'system',
  area: 'none',
  run: async (ctx, { token }) => {
    const deliveryId = readToken(ctx.secret, token);
    const mail = deliveryId && (await findMail(ctx.tx, deliveryId));
    if (!mail) throw notFound('unsubscribe');
    const fresh = await refuseNumbers(ctx, [{ value: mail.address, how: 'reply', note: 'e-mail' }]);
    return { subjectId: mail.subjectId, fresh };
  },
  audit: (_, { subjectId, fresh }) => ({ subjectId, fresh }),
});
