import type { PlanView } from '../../../modules/plans/index.ts';
import { newAddress } from '../dispatches/index.ts';

/**
 * Where what a line says is sent from, with the key of what that is called: by SMS, or by e-mail where that is all it is sent
 * by; undefined where nothing is sent.
 */
export const waySent = ({
  lineId,
  channels,
}: PlanView['lines'][number]): { readonly href: string; readonly key: 'send' | 'mail' } | undefined => {
  if (channels.includes('sms')) return { href: newAddress({ lineId }), key: 'send' };
  return channels.includes('email') ? { href: newAddress({ lineId, formKind: 'email' }), key: 'mail' } : undefined;
};
