import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { QuarterlySection } from '#shared/contract/report-specs/force-quarterly.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import type { ReportSection } from '#shared/report/document.ts';
import { runAnalysis } from '../../analyses/index.ts';
import type { VaultContext } from '../../call-context.ts';
import { modelInUse } from '../../early-warning/index.ts';
import { absencePart } from '../added/absence-part.ts';
import type { AddedPart } from '../added/added-part.ts';
import { addedSections, besideEarlier, judgePart } from '../added/added-sections.ts';
import { indicatorsPart } from '../added/indicators-part.ts';
import { offersOf, offersPart } from '../added/offers-part.ts';
import type { ReleaseBody } from '../judge-counts.ts';
import type { ReportRelease } from '../made-report.ts';
import { runAll } from '../run-all.ts';
import { yearTo } from './quarter.ts';
import type { QuarterlyFacts } from './quarterly-facts.ts';

/** A section that was judged; `isTold` where its figures may be named elsewhere in the report. */
export type JudgedSection = {
  readonly section: ReportSection;
  readonly isTold: boolean;
  readonly analyses: readonly AnalysisResult[];
  readonly release: ReportRelease;
  /** Why figures that were asked for are not in it. */
  readonly notes: readonly string[];
};

const indicatorMonths = 24;

/** Sections whose analyses are asked for by themselves; the rest stands in the report's own facts. */
type PlacedSection = Exclude<QuarterlySection, 'exposure' | 'wellbeing' | 'data'>;

/** A section of another place of the app, judged beside what was released before. */
export async function placedSection(
  context: VaultContext,
  section: PlacedSection,
  facts: QuarterlyFacts,
  earlier: readonly ReleaseBody[],
): Promise<Result<JudgedSection>> {
  if (section === 'absence' || section === 'indicators' || section === 'offers') {
    const part = await partOf(context, section, facts);
    return part.ok ? ok(await judged(part.value, earlier, context.signal)) : part;
  }
  const { now } = facts.quarters;
  // Offers are followed for three months, so that those of the last three cannot be told yet.
  const from = section === 'support' ? yearTo(now) : now.from;
  const { to, threshold, clinicalThreshold } = facts.spec;
  const added = await addedSections(context, [section], { from, to, threshold, clinicalThreshold }, earlier);
  if (!added.ok) return added;
  const { sections, analyses, release, notes } = added.value;
  const [own = { id: section, heading: section, blocks: [] }] = sections;
  return ok({ section: own, isTold: notes.length === 0, analyses, release, notes });
}

async function partOf(
  context: VaultContext,
  section: 'absence' | 'indicators' | 'offers',
  { quarters, spec }: QuarterlyFacts,
): Promise<Result<AddedPart>> {
  const each = [quarters.now, quarters.before, quarters.yearBefore] as const;
  const minimum = spec.clinicalThreshold;
  if (section === 'offers') {
    const { connection } = context.vault.store;
    const model = modelInUse(connection);
    if (!model.ok) return model;
    const offers = each.map((quarter) => offersOf(connection, quarter));
    return ok(offersPart(offers, minimum, model.value !== null));
  }
  if (section === 'indicators') {
    const answer = await runAnalysis(context, 'indicators', { asOf: spec.to, months: indicatorMonths });
    return answer.ok ? ok(indicatorsPart(answer.value, quarters.now.months)) : answer;
  }
  const answers = await runAll(
    context,
    each.map(({ from, to }) => ({ method: 'absence', spec: { from, to, by: 'force', minimum } })),
  );
  if (!answers.ok) return answers;
  return ok(absencePart(answers.value.map((analysis, at) => ({ name: each[at]?.name ?? '', analysis }))));
}

async function judged(part: AddedPart, earlier: readonly ReleaseBody[], signal: AbortSignal): Promise<JudgedSection> {
  const { released, counts } = await judgePart(part, earlier, signal);
  const { id, heading } = part.section;
  const without: ReportSection = { id, heading, blocks: [{ kind: 'paragraph', text: besideEarlier }] };
  const nothing = { cells: [], sums: [] };
  return {
    section: released === null ? without : part.section,
    isTold: released !== null,
    analyses: part.analyses,
    notes: released === null ? [`${heading}: ${besideEarlier}`] : [],
    release: {
      body: released ?? { workforce: { ...nothing, threshold: 5 }, clinical: { ...nothing, threshold: 10 } },
      counts: part.withheld + counts,
      withheld: part.withheld + (released === null ? counts : 0),
    },
  };
}
