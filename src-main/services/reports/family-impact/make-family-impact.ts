import type { FamilyImpactReportSpec } from '#shared/contract/report-specs/family-impact.ts';
import type { FamilyImpactResult } from '#shared/domain/family-impact.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { defaultMarking } from '#shared/report/document.ts';
import { runAnalysis } from '../../analyses/index.ts';
import type { VaultContext } from '../../call-context.ts';
import { familyCounts } from '../added/families-part.ts';
import { familyThreshold, judgeFamilyCounts } from '../family-counts.ts';
import type { ReleaseBody } from '../judge-counts.ts';
import type { MadeReport } from '../made-report.ts';
import { familyImpactReport } from './family-impact-report.ts';
import type { FilledFamilyImpactSpec } from './family-report-facts.ts';

/**
 * The full report on what officers' exposure and strain go with at home, of one wave of the family survey.
 * @returns DISCLOSURE where its counts cannot stand beside those of an earlier report
 */
export async function makeFamilyImpact(
  context: VaultContext,
  given: FamilyImpactReportSpec,
  earlier: readonly ReleaseBody[],
): Promise<Result<MadeReport>> {
  const asked = given.wave === undefined ? {} : { wave: given.wave };
  const families = await runAnalysis(context, 'family-impact', asked);
  if (!families.ok) return families;
  const analysis = families.value;
  const result = analysis.result as unknown as FamilyImpactResult;
  const spec: FilledFamilyImpactSpec = {
    template: given.template,
    ...asked,
    title: given.title ?? 'Impact on families',
    marking: given.marking ?? defaultMarking,
    version: given.version ?? '1.0',
  };
  const counts = familyCounts(result);
  const told = counts.filter(({ count }) => count !== null);
  const { shown, released } = judgeFamilyCounts(
    { wave: result.wave, day: analysis.asOf },
    told,
    earlier.map(({ clinical }) => clinical),
  );
  if (told.some(({ of }) => shown.get(of)?.value === null)) {
    return fail(
      'DISCLOSURE',
      'Beside reports that were released before, a small number of families could be worked out.',
      'Nothing was written. Report another wave, or wait until more families have answered.',
    );
  }
  const workforce = { cells: [], sums: [], threshold: familyThreshold };
  return ok({
    spec,
    period: { from: analysis.asOf, to: analysis.asOf },
    document: familyImpactReport({ spec, analysis, result, synthetic: context.vault.synthetic }),
    release: {
      body: { workforce, clinical: released },
      counts: counts.length,
      withheld: counts.length - told.length,
    },
    analyses: [analysis],
  });
}
