import type { CaseFinding, InstrumentSummary } from '#main/analysis/screening/screening-summary.ts';
import { mayPublishDerived } from '#main/disclosure/derived-figures.ts';
import { suppressList } from '#main/disclosure/suppress-table.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import type { Block, ReportSection, TableCellValue, TableRow } from '#shared/report/document.ts';
import type { JudgedCounts } from './judge-counts.ts';
import { listCell, type Shown, shown } from './published-cells.ts';
import type { ReportFacts } from './report-facts.ts';

const withheld: TableCellValue = { kind: 'withheld', reason: 'derived' };

/** Answered and did not answer add up to invited, so the three are withheld together. */
function responseRow(
  summary: InstrumentSummary,
  judged: JudgedCounts,
): { readonly row: TableRow; readonly answered: Shown } {
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
  return { row: { cells }, answered };
}

function findingRow(instrument: string, finding: CaseFinding, positive: Shown, judged: Shown): TableRow {
  if (finding.judged === 0) {
    const none: TableCellValue = { kind: 'not-assessable' };
    return { cells: [{ kind: 'text', text: `${instrument}, ${finding.rule}` }, none, none, none, none] };
  }
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

/** Outcomes that exclude each other add up with the rest to all who were judged: an ordinary list. */
function exclusiveCells(findings: readonly CaseFinding[], threshold: number): Result<Shown[]> {
  const total = findings[0]?.judged ?? 0;
  const counts = findings.map((finding) => finding.positive);
  const list = suppressList({
    rows: [...findings.map((finding) => finding.rule), 'neither'],
    counts: [...counts, total - counts.reduce((sum, count) => sum + count, 0)],
    threshold,
  });
  return list.ok ? ok(findings.map((_, index) => listCell(list.value, index))) : list;
}

/**
 * Cut-offs of one scale are nested, so a reader can subtract them from each other and from all who were judged. One is
 * published only where it and every such difference is nothing or no small count; a withheld one then lies anywhere between
 * its published neighbours, which are at least the threshold apart.
 */
function nestedCells(findings: readonly CaseFinding[], threshold: number): Shown[] {
  const total = findings[0]?.judged ?? 0;
  const safe = (count: number): boolean => count === 0 || count >= threshold;
  const published = new Set<CaseFinding>();
  let last = 0;
  for (const finding of [...findings].sort((a, b) => a.positive - b.positive)) {
    if (!safe(finding.positive - last) || !safe(finding.positive) || !safe(total - finding.positive)) continue;
    published.add(finding);
    last = finding.positive;
  }
  return findings.map((finding) =>
    published.has(finding)
      ? { value: finding.positive, reason: null }
      : { value: null, reason: safe(finding.positive) ? 'complementary' : 'primary' },
  );
}

/** Findings of one family are controlled together; how many were judged is shown only where how many answered is. */
function familyRows(
  summary: InstrumentSummary,
  findings: readonly CaseFinding[],
  answered: Shown,
  threshold: number,
): Result<TableRow[]> {
  const nested = findings[0]?.family.kind === 'nested';
  const cells = nested ? ok(nestedCells(findings, threshold)) : exclusiveCells(findings, threshold);
  if (!cells.ok) return cells;
  return ok(
    findings.map((finding, index) => {
      const unjudged = summary.completed - finding.judged;
      const shownJudged =
        answered.value !== null && finding.judged >= threshold && (unjudged === 0 || unjudged >= threshold);
      const judged: Shown = shownJudged
        ? { value: finding.judged, reason: null }
        : { value: null, reason: finding.judged < threshold ? 'primary' : 'complementary' };
      return findingRow(summary.instrument, finding, cells.value[index] ?? { value: null, reason: 'primary' }, judged);
    }),
  );
}

function findingRows(summary: InstrumentSummary, answered: Shown, threshold: number): Result<TableRow[]> {
  const families = [...new Set(summary.findings.map((finding) => finding.family.name))];
  const rows: TableRow[] = [];
  for (const family of families) {
    const own = summary.findings.filter((finding) => finding.family.name === family);
    const made = familyRows(summary, own, answered, threshold);
    if (!made.ok) return made;
    rows.push(...made.value);
  }
  return ok(rows);
}

/** Who was screened, who answered, and how many were positive, with intervals; small counts withheld. */
export function wellbeingSection(facts: ReportFacts, judged: JudgedCounts): Result<ReportSection> {
  const { screening, spec } = facts;
  const heading = 'Wellbeing of those who were screened';
  if (screening.length === 0) {
    return ok({
      id: 'wellbeing',
      heading,
      blocks: [
        { kind: 'paragraph', text: 'Nobody was screened in the period, so nothing can be said about wellbeing.' },
      ],
    });
  }
  const responses: TableRow[] = [];
  const findings: TableRow[] = [];
  for (const summary of screening) {
    const response = responseRow(summary, judged);
    responses.push(response.row);
    const rows = findingRows(summary, response.answered, spec.clinicalThreshold);
    if (!rows.ok) return rows;
    findings.push(...rows.value);
  }
  const blocks: Block[] = [
    // The numbers are in the tables below, where they have passed disclosure control; the last reading is the caution.
    ...facts.screeningReading.slice(-1).map((reading) => ({ kind: 'paragraph' as const, text: reading })),
    {
      kind: 'table',
      caption: 'Who was invited and who answered, people counted once',
      columns: [
        { label: 'Instrument', align: 'start' },
        { label: 'Invited', align: 'end' },
        { label: 'Answered', align: 'end' },
        { label: 'Share', align: 'end' },
      ],
      rows: responses,
      notes: [],
      threshold: spec.clinicalThreshold,
    },
    {
      kind: 'table',
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
      threshold: spec.clinicalThreshold,
    },
  ];
  return ok({ id: 'wellbeing', heading, blocks });
}
