import type { CountToRelease, KeyedSum } from '#main/disclosure/released-counts.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { Block, ReportSection, TableCellValue } from '#shared/report/document.ts';
import { formatNumber } from '#shared/report/format.ts';

/** Counts under these are withheld: of the workforce, and of families and clinical measures. */
export type Measures = 'workforce' | 'clinical';

/** A section that a report may have beside its own, before it is judged with what was let out earlier. */
export type AddedPart = {
  readonly section: ReportSection;
  /** Every count that is printed in it. */
  readonly counts: Readonly<Record<Measures, readonly CountToRelease[]>>;
  /** Counts of it that add up to others; none where it is left out. */
  readonly sums?: Readonly<Record<Measures, readonly KeyedSum[]>>;
  /** How many counts its analyses withheld. */
  readonly withheld: number;
  /** What it rests on; none where it shows only what is held as it was entered. */
  readonly analyses: readonly AnalysisResult[];
  /** What of it holds no count, and stays where its counts cannot stand beside those that are out. */
  readonly withoutCounts?: ReportSection;
};

export const withheldCell: TableCellValue = { kind: 'withheld', reason: 'derived' };

export function countCell(count: number | null): TableCellValue {
  return count === null ? { kind: 'withheld', reason: 'primary' } : { kind: 'number', value: count, decimals: 0 };
}

export function numberCell(value: number | null, decimals: number): TableCellValue {
  return value === null ? withheldCell : { kind: 'number', value, decimals };
}

export function shareCell(value: number | null): TableCellValue {
  return value === null ? withheldCell : { kind: 'share', value, decimals: 1 };
}

export function intervalCell(low: number | null, high: number | null, decimals: number): TableCellValue {
  return low === null || high === null ? withheldCell : { kind: 'interval', low, high, decimals };
}

/** A count that is printed and may not be withheld to protect another: where it cannot stand, its whole section goes. */
export function printed(
  group: string,
  period: { readonly from: string; readonly to: string },
  value: number,
): CountToRelease {
  return { group, ...period, value, loss: 1 + value, kept: true, shown: true };
}

/** What the analysis says in sentences, what to bear in mind, and how much is withheld. */
export function readingBlocks(
  sentences: readonly string[],
  toBearInMind: readonly string[],
  withheld: number,
): Block[] {
  const [is, them] = withheld === 1 ? ['count of this section is', 'it'] : ['counts of this section are', 'them'];
  return [
    ...(sentences.length === 0 ? [] : [{ kind: 'list' as const, ordered: false, items: sentences }]),
    ...(toBearInMind.length === 0
      ? []
      : [{ kind: 'callout' as const, tone: 'limits' as const, title: 'To bear in mind', text: toBearInMind }]),
    {
      kind: 'paragraph',
      tone: 'small',
      text:
        withheld === 0
          ? 'No count of this section is withheld.'
          : `${formatNumber(withheld)} ${is} withheld, because few people stand behind ${them} or a small count would follow.`,
    },
  ];
}

/** A reading whose last sentence says its limits, as the blocks of a section. */
export function limitedReading({ reading, warnings }: AnalysisResult, withheld: number): Block[] {
  return readingBlocks(reading.slice(0, -1), [...reading.slice(-1), ...warnings], withheld);
}
