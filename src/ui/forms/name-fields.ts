/**
 * The summary of errors stands above the fields it speaks of and does not know what they are called: once a page is drawn,
 * each of its links is given the name of its field. Pure: the page as text goes in and comes out.
 */

const LINK = /<a class="to-field" href="#(field-[^"]+)">([^<]*)<\/a>/gu;

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');

/** What a field is called on this page: the legend of a group before the label of a box; undefined = it has no name. */
const nameOf = (html: string, id: string): string | undefined => {
  const at = quoted(id);
  const named =
    new RegExp(`<legend id="${at}-name">([^<]+)</legend>`, 'u').exec(html) ??
    new RegExp(`<fieldset [^>]*id="${at}"[^>]*><legend>([^<]+)</legend>`, 'u').exec(html) ??
    new RegExp(`<label for="${at}">([^<]+)</label>`, 'u').exec(html);
  return named?.[1]?.replace(/[\s:?…]+$/u, '');
};

/** Says at each link of a summary of errors which field it is about. What stands nowhere on the page is no link. */
export const nameFields = (html: string): string =>
  html.replace(LINK, (_, id: string, text: string) => {
    if (!html.includes(` id="${id}"`)) return text;
    const name = nameOf(html, id);
    return `<a class="to-field" href="#${id}">${name === undefined ? text : `${name}: ${text}`}</a>`;
  });
