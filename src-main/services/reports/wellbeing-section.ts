import type { CaseFinding, InstrumentSummary } from '#main/analysis/screening/screening-summary.ts';
import { mayPublishDerived } from '#main/disclosure/derived-figures.ts';
import { reference } from '#shared/report/compose-document.ts';
import type { Block, ReportSection, TableCellValue, TableRow } from '#shared/report/document.ts';
import type { JudgedCounts } from './judge-counts.ts';
import { shown } from './published-cells.ts';
import type { ReportFacts } from './report-facts.ts';

const withheld: TableCellValue = { kind: 'withheld', reason: 'derived' };

/** Answered and did not answer add up to invited, so the three are withheld together. */
function responseRow(summary: InstrumentSummary, judged: JudgedCounts): TableRow {
  const answered = judged.screened(summary.instrument, 'answered');
  const invited = judged.screened(summary.instrument, 'invited');
  const publishable =
    answered.value !== null &&
    invited.value !== null &&
    mayPublishDerived({ people: summary.invited, countsPublished: [true, true] });
  const cells: TableCellValue[] = [
    { kind: 'text', text: `${summary.instrument}: ${summary.title}` },
    shown(invited),
    shown(answered),
    publishable ? { kind: 'share', value: summary.completed / summary.invited, decimals: 0 } : withheld,
  ];
  return { cells };
}

function findingRow(instrument: string, finding: CaseFinding, counts: JudgedCounts): TableRow {
  if (finding.judged === 0) {
    const none: TableCellValue = { kind: 'not-assessable' };
    return { cells: [{ kind: 'text', text: `${instrument}, ${finding.rule}` }, none, none, none, none] };
  }
  const judged = counts.assessed(instrument, finding.family.name);
  const positive = counts.positive(instrument, finding);
  const countsPublished = [positive.value !== null, judged.value !== null];
  const share = mayPublishDerived({ people: finding.judged, countsPublished }) ? finding.share : null;
  return {
    cells: [
      { kind: 'text', text: `${instrument}, ${finding.rule}` },
      shown(judged),
      shown(positive),
      share ? { kind: 'share', value: share.estimate, decimals: 1 } : withheld,
      share ? { kind: 'interval', low: share.low * 100, high: share.high * 100, decimals: 1 } : withheld,
    ],
  };
}

/** Who was screened, who answered, and how many were positive, with intervals; small counts withheld. */
export function wellbeingSection(facts: ReportFacts, judged: JudgedCounts): ReportSection {
  const { screening, spec } = facts;
  const heading = 'Wellbeing of those who were screened';
  if (screening.length === 0) {
    return {
      id: 'wellbeing',
      heading,
      blocks: [
        { kind: 'paragraph', text: 'Nobody was screened in the period, so nothing can be said about wellbeing.' },
      ],
    };
  }
  const responses: TableRow[] = [];
  const findings: TableRow[] = [];
  for (const summary of screening) {
    responses.push(responseRow(summary, judged));
    findings.push(...summary.findings.map((finding) => findingRow(summary.instrument, finding, judged)));
  }
  const blocks: Block[] = [
    // The numbers are in the tables below, where they have passed disclosure control; the last reading is the caution.
    ...facts.screeningReading.slice(-1).map((reading) => ({ kind: 'paragraph' as const, text: reading })),
    {
      kind: 'paragraph',
      text: [
        'Who answered is in ',
        reference('who-answered'),
        ', what they answered in ',
        reference('positive-screens'),
        '.',
      ],
    },
    {
      kind: 'table',
      id: 'who-answered',
      caption: 'Who was invited and who answered, people counted once',
      columns: [
        { label: 'Instrument', align: 'start' },
        { label: 'Invited', align: 'end' },
        { label: 'Answered', align: 'end' },
        { label: 'Share', align: 'end' },
      ],
      rows: responses,
      notes: [],
      derived: [{ column: 3, by: 'ratio', of: 2, over: 1 }],
      threshold: spec.clinicalThreshold,
    },
    {
      kind: 'table',
      id: 'positive-screens',
      caption: 'Positive screens among those who answered, by the latest screening of each person',
      columns: [
        { label: 'Instrument and rule', align: 'start' },
        { label: 'Assessed', align: 'end' },
        { label: 'Positive', align: 'end' },
        { label: 'Share', align: 'end' },
        { label: '95% interval', unit: '%', align: 'end' },
      ],
      rows: findings,
      notes: ['Intervals by Wilson’s method. A positive screen is not a diagnosis.'],
      derived: [
        { column: 3, by: 'ratio', of: 2, over: 1 },
        { column: 4, by: 'wilson', of: 2, over: 1 },
      ],
      threshold: spec.clinicalThreshold,
    },
  ];
  return { id: 'wellbeing', heading, blocks };
}
