import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';
import type { FittedModel } from './fit-model.ts';

const shrinkageWanted = 0.9;
const differenceAllowed = 0.05;
const marginAllowed = 0.05;

/**
 * How many landmarks a model of so many predictors needs (Riley et al. 2020, BMJ 368:m441, criteria 1 to 3 for a binary outcome; Riley et al.
 * 2019, Statistics in Medicine 38:1276), from its own share of cases and Cox–Snell R² less what fitting adds to it. Landmarks of one person are
 * not independent, so this is a lower bound.
 */
export function sampleSize(model: FittedModel, predictors: number): EarlyWarningResult['sampleSize'] {
  const held = model.trainedOn.cases + model.trainedOn.nonCases;
  const share = model.trainedOn.cases / held;
  const likelihoodRatio = Math.max(0, model.nullDeviance - model.deviance);
  const shrinkage = likelihoodRatio === 0 ? 0 : Math.max(0, 1 - model.effectiveParameters / likelihoodRatio);
  const r2 = shrinkage * (1 - Math.exp(-likelihoodRatio / held));
  const most = 1 - (share ** share * (1 - share) ** (1 - share)) ** 2;
  const forShrinkage = (wanted: number): number | null => {
    const inner = 1 - r2 / wanted;
    return r2 <= 0 || inner <= 0 || wanted >= 1 ? null : Math.ceil(predictors / ((wanted - 1) * Math.log(inner)));
  };
  const needs = [
    {
      words: `Shrinkage of the predictors of at most ${Math.round((1 - shrinkageWanted) * 100)}%`,
      needed: forShrinkage(shrinkageWanted),
    },
    {
      words: `A difference of at most ${differenceAllowed} between apparent and adjusted R²`,
      needed: r2 <= 0 ? null : forShrinkage(r2 / (r2 + differenceAllowed * most)),
    },
    {
      words: `The overall share of cases known to within ${marginAllowed * 100} points`,
      needed: Math.ceil((1.96 / marginAllowed) ** 2 * share * (1 - share)),
    },
  ];
  const criteria = needs.map(({ words, needed }) => ({ words, needed, met: needed === null ? null : held >= needed }));
  const known = criteria.flatMap(({ needed }) => (needed === null ? [] : [needed]));
  const needed = known.length === criteria.length ? Math.max(...known) : null;
  return { needed, held, criteria };
}
