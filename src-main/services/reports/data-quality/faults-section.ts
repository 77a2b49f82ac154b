import type { ReportSection, TableRow } from '#shared/report/document.ts';
import { shown, textCell } from '../published-cells.ts';
import { type Fault, faultsOf } from './faults.ts';
import { touchedBy } from './questions.ts';
import type { JudgedRows, StatementFacts } from './statement-facts.ts';

export const severityWords: Readonly<Record<Fault['severity'], string>> = {
  act: 'Figures are wrong until it is mended',
  look: 'Figures may be wrong',
  note: 'Good to know',
};

const severities = ['act', 'look', 'note'] as const;

/** What was found, what it does to which analysis, and what to do about it. */
export function faultsSection(facts: StatementFacts, judged: JudgedRows): ReportSection {
  const faults = faultsOf(facts);
  return {
    id: 'faults',
    heading: 'What was found, and what it does',
    blocks:
      faults.length === 0
        ? [{ kind: 'paragraph', text: 'Nothing was found that needs mending.' }]
        : severities.flatMap((severity) => {
            const own = faults.filter((fault) => fault.severity === severity);
            if (own.length === 0) return [];
            return [
              {
                kind: 'table' as const,
                id: `faults-${severity}`,
                caption: severityWords[severity],
                columns: [
                  { label: 'What was found', align: 'start' as const },
                  { label: 'How many', align: 'end' as const },
                  { label: 'What it does', align: 'start' as const },
                  { label: 'What to do', align: 'start' as const },
                ],
                rows: own.map((fault) => faultRow(fault, judged)),
                notes: [],
              },
            ];
          }),
  };
}

function faultRow({ kind, what, count, counted, does, mend }: Fault, judged: JudgedRows): TableRow {
  const touched = touchedBy(kind);
  const how = count === null ? null : judged(count);
  return {
    cells: [
      textCell(what),
      how === null
        ? { kind: 'empty' }
        : how.value === null
          ? shown(how)
          : textCell(`${how.value.toLocaleString('en-GB')} ${counted}`),
      textCell(touched.length === 0 ? does : `${does} Touches: ${touched.join(', ')}.`),
      textCell(mend),
    ],
  };
}
