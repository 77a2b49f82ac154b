import type { CaseFinding, InstrumentSummary } from '#main/analysis/screening/screening-summary.ts';
import { mayPublishDerived } from '#main/disclosure/derived-figures.ts';
import { type SuppressedList, suppressList } from '#main/disclosure/suppress-table.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import type { Block, ReportSection, TableCellValue, TableRow } from '#shared/report/document.ts';
import type { ReportFacts } from './report-facts.ts';

type Cell = { readonly value: number | null; readonly reason: 'primary' | 'complementary' | null };

function cellAt(list: SuppressedList, row: number): Cell {
  return list.cells.find((cell) => cell.rowIndex === row) ?? { value: null, reason: 'primary' };
}

function shown(cell: Cell): TableCellValue {
  return cell.value === null
    ? { kind: 'withheld', reason: cell.reason ?? 'primary' }
    : { kind: 'number', value: cell.value, decimals: 0 };
}

const withheld: TableCellValue = { kind: 'withheld', reason: 'derived' };

/** Answered and did not answer add up to invited, so the three are withheld together. */
function responseRow(summary: InstrumentSummary, threshold: number): Result<TableRow> {
  const list = suppressList({
    rows: ['answered', 'did not answer'],
    counts: [summary.completed, summary.invited - summary.completed],
    threshold,
  });
  if (!list.ok) return list;
  const answered = cellAt(list.value, 0);
  const invited = cellAt(list.value, 2);
  const publishable =
    answered.value !== null &&
    invited.value !== null &&
    mayPublishDerived({ people: summary.invited, countsPublished: [true, true] });
  return ok({
    cells: [
      { kind: 'text', text: `${summary.instrument}: ${summary.title}` },
      shown(invited),
      shown(answered),
      publishable ? { kind: 'share', value: summary.completed / summary.invited, decimals: 0 } : withheld,
    ],
  });
}

function findingRow(summary: InstrumentSummary, finding: CaseFinding, list: SuppressedList, row: number): TableRow {
  const positive = cellAt(list, row);
  const judged = cellAt(list, list.cells.length - 1);
  const publishable =
    finding.share !== null &&
    positive.value !== null &&
    judged.value !== null &&
    mayPublishDerived({ people: finding.judged, countsPublished: [true, true] });
  return {
    cells: [
      { kind: 'text', text: `${summary.instrument}, ${finding.rule}` },
      finding.judged === 0 ? { kind: 'not-assessable' } : shown(judged),
      finding.judged === 0 ? { kind: 'not-assessable' } : shown(positive),
      publishable && finding.share ? { kind: 'share', value: finding.share.estimate, decimals: 1 } : withheld,
      publishable && finding.share
        ? { kind: 'interval', low: finding.share.low * 100, high: finding.share.high * 100, decimals: 1 }
        : withheld,
    ],
  };
}

/**
 * Cut-offs of one scale are nested and outcomes of one classification exclude each other: the people between two cut-offs, or
 * in each outcome, are what the reader could work out, so these are the counts that are controlled together.
 */
function findingRows(summary: InstrumentSummary, threshold: number): Result<TableRow[]> {
  const judged = new Set(summary.findings.map((finding) => finding.judged));
  const nested = [...summary.findings].sort((a, b) => a.positive - b.positive);
  const isNested = summary.findings.every((finding) => finding.rule.includes('score of'));
  if (judged.size > 1) {
    const rows: TableRow[] = [];
    for (const finding of summary.findings) {
      const list = suppressList({
        rows: ['positive', 'not positive'],
        counts: [finding.positive, finding.judged - finding.positive],
        threshold,
      });
      if (!list.ok) return list;
      rows.push(findingRow(summary, finding, list.value, 0));
    }
    return ok(rows);
  }
  const total = summary.findings[0]?.judged ?? 0;
  if (!isNested) {
    const counts = summary.findings.map((finding) => finding.positive);
    const rest = total - counts.reduce((sum, count) => sum + count, 0);
    const list = suppressList({
      rows: [...summary.findings.map((finding) => finding.rule), 'rest'],
      counts: [...counts, rest],
      threshold,
    });
    if (!list.ok) return list;
    return ok(summary.findings.map((finding, index) => findingRow(summary, finding, list.value, index)));
  }
  // Steps between neighbouring cut-offs; a finding is published only where every step up to it is.
  const steps = nested.map((finding, index) => finding.positive - (nested[index - 1]?.positive ?? 0));
  const last = nested[nested.length - 1]?.positive ?? 0;
  const list = suppressList({
    rows: [...nested.map((finding) => finding.rule), 'rest'],
    counts: [...steps, total - last],
    threshold,
  });
  if (!list.ok) return list;
  const publishedTotal = cellAt(list.value, nested.length + 1);
  return ok(
    summary.findings.map((finding) => {
      const place = nested.indexOf(finding);
      const hidden = nested.slice(0, place + 1).some((_, index) => cellAt(list.value, index).value === null);
      const positive: Cell = hidden
        ? { value: null, reason: 'complementary' }
        : { value: finding.positive, reason: null };
      const single: SuppressedList = {
        withheld: { primary: 0, complementary: 0 },
        cells: [
          { row: 'positive', rowIndex: 0, published: positive.value !== null, ...positive },
          { row: 'Total', rowIndex: 1, published: publishedTotal.value !== null, ...publishedTotal },
        ],
      };
      return findingRow(summary, finding, single, 0);
    }),
  );
}

/** Who was screened, who answered, and how many were positive, with intervals; small counts withheld. */
export function wellbeingSection(facts: ReportFacts): Result<ReportSection> {
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
    const response = responseRow(summary, spec.clinicalThreshold);
    if (!response.ok) return response;
    responses.push(response.value);
    const rows = findingRows(summary, spec.clinicalThreshold);
    if (!rows.ok) return rows;
    findings.push(...rows.value);
  }
  const blocks: Block[] = [
    ...facts.screeningReading.map((reading) => ({ kind: 'paragraph' as const, text: reading })),
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
