import { groups } from '../../../modules/audit/index.ts';
import type { Form } from '../../page.ts';
import { textOf } from '../../typed.ts';
import { typedDay } from '../typed-day.ts';

const dayOf = (query: Form, name: string): string | null => {
  const text = textOf(query, name);
  return text ? typedDay(text) : null;
};

/** What the address looks for, as the use cases take it. */
export const askedOf = (query: Form) => ({
  who: textOf(query, 'who') || null,
  group: groups.find((group) => group === textOf(query, 'group')) ?? null,
  from: dayOf(query, 'from'),
  to: dayOf(query, 'to'),
  touched: textOf(query, 'touched').trim() || null,
  background: textOf(query, 'background') === '1',
});

/** Parameters of the address that say what is looked for. */
export const filterNames = ['who', 'group', 'from', 'to', 'touched', 'background'] as const;

/** The same question at another address, or with something else in it; null takes it out. */
export const addressOf = (path: string, query: Form, more: Readonly<Record<string, string | null>> = {}): string => {
  const params = new URLSearchParams();
  for (const name of filterNames) {
    const value = name in more ? more[name] : textOf(query, name);
    if (value) params.set(name, value);
  }
  if (more.before) params.set('before', more.before);
  return params.size > 0 ? `${path}?${params}` : path;
};
