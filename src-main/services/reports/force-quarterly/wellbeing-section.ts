import type { CaseFinding } from '#main/analysis/screening/screening-summary.ts';
import { shareDifference } from '#main/analysis/screening/share-difference.ts';
import { mayPublishDerived } from '#main/disclosure/derived-figures.ts';
import { wilsonInterval } from '#main/stats/wilson-interval.ts';
import type { Block, ReportSection, TableBlock, TableCellValue, TableRow } from '#shared/report/document.ts';
import { formatNumber } from '#shared/report/format.ts';
import { screenedAs } from '../counts-to-release.ts';
import { type Shown, shown, textCell } from '../published-cells.ts';
import { assessedAs, positiveAs } from '../screen-counts.ts';
import type { JudgedQuarters } from './quarterly-counts.ts';
import type { QuarterFacts, QuarterlyFacts } from './quarterly-facts.ts';

const withheld: TableCellValue = { kind: 'withheld', reason: 'derived' };

/** A part of a whole that may be told; null where it may not. */
type Told = { readonly part: number; readonly all: number } | null;

function told(part: Shown, all: Shown): Told {
  const published = [part.value !== null, all.value !== null];
  if (!mayPublishDerived({ people: all.value ?? 0, countsPublished: published })) return null;
  return { part: part.value ?? 0, all: all.value ?? 0 };
}

function shareCells(of: Told): TableCellValue[] {
  if (of === null) return [withheld, withheld];
  const { low, high } = wilsonInterval(of.part, of.all);
  return [
    { kind: 'share', value: of.part / of.all, decimals: 1 },
    { kind: 'interval', low: 100 * low, high: 100 * high, decimals: 1 },
  ];
}

/** Who answered the screening and what it found, quarter beside quarter. */
export function quarterlyWellbeing(facts: QuarterlyFacts, judged: JudgedQuarters): ReportSection {
  const heading = 'Wellbeing of those who were screened';
  const [now] = facts.three;
  if (now.screening.length === 0) {
    return {
      id: 'wellbeing',
      heading,
      blocks: [
        {
          kind: 'paragraph',
          text: 'Nobody was screened in the quarter, so nothing can be said about wellbeing. Import the screenings extract if there was a wave.',
        },
      ],
    };
  }
  const instruments = now.screening.map(({ instrument }) => instrument);
  const differences = instruments.flatMap((instrument) => differenceSentences(instrument, facts, judged));
  return {
    id: 'wellbeing',
    heading,
    blocks: [
      ...(differences.length === 0 ? [] : [{ kind: 'list' as const, ordered: false, items: differences }]),
      responseTable(instruments, facts, judged),
      positiveTable(instruments, facts, judged),
      {
        kind: 'callout',
        tone: 'limits',
        title: 'To bear in mind',
        text: [
          'A positive screen is not a diagnosis. People who did not answer cannot be assessed, and they may differ from those who did.',
          'Differences are between those who answered in each quarter. Where the same people answered in both, the true interval is narrower; where others did, the groups may differ in much beside the time.',
        ],
      },
    ],
  };
}

const columns = (first: string, part: string, all: string): TableBlock['columns'] => [
  { label: first, align: 'start' },
  { label: 'Quarter', align: 'start' },
  { label: all, align: 'end' },
  { label: part, align: 'end' },
  { label: 'Share', align: 'end' },
  { label: '95% interval', unit: '%', align: 'end' },
];

const derived: NonNullable<TableBlock['derived']> = [
  { column: 4, by: 'ratio', of: 3, over: 2 },
  { column: 5, by: 'wilson', of: 3, over: 2 },
];

function rowsOf(
  label: string,
  { three }: QuarterlyFacts,
  countsIn: (of: QuarterFacts) => { readonly part: Shown; readonly all: Shown } | null,
): TableRow[] {
  return three.map((of, at): TableRow => {
    const first = [textCell(at === 0 ? label : ''), textCell(of.quarter.name)];
    const counts = countsIn(of);
    if (counts === null) return { cells: [...first, ...noOne] };
    const { part, all } = counts;
    return { cells: [...first, shown(all), shown(part), ...shareCells(told(part, all))] };
  });
}

