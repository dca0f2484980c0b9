import { type JsonTemplate, Secret, type Template } from './http-settings.ts';

/** The places that a template may name. */
export const places = ['to', 'text', 'id', 'sender'] as const;

/** What is filled in. */
export type Filling = Readonly<Record<(typeof places)[number], string>>;

const PLACE = /\{([a-z]+)\}/gu;

/** Places that a template names. */
export const placesIn = (template: string): string[] => [...template.matchAll(PLACE)].map(([, name]) => name!);

/** In one go: what is filled in is never looked through for places itself. */
const fill = (template: Template, filling: Filling): string =>
  template instanceof Secret
    ? template.reveal()
    : template.replace(PLACE, (whole, name: string) =>
        Object.hasOwn(filling, name) ? filling[name as keyof Filling] : whole,
      );

export const fillAll = (templates: Readonly<Record<string, Template>>, filling: Filling): Record<string, string> =>
  Object.fromEntries(Object.entries(templates).map(([name, template]) => [name, fill(template, filling)]));

export const fillJson = (template: JsonTemplate, filling: Filling): unknown => {
  if (typeof template === 'string' || template instanceof Secret) return fill(template, filling);
  if (Array.isArray(template)) return template.map((each: JsonTemplate) => fillJson(each, filling));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([key, each]) => [key, fillJson(each, filling)]));
};
