import type { PilotEvaluation } from '#shared/domain/pilot-evaluation.ts';
import type { MixedDf } from './cluster-estimates.ts';
import { evaluateClusterRandomised } from './cluster-randomised.ts';
import { type AreaOutcome, type Begins, evaluateComparedAreas } from './compared-areas.ts';
import { evaluateSeries, type SeriesOutcome, type SeriesPlan } from './interrupted-series.ts';
import type { EvaluationOptions, PilotPerson, PilotScores } from './people.ts';
import { evaluatePrePost } from './pre-post.ts';
import { evaluateRandomised } from './randomised.ts';
import { evaluateSteppedWedge, type WedgeOutcome } from './stepped-wedge.ts';
import type { WeightedTo } from './weighted-comparison.ts';
import { evaluateWeighted } from './weighting.ts';

type InArms = {
  readonly people: readonly PilotPerson[];
  readonly primary: PilotScores;
  readonly secondaries: readonly PilotScores[];
};

/** What the estimators of each design need of a pilot; of several arms, two at a time. */
export type EvaluationInput =
  | ({ readonly design: 'randomised' } & InArms)
  /** `normMean`: mean of the instrument among people like these; null where it is not known. */
  | ({ readonly design: 'pre-post'; readonly normMean: number | null } & InArms)
  | ({
      readonly design: 'cluster-randomised';
      readonly main: 'mixed model' | 'CR2';
      readonly df?: MixedDf | null;
    } & InArms)
  | ({ readonly design: 'weighting'; readonly to: WeightedTo } & InArms)
  | {
      readonly design: 'stepped-wedge';
      readonly df?: MixedDf | null;
      readonly primary: WedgeOutcome;
      readonly secondaries: readonly WedgeOutcome[];
    }
  | {
      readonly design: 'difference-in-differences';
      readonly primary: AreaOutcome;
      readonly secondaries: readonly AreaOutcome[];
      readonly begins: Begins;
      /** Whether the plan chooses errors for few units. */
      readonly fewUnits?: boolean;
    }
  | {
      readonly design: 'interrupted-time-series';
      readonly primary: SeriesOutcome;
      readonly secondaries: readonly SeriesOutcome[];
      readonly plan: SeriesPlan;
    };

/**
 * The evaluation of a pilot by its design. Outcomes are to be read only once the plan is locked, which whoever calls it sees to.
 * @throws ExpectedError REFUSED_MODEL where the main estimate cannot be had, or may not be told
 */
export function evaluatePilot(input: EvaluationInput, options: EvaluationOptions): PilotEvaluation {
  switch (input.design) {
    case 'randomised':
      return evaluateRandomised(input.people, input.primary, input.secondaries, options);
    case 'pre-post':
      return evaluatePrePost(input.people, input.primary, input.secondaries, options, input.normMean);
    case 'cluster-randomised':
      return evaluateClusterRandomised(input.people, input.primary, input.secondaries, options, input.main, input.df);
    case 'weighting':
      return evaluateWeighted(input.people, input.primary, input.secondaries, options, input.to);
    case 'stepped-wedge':
      return evaluateSteppedWedge(input.primary, input.secondaries, options, input.df);
    case 'difference-in-differences':
      return evaluateComparedAreas(input.primary, input.begins, input.secondaries, options, input.fewUnits);
    case 'interrupted-time-series':
      return evaluateSeries(input.primary, input.plan, input.secondaries, options);
  }
}
