import type { ChecklistAnswer } from '#shared/report/appendix-blocks.ts';
import type { ReportSection } from '#shared/report/document.ts';

/** As resources/reporting-guidelines hold one. */
type Guideline = {
  readonly guideline: string;
  /** Reports of what it is for. */
  readonly of: string;
  readonly items: readonly { readonly number: string; readonly asks: string }[];
};

/**
 * A reporting guideline, item by item, each with where the report answers it or why not.
 *
 * @param beside the guideline that it adds to, where it does
 */
export function guidelineSection(
  { guideline, of, items }: Guideline,
  answers: Readonly<Record<string, ChecklistAnswer>>,
  beside: Pick<Guideline, 'guideline'> | null = null,
): ReportSection {
  const also = beside === null ? '' : ` beside ${beside.guideline}`;
  return {
    id: 'checklist',
    heading: 'Reporting checklist',
    blocks: [
      {
        kind: 'paragraph',
        text: `What ${guideline}, the guideline for reports of ${of}, asks for${also}, and where it is answered here.`,
      },
      {
        kind: 'checklist',
        guideline,
        items: items.map(({ number, asks }) => ({
          number,
          asks,
          answer: answers[number] ?? { not: 'nothing was written for it.' },
        })),
        notes: ['Items are in words of our own; the guideline itself is among the references.'],
      },
    ],
  };
}
