import { showDay } from '../../../shared/dates.ts';
import type { Say } from '../../../shared/words/index.ts';
import { sayOf } from '../../../shared/words/units.ts';
import type { LeftBehind } from './missing.ts';
import { paperText } from './sheet-text.ts';
import type { SheetLine, VillageSheet } from './village-sheet.ts';

/** Markup whose values have been escaped. */
interface Html {
  readonly html: string;
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (text: string): string => text.replace(/[&<>"']/gu, (sign) => SIGNS[sign]!);

type Value = string | number | Html | readonly Html[];

const piece = (value: Value): string => {
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return 'html' in value ? value.html : value.map(({ html }) => html).join('');
};

/** Every value put in is escaped, unless it is markup already. */
const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Html => ({
  html: parts.reduce((sum, part, at) => sum + part + (at < values.length ? piece(values[at]!) : ''), ''),
});

const none: Html = { html: '' };

const languageNames = (say: Say, languages: readonly string[] | null): string =>
  languages?.length ? languages.map((language) => say(`language.${language}`)).join(', ') : say('ui.unknown');

const basisText = ({ number, date, issuer, mark }: SheetLine['bases'][number], say: Say): string =>
  [
    number,
    date && say('sheet.of-day', { day: showDay(date) }),
    `(${issuer})`,
    mark === 'unconfirmed' ? say('sheet.unconfirmed') : '',
  ]
    .filter(Boolean)
    .join(' ');

const paragraphs = (text: string): Html[] =>
  text
    .split(/\n+/u)
    .filter(Boolean)
    .map((each) => html`<p>${each}</p>`);

const scriptOf = (line: SheetLine, sheet: VillageSheet, say: Say): Html => {
  const [village = '', commune = ''] = sheet.place.split(', ');
  const text = (raw: string) =>
    paragraphs(paperText(raw, { thôn: village, xã: commune }, (key) => say(`sheet.when.${key}`)));
  const scripts = line.scripts.map(
    (script) => html`<h4>${say('sheet.read-aloud', { language: say(`language.${script.language}`) })}</h4>
<div class="sheet-script" lang="${script.language}">${text(script.text)}</div>`,
  );
  const questions = line.questions.map(
    (question) => html`<h4>${say('sheet.question', { language: say(`language.${question.language}`) })}</h4>
<div class="sheet-script" lang="${question.language}">${text(question.text)}<ol>${question.answers.map((answer) => html`<li>${answer}</li>`)}</ol>
<p class="sheet-note">${say('sheet.right-answer', { number: question.rightAnswer ?? 0 })}</p></div>`,
  );
  return html`<section class="sheet-line">
<h3>${say('sheet.line', { position: line.position, what: line.what })}</h3>
<p><strong>${line.title}.</strong> ${line.core}</p>
${line.bases.length > 0 ? html`<p class="sheet-note">${say('sheet.bases')} ${line.bases.map((basis) => basisText(basis, say)).join('; ')}.</p>` : none}
${scripts.length > 0 ? scripts : html`<p class="sheet-note">${say('sheet.no-script')}</p>`}
${questions}
</section>`;
};

const rowOf =
  (say: Say, several: boolean, withLanguage: boolean) =>
  (row: LeftBehind, at: number): Html => {
    const own = sayOf(say, row.kind);
    const why = several
      ? row.missing.map(({ position, reason }) => `${position}: ${own(`reason.${reason}`)}`).join('; ')
      : own(`reason.${row.missing[0].reason}`);
    const box = html`<td class="sheet-box"><span></span></td>`;
    return html`<tr><td>${at + 1}</td><td>${row.head ?? ''}</td><td>${row.code}</td>${withLanguage ? html`<td>${row.kind === 'officer' ? '' : languageNames(say, row.languages)}</td>` : none}<td>${why}</td>
${box}${box}<td class="sheet-day"></td><td class="sheet-free"></td></tr>
`;
  };

const COLUMNS = ['number', 'head', 'code', 'language', 'reason', 'heard', 'right', 'day', 'note'] as const;

/** The sheet without a document round it: for a page of ours. */
export const sheetBody = (sheet: VillageSheet, plain: Say): string => {
  const say = sayOf(plain, sheet.unit);
  const several = sheet.lines.length > 1;
  const withLanguage = sheet.unit !== 'officer';
  const columns = COLUMNS.filter((name) => withLanguage || name !== 'language');
  const body = html`<article class="sheet">
<p class="sheet-slogan">${say('sheet.slogan')}</p>
<h2>${say('sheet.title', { place: sheet.place })}</h2>
<p>${say('sheet.plan', { plan: sheet.planTitle, day: showDay(sheet.on), count: sheet.households.length })}</p>
<div class="sheet-table" role="region" tabindex="0" aria-label="${say('sheet.title', { place: sheet.place })}"><table><thead><tr>${columns.map((name) => html`<th scope="col">${say(`sheet.column.${name}`)}</th>`)}</tr></thead>
<tbody>
${sheet.households.map(rowOf(plain, several, withLanguage))}</tbody></table></div>
<p class="sheet-sign">${say('sheet.recorded-by')}</p>
${sheet.lines.map((line) => scriptOf(line, sheet, say))}
</article>`;
  return body.html;
};

const STYLE = `@page{size:A4;margin:12mm}body{font:11pt/1.4 "Be Vietnam Pro","Segoe UI",Arial,sans-serif;color:#000;max-width:190mm;margin:0 auto;padding:4mm}
h2{font-size:15pt;margin:2mm 0}h3{font-size:12pt;margin:4mm 0 1mm}h4{font-size:10.5pt;margin:2mm 0 0}p{margin:1mm 0}
table{width:100%;border-collapse:collapse;font-size:9.5pt}th,td{border:1px solid #000;padding:1mm 1.5mm;text-align:left;vertical-align:top}
thead{display:table-header-group}tr{break-inside:avoid}.sheet-box{text-align:center}.sheet-box span{display:inline-block;width:4mm;height:4mm;border:1px solid #000}
.sheet-day{min-width:18mm}.sheet-free{min-width:26mm}.sheet-synthetic{border:1px solid #000;padding:1mm 2mm;font-weight:600}
.sheet-slogan{font-size:9.5pt;font-style:italic}.sheet-note{font-size:9.5pt}.sheet-sign{margin:4mm 0}.sheet-line{break-inside:avoid-page}.sheet-script{font-size:12pt}`;

/** A whole file to print, which needs nothing else. */
export const sheetDocument = (sheet: VillageSheet, plain: Say, language: string): string => {
  const say = sayOf(plain, sheet.unit);
  const mark = sheet.synthetic ? html`<p class="sheet-synthetic">${say('ui.shell.synthetic-short')}</p>` : none;
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(say('sheet.title', { place: sheet.place }))}</title><style>${STYLE}</style></head>
<body>${mark.html}${sheetBody(sheet, plain)}</body></html>
`;
};