const noOne: readonly TableCellValue[] = [
  { kind: 'text', text: 'none' },
  ...[0, 1, 2].map((): TableCellValue => ({ kind: 'empty' })),
];

function responseTable(instruments: readonly string[], facts: QuarterlyFacts, judged: JudgedQuarters): Block {
  return {
    kind: 'table',
    id: 'who-answered',
    caption: 'Who was invited and who answered, people counted once a quarter',
    columns: columns('Instrument', 'Answered', 'Invited'),
    rows: instruments.flatMap((instrument) =>
      rowsOf(instrument, facts, ({ quarter, screening }) =>
        screening.some((summary) => summary.instrument === instrument)
          ? {
              part: judged.shown(screenedAs(instrument, 'answered', quarter)),
              all: judged.shown(screenedAs(instrument, 'invited', quarter)),
            }
          : null,
      ),
    ),
    notes: [],
    ...{ derived, threshold: facts.spec.clinicalThreshold },
  };
}

function countsOf(
  instrument: string,
  finding: CaseFinding,
  { quarter, screening }: QuarterFacts,
  judged: JudgedQuarters,
) {
  const own = screening.find((summary) => summary.instrument === instrument);
  const same = own?.findings.find(({ rule, family }) => rule === finding.rule && family.name === finding.family.name);
  if (same === undefined || same.judged === 0) return null;
  return {
    part: judged.shown(positiveAs(instrument, same, quarter)),
    all: judged.shown(assessedAs(instrument, same.family.name, quarter)),
  };
}

function positiveTable(instruments: readonly string[], facts: QuarterlyFacts, judged: JudgedQuarters): Block {
  const [now] = facts.three;
  return {
    kind: 'table',
    id: 'positive-screens',
    caption: 'Positive screens among those who answered, by the latest screening of each person in the quarter',
    columns: columns('Instrument and rule', 'Positive', 'Assessed'),
    rows: instruments.flatMap((instrument) =>
      (now.screening.find((summary) => summary.instrument === instrument)?.findings ?? []).flatMap((finding) =>
        rowsOf(`${instrument}, ${finding.rule}`, facts, (of) => countsOf(instrument, finding, of, judged)),
      ),
    ),
    notes: ['Intervals by Wilson’s method.'],
    ...{ derived, threshold: facts.spec.clinicalThreshold },
  };
}

/** The first rule of an instrument against the same quarter of the year before, in a sentence; none where one may not be told. */
export function differenceSentences(instrument: string, facts: QuarterlyFacts, judged: JudgedQuarters): string[] {
  const [now, , yearBefore] = facts.three;
  const finding = now.screening.find((summary) => summary.instrument === instrument)?.findings[0];
  if (finding === undefined) return [];
  const of = (one: QuarterFacts): Told => {
    const counts = countsOf(instrument, finding, one, judged);
    return counts === null ? null : told(counts.part, counts.all);
  };
  const [first, second] = [of(now), of(yearBefore)];
  if (first === null) return [];
  const share = `${instrument}, ${finding.rule}: ${formatNumber((100 * first.part) / first.all, 1)}% of those assessed`;
  const difference = second === null ? null : shareDifference(first, second);
  if (difference === null) return [`${share}; the same quarter of the year before cannot be set beside it.`];
  const [estimate, low, high] = [difference.estimate, difference.low, difference.high].map((one) => 100 * one) as [
    number,
    number,
    number,
  ];
  const apart = low > 0 || high < 0;
  return [
    `${share}, ${formatNumber(Math.abs(estimate), 1)} points ${estimate < 0 ? 'less' : 'more'} than a year before (95% interval of the difference ${formatNumber(low, 1)} to ${formatNumber(high, 1)})${apart ? '' : ': no difference that chance would not explain'}.`,
  ];
}
