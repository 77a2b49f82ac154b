import type { ReleasedCounts } from '#main/disclosure/released-counts.ts';
import type { PilotEvaluationSpec } from '#shared/contract/report-spec.ts';
import type { PilotEvaluationResult } from '#shared/domain/pilot-evaluation-result.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { defaultMarking } from '#shared/report/document.ts';
import { runAnalysis } from '../../analyses/index.ts';
import type { VaultContext } from '../../call-context.ts';
import { pilotView } from '../../pilots/index.ts';
import type { Measures } from '../added/added-part.ts';
import type { ReleaseBody } from '../judge-counts.ts';
import type { MadeReport } from '../made-report.ts';
import { standingTogether } from '../standing-together.ts';
import { countsPrinted, countsToJudge } from './counts-printed.ts';
import { pilotReport } from './pilot-report.ts';

/** As the analysis withholds them: who took part, and what scores did. */
const thresholds: Readonly<Record<Measures, number>> = { workforce: 5, clinical: 10 };

/**
 * The evaluation report of a locked pilot, with every deviation from its plan.
 * @returns DISCLOSURE where its counts cannot stand beside those of an earlier report
 */
export async function makePilotEvaluation(
  context: VaultContext,
  given: PilotEvaluationSpec,
  earlier: readonly ReleaseBody[],
): Promise<Result<MadeReport>> {
  const asked = { pilot: given.pilot, ...(given.asOf === undefined ? {} : { asOf: given.asOf }) };
  const evaluated = await runAnalysis(context, 'pilot-evaluation', asked);
  if (!evaluated.ok) return evaluated;
  const view = pilotView(context, given.pilot);
  if (!view.ok) return view;
  const analysis = evaluated.value;
  const result = analysis.result as unknown as PilotEvaluationResult;
  const spec = {
    template: given.template,
    ...asked,
    title: given.title ?? `Evaluation of ${result.title}`,
    marking: given.marking ?? defaultMarking,
    version: given.version ?? '1.0',
  };
  const from = result.plan.lockedAt.slice(0, 10);
  const period = { from: from < result.to ? from : result.to, to: result.to };
  const judged = (measures: Measures): Promise<ReleasedCounts | null> =>
    standingTogether(
      { cells: countsToJudge(result, period.from, measures), sums: [], threshold: thresholds[measures] },
      earlier.map((release) => release[measures]),
      context.signal,
    );
  const [workforce, clinical] = [await judged('workforce'), await judged('clinical')];
  if (workforce === null || clinical === null) {
    return fail(
      'DISCLOSURE',
      'Beside reports that were released before, a small number of this pilot could be worked out.',
      'Nothing was written. Evaluate it again once more people have answered.',
    );
  }
  const counts = countsPrinted(result);
  return ok({
    spec,
    period,
    document: pilotReport({ spec, view: view.value, analysis, result, synthetic: context.vault.synthetic }),
    release: {
      body: { workforce, clinical },
      counts: counts.length,
      withheld: counts.filter(({ count }) => count === null).length,
    },
    analyses: [analysis],
  });
}
