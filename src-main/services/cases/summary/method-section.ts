import type { Citation, MethodUsed } from '#shared/report/appendix-blocks.ts';
import type { ReportSection } from '#shared/report/document.ts';
import { countCell } from './summary-blocks.ts';
import type { SummaryFacts } from './summary-facts.ts';

/** What a summary rests on; raised with what it shows, so that another version is told from another case. */
export const summaryMethod = { method: 'case-summary', version: '1' } as const;

export const summaryReferences: readonly Citation[] = [
  {
    text: 'Faculty of Occupational Medicine (2017). Good occupational medical practice. London.',
    doi: null,
  },
  {
    text: 'Faculty of Occupational Medicine. Ethics guidance for occupational health practice, 9th edition. London.',
    doi: null,
  },
  {
    text: 'Jacobson NS, Truax P (1991). Clinical significance: a statistical approach to defining meaningful change in psychotherapy research. Journal of Consulting and Clinical Psychology 59(1): 12–19.',
    doi: null,
  },
];

function methodsOf({ view, include, provenance }: SummaryFacts): MethodUsed[] {
  const common = { ...summaryMethod, engine: provenance.engine };
  const events = view.timeline?.events ?? [];
  const counted = events.filter((event) => event.counted).length;
  const assessable = view.scores.filter((line) => line.assessable).length;
  const exposure: MethodUsed = {
    ...common,
    title: 'Exposure over time',
    options: [{ name: 'scheme', value: 'count-v1: every exposure counts one' }],
    counted: 'counted exposures of the person',
    n: countCell(counted),
    missing: countCell(events.length - counted),
    missingMeans: 'rows whose code has no rule, which are kept and not counted',
  };
  const scores: MethodUsed = {
    ...common,
    title: 'Scores',
    options: [
      { name: 'change', value: 'reliable change: the published number of points, or that of Jacobson and Truax, 95%' },
    ],
    counted: 'scores of the person',
    n: countCell(assessable),
    missing: countCell(view.scores.length - assessable),
    missingMeans: 'screenings with too few answers for a score',
  };
  return [...(include.includes('exposure') ? [exposure] : []), ...(include.includes('scores') ? [scores] : [])];
}

/** How it was worked out, and what it cannot show. */
export function methodSection(facts: SummaryFacts): ReportSection {
  const { provenance } = facts;
  const methods = methodsOf(facts);
  return {
    id: 'method',
    heading: 'How it was worked out, and its limits',
    blocks: [
      {
        kind: 'callout',
        tone: 'limits',
        title: 'To bear in mind',
        text: [
          'An exposure is one person at one recorded incident of one kind that can be traumatic. What nobody recorded is in no figure, and nothing here says how an exposure was lived through.',
          'A score is what somebody answered on one day, and no diagnosis. Reliable change is more than measurement error alone would seldom make (Jacobson and Truax 1991); it does not say why.',
          'Nothing here weighs the parts against each other. What they mean for this person is for a clinician to judge with them.',
        ],
      },
      ...(methods.length === 0 ? [] : [{ kind: 'methods' as const, methods }]),
      {
        kind: 'provenance',
        title: 'Made from',
        entries: [
          { name: 'Snapshot', value: provenance.snapshot, code: true },
          { name: 'Engine', value: provenance.engine },
          { name: 'Batches', value: provenance.batches.map(({ batch, kind }) => `${batch} (${kind})`).join(', ') },
        ],
      },
    ],
  };
}
