import { z } from 'zod';
import { invalid } from '../../../shared/errors.ts';
import { readPhones } from '../../../shared/phone.ts';
import { clean } from '../../../shared/text.ts';

/** How somebody said that they want no messages and calls: answered one, on the phone, to an agent, face to face, in a list. */
export const waysToRefuse = ['reply', 'phone', 'agent', 'in-person', 'list'] as const;

export type HowRefused = (typeof waysToRefuse)[number];

export const phoneInput = z.string().max(100, { error: 'refusal.phone-long' });

export const noteInput = z
  .string()
  .transform(clean)
  .pipe(z.string().max(500, { error: 'refusal.note-long' }));

const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

/**
 * The one number that was typed, however it is written (E.164); or an e-mail address, as those are kept: whoever refused mails
 * may want them again. Throws what is wrong with it, at the field `phone`.
 */
export const readNumber = (text: string): string => {
  if (MAIL.test(clean(text))) return clean(text).toLowerCase();
  const { phones, unreadable } = readPhones(clean(text));
  const [phone, ...more] = phones;
  if (phone && more.length === 0 && unreadable.length === 0) return phone.e164;
  const code = more.length > 0 ? 'refusal.phone-several' : 'refusal.phone';
  throw invalid(code, {}, [{ path: 'phone', code }]);
};
