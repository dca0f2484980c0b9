import type { Say } from '../shared/words/index.ts';
import type { Form, Typed } from './page.ts';

const first = (value: string | readonly string[] | undefined): string =>
  typeof value === 'string' ? value : (value?.[0] ?? '');

/** The one text of that name; empty when nothing came. */
export const textOf = (form: Form, name: string): string => first(form[name]);

/** All texts of that name (checkboxes). */
export const textsOf = (form: Form, name: string): readonly string[] => {
  const value = form[name];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
};

/** The sentence at a field that was refused. */
export const faultAt = (request: { typed: Typed; say: Say }, name: string): string | undefined => {
  const fault = request.typed.error?.fields.find((field) => field.path === name);
  return fault && request.say(`error.${fault.code}`, fault.params);
};

/** What stands above a form that is shown again: why, and which fields to look at; undefined when there is nothing to say. */
export const troubleOf = ({ typed, say }: { typed: Typed; say: Say }) => {
  if (typed.error) {
    const { code, params, fields } = typed.error;
    const at = fields.map((field) => ({
      href: `#field-${field.path}`,
      text: say(`error.${field.code}`, field.params),
    }));
    return {
      tone: 'danger' as const,
      text: at.length > 0 ? say('page.form.refused') : say(`error.${code}`, params),
      at,
    };
  }
  return typed.kept ? { tone: 'info' as const, text: say('page.form.kept'), at: [] } : undefined;
};
