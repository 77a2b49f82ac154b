import type { ExposurePeriodResult } from '#main/analysis/exposure/exposure-period.ts';
import type { InstrumentSummary } from '#main/analysis/screening/screening-summary.ts';
import type { XmrLimits } from '#main/stats/control-charts/xmr-limits.ts';
import { releaseBodies } from '#main/store/release-records.ts';
import type { PeriodReportSpec, ReportSpec } from '#shared/contract/report-spec.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { runAnalysis } from '../analyses/index.ts';
import type { VaultContext } from '../call-context.ts';
import { addedSections } from './added/added-sections.ts';
import { makeCaseSummary } from './case-summary/make-case-summary.ts';
import { makeDataQuality } from './data-quality/make-data-quality.ts';
import { makeEvidenceSummary } from './evidence-summary/make-evidence-summary.ts';
import { exposureAndWellbeing } from './exposure-and-wellbeing.ts';
import { makeFamilyImpact } from './family-impact/make-family-impact.ts';
import { makeFamilySummary } from './family-summary/make-family-summary.ts';
import { makeForceQuarterly } from './force-quarterly/make-force-quarterly.ts';
import { judgeCounts, type ReleaseBody } from './judge-counts.ts';
import { identified, type MadeReport } from './made-report.ts';
import { makeModelCard } from './model-card/make-model-card.ts';
import { withNarrative } from './narrative.ts';
import { makePilotEvaluation } from './pilot-evaluation/make-pilot-evaluation.ts';
import { releasedTogether } from './released-together.ts';
import { fillReportSpec, type ReportFacts } from './report-facts.ts';
import { makeUnitBriefing } from './unit-briefing/make-unit-briefing.ts';

/**
 * Runs what a report rests on and writes its document; nothing leaves the engine yet.
 *
 * @param before hash of the manifest of a report that was released: it was judged with what was released before it.
 */
export async function makeReport(
  context: VaultContext,
  spec: ReportSpec,
  before: string | null = null,
): Promise<Result<MadeReport>> {
  const earlier = releaseBodies(context.vault.store.connection, before).map((body) => JSON.parse(body) as ReleaseBody);
  const { narrative, ...own } = { narrative: undefined, ...spec };
  const made = await makeFrom(context, own, earlier);
  if (!made.ok) return made;
  const narrated = withNarrative(made.value, narrative ?? []);
  return narrated.ok ? ok(identified(narrated.value)) : narrated;
}

function makeFrom(
  context: VaultContext,
  spec: ReportSpec,
  earlier: readonly ReleaseBody[],
): Promise<Result<MadeReport>> {
  switch (spec.template) {
    case 'case-summary':
      return makeCaseSummary(context, spec);
    case 'family-impact':
      return makeFamilyImpact(context, spec, earlier);
    case 'family-summary':
      return makeFamilySummary(context, spec, earlier);
    case 'evidence-summary':
      return makeEvidenceSummary(context, spec);
    case 'pilot-evaluation':
      return makePilotEvaluation(context, spec, earlier);
    case 'model-card':
      return makeModelCard(context, spec, earlier);
    case 'unit-briefing':
      return makeUnitBriefing(context, spec, earlier);
    case 'force-quarterly':
      return makeForceQuarterly(context, spec, earlier);
    case 'data-quality':
      return makeDataQuality(context, spec, earlier);
    case 'exposure-and-wellbeing':
      return makePeriodReport(context, spec, earlier);
  }
}

function periodProblem(spec: PeriodReportSpec): Result<null> {
  const from = dayOfIso(spec.from);
  const to = dayOfIso(spec.to);
  if (from === null || to === null) {
    return fail('BAD_SPEC', 'The report’s “from” and “to” are dates such as 2026-03-31.', 'Nothing was built.');
  }
  if (to < from) return fail('BAD_SPEC', 'The report’s period ends before it begins.', 'Nothing was built.');
  return ok(null);
}

async function makePeriodReport(
  context: VaultContext,
  given: PeriodReportSpec,
  earlier: readonly ReleaseBody[],
): Promise<Result<MadeReport>> {
  const sound = periodProblem(given);
  if (!sound.ok) return sound;
  const spec = fillReportSpec(given);
  const period = { from: spec.from, to: spec.to };
  const exposure = await runAnalysis(context, 'exposure-period', period);
  if (!exposure.ok) return exposure;
  const screening = await runAnalysis(context, 'screening-summary', period);
  if (!screening.ok) return screening;
  const facts: ReportFacts = {
    spec,
    synthetic: context.vault.synthetic,
    exposure: exposure.value.result as ExposurePeriodResult & { coverage: number | null; limits: XmrLimits | null },
    exposureReading: exposure.value.reading,
    screening: screening.value.result['instruments'] as InstrumentSummary[],
    screeningReading: screening.value.reading,
  };
  const judged = await judgeCounts(facts, earlier, context.signal);
  const added = await addedSections(context, spec.sections ?? [], spec, earlier);
  if (!added.ok) return added;
  const analyses = [exposure.value, screening.value, ...added.value.analyses];
  return ok({
    spec,
    period,
    document: exposureAndWellbeing(facts, judged, { sections: added.value.sections, analyses }),
    release: releasedTogether([judged, added.value.release]),
    analyses,
    notes: added.value.notes,
  });
}
