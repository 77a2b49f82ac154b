import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { Block, ReportSection, TableCellValue } from '#shared/report/document.ts';
import { formatDate, formatNumber, formatShare } from '#shared/report/format.ts';
import type { PublishedTotals } from './exposure-sections.ts';
import type { ReportFacts } from './report-facts.ts';

const leastPeopleInReadings = 10;

export const syntheticNote: Block = {
  kind: 'callout',
  tone: 'synthetic',
  title: 'Synthetic data',
  text: [
    'Everybody and everything in this report was made by a program. It shows what Tidemark does; it says nothing about any force or person.',
  ],
};

export function summarySection(facts: ReportFacts, published: PublishedTotals): ReportSection {
  const { exposure, spec } = facts;
  const figure = (value: number | null, label: string, note?: string) => ({
    value: value === null ? 'withheld' : formatNumber(value),
    label,
    ...(note === undefined ? {} : { note }),
  });
  const perPerson =
    published.events === null || published.people === null || published.people < 10
      ? null
      : published.events / published.people;
  return {
    id: 'summary',
    heading: 'In short',
    blocks: [
      ...(facts.synthetic ? [syntheticNote] : []),
      {
        kind: 'key-figures',
        figures: [
          figure(published.people, 'people in post', `on ${formatDate(spec.to)}`),
          figure(published.events, 'recorded exposures', 'in the period'),
          {
            value: perPerson === null ? 'withheld' : formatNumber(perPerson, 1),
            label: 'exposures per person',
            note: 'in post at the end',
          },
          {
            value: coverageOf(exposure.coverage, published),
            label: 'coverage',
            note: 'exposure rows whose code has a rule',
          },
        ],
      },
      { kind: 'list', ordered: false, items: readingsFor(facts, published) },
    ],
  };
}

/** A batch of a few rows, such as a correction, is a small count like any other. */
function rowsCell(rows: number, threshold: number): TableCellValue {
  return rows > 0 && rows < threshold
    ? { kind: 'withheld', reason: 'primary' }
    : { kind: 'number', value: rows, decimals: 0 };
}

function coverageOf(coverage: number | null, published: PublishedTotals): string {
  if (coverage === null) return 'none';
  return published.events === null ? 'withheld' : formatShare(coverage, 1);
}

/**
 * Readings name the totals and put groups of ten and more into words; where a total is withheld, or the report asks for
 * more, only their last one is left, the limits.
 */
function readingsFor(facts: ReportFacts, published: PublishedTotals): readonly string[] {
  const withheld = published.events === null || published.people === null;
  return withheld || facts.spec.threshold > leastPeopleInReadings
    ? facts.exposureReading.slice(-1)
    : facts.exposureReading;
}

/** What a report says of how it counts. */
type Counting = Pick<ReportFacts['spec'], 'to' | 'scheme' | 'threshold' | 'clinicalThreshold'>;

export function methodSection({ spec }: { readonly spec: Counting }): ReportSection {
  return {
    id: 'method',
    heading: 'Method and limits',
    blocks: [
      {
        kind: 'definitions',
        items: [
          {
            term: 'Exposure',
            meaning:
              'One person at one incident of one kind that can be traumatic, counted once, on its local calendar date. Codes with no rule are kept and never counted; coverage says how many there are.',
          },
          {
            term: 'Count, not weight',
            meaning: `The scheme is ${spec.scheme}. Every exposure counts one: weighting by severity has not been shown to add precision to plain counts (Weiss and others 2010).`,
          },
          {
            term: 'People in post',
            meaning: `Those whose service includes ${formatDate(spec.to)}, first and last day included.`,
          },
          {
            term: 'Withheld',
            meaning: `Counts from 1 to ${spec.threshold - 1} (for screening from 1 to ${spec.clinicalThreshold - 1}) are withheld, and so are others where subtraction would give them away; no rate or share is shown for fewer than 10 people.`,
          },
          {
            term: 'Usual range',
            meaning:
              'Mean of the months ± 2.66 times the mean difference between neighbouring months (XmR chart), drawn from twelve months on.',
          },
        ],
      },
      {
        kind: 'callout',
        tone: 'limits',
        title: 'What this cannot show',
        text: [
          'Exposures that nobody recorded, and how a recorded one was lived through. Recording habits differ between units and change over time.',
          'Whether exposure caused anyone’s symptoms: people were not assigned to it, and other things differ between them.',
          'How those are doing who did not answer. They may differ from those who did, in either direction.',
        ],
      },
    ],
  };
}

/** Extracts whose numbers of rows are held to the threshold of clinical and family measures. */
const clinicalKinds: ReadonlySet<string> = new Set(['screenings', 'families']);

/** One of each method: asked several questions of the same data, it says the same of where its numbers come from. */
function madeBy(analyses: readonly AnalysisResult[]): readonly AnalysisResult[] {
  return [...new Map(analyses.map((analysis) => [analysis.method, analysis])).values()];
}

/** @param analyses every analysis that the report rests on */
export function provenanceSection(
  { spec }: { readonly spec: Counting },
  analyses: readonly AnalysisResult[],
): ReportSection {
  const batches = new Map(
    analyses.flatMap(({ provenance }) => provenance.batches.map((batch) => [batch.batch, batch])),
  );
  return {
    id: 'provenance',
    heading: 'Where the numbers come from',
    blocks: [
      {
        kind: 'provenance',
        title: 'Made from',
        entries: [
          ...madeBy(analyses).map(({ method, provenance }) => ({
            name: `Snapshot, ${method}`,
            value: provenance.snapshot,
            code: true,
          })),
          { name: 'Scheme', value: spec.scheme },
          { name: 'Engine', value: analyses[0]?.provenance.engine ?? '' },
          {
            name: 'Methods',
            value: madeBy(analyses)
              .map(({ method, version }) => `${method} version ${version}`)
              .join(', '),
          },
        ],
      },
      {
        kind: 'table',
        caption: 'Batches imported',
        columns: [
          { label: 'Batch', align: 'start' },
          { label: 'Extract', align: 'start' },
          { label: 'Rows accepted', align: 'end' },
          { label: 'File (SHA-256, first 16)', align: 'start' },
        ],
        rows: [...batches.values()]
          .sort((a, b) => a.batch - b.batch)
          .map((batch) => ({
            cells: [
              { kind: 'text', text: String(batch.batch) },
              { kind: 'text', text: batch.kind },
              rowsCell(batch.accepted, clinicalKinds.has(batch.kind) ? spec.clinicalThreshold : spec.threshold),
              { kind: 'text', text: batch.fileHash.slice(0, 16) },
            ],
          })),
        notes: ['The manifest beside this report lets another evaluator re-run it: tidemark verify.'],
        threshold: spec.threshold,
      },
    ],
  };
}
