/** What a form sends: one text per name, several where a name comes several times. */
export type Fields = Readonly<Record<string, string | readonly string[]>>;

const written = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

const attributes = (tag: string): Map<string, string> =>
  new Map(
    [...tag.matchAll(/\s([\w-]+)(?:="([^"]*)")?/gu)].map(([, name, value]) => [
      name!.toLowerCase(),
      written(value ?? ''),
    ]),
  );

/** A page as it is looked at: what is folded away is not there. */
const unfolded = (html: string): string => {
  const innermost = /<details([^>]*)>((?:(?!<details)[\s\S])*?)<\/details>/u;
  let shown = html;
  for (let found = innermost.exec(shown); found; found = innermost.exec(shown))
    shown = shown.replace(found[0], () => (/\sopen/u.test(found![1]!) ? found![2]! : ''));
  return shown;
};

// A value may hold the sign that ends a tag.
const sentBy = function* (form: string): Generator<[name: string, value: string]> {
  for (const [tag] of form.matchAll(/<input\b(?:"[^"]*"|[^>"])*>/gu)) {
    const at = attributes(tag);
    const ticked = !['checkbox', 'radio'].includes(at.get('type') ?? '') || at.has('checked');
    if (at.has('name') && ticked) yield [at.get('name')!, at.get('value') ?? ''];
  }
  for (const [, tag, text] of form.matchAll(/<textarea\b([^>]*)>([^<]*)<\/textarea>/gu))
    yield [attributes(tag!).get('name')!, written(text!)];
  for (const [, tag, options] of form.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/gu)) {
    const chosen = [...options!.matchAll(/<option\b[^>]*>/gu)].map(([each]) => attributes(each));
    yield [attributes(tag!).get('name')!, chosen.find((each) => each.has('selected'))?.get('value') ?? ''];
  }
};

/** Fields that stand elsewhere on the page and say by its id that they are the form's, in the order of the page. */
const sentFrom = (html: string, id: string | undefined): string =>
  id
    ? [...html.matchAll(/<input\b(?:"[^"]*"|[^>"])*>/gu)].filter(([tag]) => attributes(tag).get('form') === id).join('')
    : '';

/** What the form that is sent to this path would send as the page stands, of the fields that can be seen; undefined = no such form. */
export const formTo = (html: string, path: string): Record<string, string[]> | undefined => {
  const shown = unfolded(html);
  const forms = [...shown.matchAll(/<form (?=[^>]*method="post")([^>]*)>([\s\S]*?)<\/form>/gu)];
  const of = (tag: string) => attributes(` ${tag}`);
  const found = forms.find(([, tag]) => of(tag!).get('action')?.split('?')[0] === path.split('?')[0]);
  if (!found) return undefined;
  const fields: Record<string, string[]> = {};
  for (const [name, value] of [...sentBy(found[2]!), ...sentBy(sentFrom(shown, of(found[1]!).get('id')))])
    fields[name] = [...(fields[name] ?? []), value];
  return fields;
};

/** As a browser sends it: the token first, a form that has a file in parts. */
export const bodyOf = (csrf: string, fields: Fields, file?: { field: string; content: Blob }) => {
  const body = file ? new FormData() : new URLSearchParams();
  body.append('csrf', csrf);
  if (file) (body as FormData).append(file.field, file.content, 'tep.csv');
  for (const [name, value] of Object.entries(fields))
    for (const each of [value].flat()) body.append(name, each as string);
  return body;
};
