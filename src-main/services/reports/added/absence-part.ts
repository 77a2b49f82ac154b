import type { AbsenceResult } from '#main/analysis/absence/absence-result.ts';
import type { AbsenceFigures } from '#main/analysis/absence/figures.ts';
import type { CountToRelease } from '#main/disclosure/released-counts.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { Block, TableBlock, TableCellValue, TableRow } from '#shared/report/document.ts';
import { textCell } from '../published-cells.ts';
import { type AddedPart, countCell, numberCell, printed, readingBlocks, shareCell } from './added-part.ts';

/** Absence of a period, and what the period is called. */
export type NamedAbsence = { readonly name: string; readonly analysis: AnalysisResult };

export function absenceOf({ result }: AnalysisResult): AbsenceResult {
  return result as unknown as AbsenceResult;
}

/**
 * Every count of people and of their spells that is printed of a group, null where it is withheld there.
 * @param of of whom, such as `unit=North`; null for the force
 */
function countsOf(figures: AbsenceFigures | null): readonly { readonly of: string; readonly count: number | null }[] {
  if (figures === null) return [{ of: 'people', count: null }];
  return [
    { of: 'people', count: figures.people },
    { of: 'people absent', count: figures.peopleAbsent },
    { of: 'spells started', count: figures.spellsStarted },
    { of: 'spells', count: figures.spells },
    { of: 'open spells', count: figures.openSpells },
    { of: 'long spells', count: figures.long?.spells ?? null },
    { of: 'people with a psychological reason', count: figures.psychological?.people ?? null },
  ];
}

/** The counts of some absence figures as the log of releases keeps them. */
export function absenceCounts(
  figures: AbsenceFigures | null,
  period: { readonly from: string; readonly to: string },
  group = '',
): readonly CountToRelease[] {
  return countsOf(figures).flatMap(({ of, count }) =>
    count === null ? [] : [printed(`absence${group}|${of}`, period, count)],
  );
}

export function absenceWithheld(figures: AbsenceFigures | null): number {
  return countsOf(figures).filter(({ count }) => count === null).length;
}

function periodOf({ spec }: AnalysisResult): { readonly from: string; readonly to: string } {
  return { from: String(spec['from']), to: String(spec['to']) };
}

/** Days lost, spells, psychological share and return to work of the force, period beside period; the first is the one reported on. */
export function absencePart(periods: readonly NamedAbsence[]): AddedPart {
  const [now] = periods;
  if (now === undefined) throw new RangeError('absence needs a period');
  const withheld = periods.reduce((sum, { analysis }) => sum + absenceWithheld(absenceOf(analysis).all), 0);
  const { all, people } = absenceOf(now.analysis);
  const section = (blocks: readonly Block[]): AddedPart => ({
    analyses: periods.map(({ analysis }) => analysis),
    withheld,
    counts: {
      workforce: [],
      clinical: periods.flatMap(({ analysis }) => absenceCounts(absenceOf(analysis).all, periodOf(analysis))),
    },
    section: { id: 'absence', heading: 'Absence', blocks },
  });
  if (all === null || all.peopleAbsent === 0) {
    const why =
      people === 0 || all !== null
        ? 'No absence is held for the quarter. Import the people and absences extracts up to its last day.'
        : 'Too few people were in post or absent in the quarter to say anything about them together.';
    return section([{ kind: 'paragraph', text: why }]);
  }
  const { reading, warnings } = now.analysis;
  // Of the sentences the limits alone, and no warning that counts rows: those counts were never held to a threshold.
  const toBearInMind = [...reading.slice(-1), ...warnings.filter((warning) => !/^\d/.test(warning))];
  return section([absenceTable(periods), ...readingBlocks([], toBearInMind, withheld)]);
}

type Line = { readonly label: string; readonly cell: (of: AbsenceResult, figures: AbsenceFigures) => TableCellValue };

const lines: readonly Line[] = [
  { label: 'People in post, at any time', cell: (_, { people }) => countCell(people) },
  { label: 'People absent, at any time', cell: (_, { peopleAbsent }) => countCell(peopleAbsent) },
  { label: 'FTE days lost', cell: (_, { days }) => numberCell(days.fte, 0) },
  { label: 'FTE days lost per 100 in post', cell: (_, { ratePercent }) => numberCell(ratePercent, 1) },
  { label: 'Spells begun', cell: (_, { spellsStarted }) => countCell(spellsStarted) },
  {
    label: 'Share of days lost in spells of more than 28 days',
    cell: (_, { long, days }) => shareCell(long === null || days.fte === 0 ? null : long.fteDays / days.fte),
  },
  {
    label: 'Psychological share of days lost',
    cell: (_, { psychological }) => shareCell(psychological?.share ?? null),
  },
  {
    label: 'Day by which half had returned',
    cell: ({ returnToWork }) => medianCell(returnToWork.all?.medianDays ?? null, returnToWork.all === null),
  },
  {
    label: 'Still absent after 28 days',
    cell: ({ returnToWork }) => shareCell(returnToWork.all?.points.find(({ day }) => day === 28)?.stillAbsent ?? null),
  },
];

function medianCell(days: number | null, isWithheld: boolean): TableCellValue {
  if (isWithheld) return numberCell(null, 0);
  return days === null ? { kind: 'not-assessable' } : { kind: 'number', value: days, decimals: 0 };
}

function absenceTable(periods: readonly NamedAbsence[]): TableBlock {
  return {
    kind: 'table',
    id: 'absence-table',
    caption: 'Absence, this quarter and those it is compared with',
    columns: [{ label: '', align: 'start' }, ...periods.map(({ name }) => ({ label: name, align: 'end' as const }))],
    rows: lines.map(
      ({ label, cell }): TableRow => ({
        cells: [
          textCell(label),
          ...periods.map(({ analysis }): TableCellValue => {
            const result = absenceOf(analysis);
            if (result.all === null) return { kind: 'withheld', reason: 'derived' };
            return result.all.peopleAbsent === 0 ? textCell('not held') : cell(result, result.all);
          }),
        ],
      }),
    ),
    notes: [
      'Days are calendar days by the FTE held on them. Return to work: Kaplan–Meier from the first day absent; spells already open when the quarter began enter late.',
    ],
    threshold: 10,
  };
}
