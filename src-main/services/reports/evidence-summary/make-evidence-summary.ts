import glossary from '#resources/glossary.json' with { type: 'json' };
import type { HeldEvidence, SummarisedOutcome } from '#shared/contract/evidence-studies.ts';
import type { EvidenceSummarySpec } from '#shared/contract/report-spec.ts';
import type { ReviewView } from '#shared/contract/review-shapes.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { Block, ReportDocument, ReportSection } from '#shared/report/document.ts';
import { termsUsed } from '#shared/report/terms-used.ts';
import type { VaultContext } from '../../call-context.ts';
import { heldEvidence, summariseReview } from '../../evidence/index.ts';
import { reviewView } from '../../reviews/index.ts';
import { machinery } from '../appendices/methods-section.ts';
import { syntheticNote } from '../frame-sections.ts';
import type { MadeReport } from '../made-report.ts';
import { guidanceBlocks, outcomeSections, studiesSection, summaryTable } from './findings-sections.ts';
import { flowSection, limitsBlock, questionSection } from './review-sections.ts';

type FilledSpec = {
  readonly template: 'evidence-summary';
  readonly review: string;
  readonly length: 'page' | 'full';
  readonly title: string;
  readonly marking: string;
  readonly version: string;
};

type Facts = {
  readonly spec: FilledSpec;
  readonly view: ReviewView;
  readonly held: HeldEvidence;
  readonly outcomes: readonly SummarisedOutcome[];
  readonly synthetic: boolean;
};

/** What studies are published for is not of this force: marked for handing out, unless somebody marks it higher. */
const usualMarking = 'OFFICIAL';

/** The summary of a review, on one page or in full. It holds no count of this force but what its own pilots told safely. */
export async function makeEvidenceSummary(
  context: VaultContext,
  given: EvidenceSummarySpec,
): Promise<Result<MadeReport>> {
  const view = reviewView(context, given.review);
  if (!view.ok) return view;
  const held = heldEvidence(context.vault.store.connection, given.review);
  if (!held.ok) return held;
  const summary = await summariseReview(context, given.review);
  if (!summary.ok) return summary;
  const { outcomes } = summary.value;
  if (outcomes.length === 0) {
    return fail(
      'REFUSED_MODEL',
      'The review has no outcomes yet, so there is nothing to sum up.',
      'Nothing was written. Enter the studies and outcomes of the review first.',
    );
  }
  const spec: FilledSpec = {
    template: given.template,
    review: given.review,
    length: given.length ?? 'full',
    title: given.title ?? view.value.protocol.title,
    marking: given.marking ?? usualMarking,
    version: given.version ?? '1.0',
  };
  const day = lastDay(view.value);
  const none = { cells: [], sums: [], threshold: 10 };
  const facts = { spec, view: view.value, held: held.value, outcomes, synthetic: context.vault.synthetic };
  return ok({
    spec,
    period: { from: day, to: day },
    document: spec.length === 'page' ? page(facts, day) : whole(facts, day),
    release: { body: { workforce: none, clinical: none }, counts: 0, withheld: 0 },
    analyses: outcomes.map(({ synthesis }) => synthesis),
  });
}

/** The last day that the review speaks of: of its last search, else of its protocol. */
function lastDay({ searches, versions }: ReviewView): string {
  const days = searches.map(({ on }) => on).sort();
  return days.at(-1) ?? versions.at(-1)?.at.slice(0, 10) ?? '';
}

const about =
  'What research says about a question of police wellbeing, how sure one may be of it, and what follows. It is about groups that were studied, never about one person.';

function frame({ spec }: Facts, day: string): Omit<ReportDocument, 'sections'> {
  const { title, marking, version } = spec;
  return { title, subtitle: 'Summary of evidence', marking, version, language: 'en-GB', dataTo: day, about };
}

function page(facts: Facts, day: string): ReportDocument {
  const { outcomes, held, view, synthetic } = facts;
  const section = (id: string, heading: string, blocks: readonly Block[]): ReportSection => ({ id, heading, blocks });
  return {
    ...frame(facts, day),
    layout: 'sheet',
    sections: [
      section('findings', 'What was found', [...(synthetic ? [syntheticNote] : []), summaryTable(outcomes, false)]),
      section('guidance', 'What follows', guidanceBlocks(held)),
      section('limits', 'How far it was looked', [limitsBlock(view)]),
    ],
  };
}

function whole(facts: Facts, day: string): ReportDocument {
  const { outcomes, held, view, synthetic } = facts;
  const body: readonly ReportSection[] = [
    {
      id: 'summary',
      heading: 'In short',
      blocks: [...(synthetic ? [syntheticNote] : []), summaryTable(outcomes, true), limitsBlock(view)],
    },
    { id: 'guidance', heading: 'What follows', blocks: guidanceBlocks(held) },
    questionSection(view),
    flowSection(view),
    studiesSection(held),
    outcomeSections(outcomes),
    methods(outcomes),
  ];
  const terms = termsUsed(body, glossary.terms);
  return {
    ...frame(facts, day),
    sections: [...body, { id: 'terms', heading: 'Terms', blocks: [{ kind: 'glossary', terms }] }],
  };
}

function methods(outcomes: readonly SummarisedOutcome[]): ReportSection {
  return {
    id: 'analyses',
    heading: 'How it was worked out',
    blocks: [
      {
        kind: 'methods',
        methods: outcomes.map(({ outcome, row, synthesis }) => ({
          ...machinery(synthesis),
          title: outcome.title,
          counted: 'studies',
          n: { kind: 'number', value: row.studies, decimals: 0 },
          missing: { kind: 'not-assessable' },
          missingMeans: 'studies that measured the outcome and did not report it, which cannot be known',
        })),
      },
    ],
  };
}
