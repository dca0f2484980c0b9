import { Paragraph, type Table } from 'docx';
import type { Say } from '../../shared/words/index.ts';
import { body, centred, lineBelow, paragraph, run, sideBySide, TEXT_WIDTH } from './docx-parts.ts';
import type { PlanReport } from './plan-report.ts';
import { BLANK, basesOf, headingOf, leadOf, signsForCommittee } from './wording.ts';

const [LEFT, RIGHT] = [63, TEXT_WIDTH.upright - 63];

/** Who writes and the country side by side, below them the number and the day; then what the paper is. */
export const headingParts = (say: Say, report: PlanReport): (Paragraph | Table)[] => {
  const { issuer, number, placeAndDay, kind, aboutLines, figuresOf } = headingOf(say, report);
  return [
    sideBySide(
      [LEFT, RIGHT],
      [
        [
          [...issuer.map((text) => centred(text, { size: 13, bold: true })), lineBelow(LEFT, 22)],
          [
            centred(say('reports.country'), { size: 12, bold: true }),
            centred(say('reports.motto'), { size: 13, bold: true }),
            lineBelow(RIGHT, 58),
          ],
        ],
        [
          [centred(number, { size: 13 }, { spacing: { before: 60 } })],
          [centred(placeAndDay, { size: 13, italics: true }, { spacing: { before: 60 } })],
        ],
      ],
    ),
    centred(kind, { size: 14, bold: true }, { spacing: { before: 360 } }),
    ...aboutLines.map((text) => centred(text, { size: 14, bold: true })),
    centred(figuresOf, { size: 13, italics: true }),
    lineBelow(TEXT_WIDTH.upright, 55),
    centred(say('reports.to'), { size: 14 }, { spacing: { before: 240, after: 240 } }),
    ...basesOf(say, report).map((text) => body(text, { italics: true })),
    body(leadOf(say, report)),
  ];
};

/** To whom it goes on the left, who signs on the right: name and post are the office's to write. */
export const endParts = (say: Say, report: PlanReport): (Paragraph | Table)[] => {
  const gap = Array.from({ length: 4 }, () => centred(''));
  return [
    new Paragraph({ spacing: { before: 120 }, keepNext: true, children: [] }),
    sideBySide(
      [TEXT_WIDTH.upright / 2, TEXT_WIDTH.upright / 2],
      [
        [
          [
            new Paragraph({ children: [run(say('reports.recipients'), { size: 12, bold: true, italics: true })] }),
            ...['above', 'other', 'kept'].map((which) => paragraph(say(`reports.recipients.${which}`), { size: 11 })),
          ],
          [
            centred(signsForCommittee(report) ? say('reports.for-committee') : BLANK, { bold: true }),
            centred(BLANK, { bold: true }),
            ...gap,
            centred(BLANK, { bold: true }),
          ],
        ],
      ],
    ),
  ];
};
