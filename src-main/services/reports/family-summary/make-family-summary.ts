import type { FamilySummarySpec } from '#shared/contract/report-spec.ts';
import type { FamilyImpactResult } from '#shared/domain/family-impact.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import { runAnalysis } from '../../analyses/index.ts';
import type { VaultContext } from '../../call-context.ts';
import { signpostingHeld } from '../../signposting/index.ts';
import { familyThreshold, judgeFamilyCounts } from '../family-counts.ts';
import type { ReleaseBody } from '../judge-counts.ts';
import type { MadeReport } from '../made-report.ts';
import { familySheet } from './family-sheet.ts';

/** A sheet to hand out is marked for handing out; a force may mark it higher. */
const sheetMarking = 'OFFICIAL';
const sheetTitle = 'Police families: what you told us';

/** The sheet for families: what a wave of the family survey found in plain words, and whom to turn to. */
export async function makeFamilySummary(
  context: VaultContext,
  given: FamilySummarySpec,
  earlier: readonly ReleaseBody[],
): Promise<Result<MadeReport>> {
  const families = await runAnalysis(context, 'family-impact', given.wave === undefined ? {} : { wave: given.wave });
  if (!families.ok) return families;
  const { asOf, provenance } = families.value;
  const result = families.value.result as unknown as FamilyImpactResult;
  const spec = {
    template: given.template,
    title: given.title ?? sheetTitle,
    ...(given.wave === undefined ? {} : { wave: given.wave }),
    signposting: given.signposting ?? signpostingHeld(context).signposting,
    marking: given.marking ?? sheetMarking,
  };
  const asked = (['each couple once', 'complete couples'] as const).map((of) => ({
    of,
    count: result.flow.find(({ step }) => step === of)?.count ?? null,
  }));
  const { shown, released } = judgeFamilyCounts(
    { wave: result.wave, day: asOf },
    asked,
    earlier.map(({ clinical }) => clinical),
  );
  const counts = [...shown.values()];
  const workforce = { cells: [], sums: [], threshold: familyThreshold };
  return ok({
    spec,
    period: { from: asOf, to: asOf },
    document: familySheet({
      ...{ spec, result, lastDay: asOf, synthetic: context.vault.synthetic, engine: provenance.engine },
      families: shown.get('each couple once')?.value ?? null,
      couples: shown.get('complete couples')?.value ?? null,
    }),
    release: {
      body: { workforce, clinical: released },
      counts: counts.length,
      withheld: counts.filter(({ value }) => value === null).length,
    },
    analyses: [families.value],
  });
}
