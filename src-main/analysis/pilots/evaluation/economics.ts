import type { PilotEconomics, PilotEstimate, PilotEvaluation, PilotRisk } from '#shared/domain/pilot-evaluation.ts';
import { plainNumber } from '../../exposure/words.ts';

export type EconomicInput = {
  /** All that the pilot cost, in pounds. */
  readonly costGbp: number;
  readonly peopleOffered: number;
  /** Difference of the shares who improved reliably; null where it is withheld or cannot be had. */
  readonly improvement: PilotRisk | null;
  /** Difference of days lost a person, offered less comparison; null where absence is no outcome. */
  readonly daysLost: PilotEstimate | null;
  /** Cost of a day lost, in pounds; null where it is not given. */
  readonly dayGbp: number | null;
};

/**
 * What the pilot cost for each person, and for each one more who improved reliably than would have otherwise; and the days lost that it
 * avoided. Costs of one year, not discounted; those of setting up and of people's time count only where the records hold them.
 */
export function economicsOf({ costGbp, peopleOffered, improvement, daysLost, dayGbp }: EconomicInput): PilotEconomics {
  const perPersonGbp = costGbp / peopleOffered;
  const better = improvement !== null && improvement.difference > 0;
  const certain = improvement !== null && improvement.low > 0;
  const perImprovementGbp = better ? perPersonGbp / improvement.difference : null;
  const perImprovementLowGbp = certain ? perPersonGbp / improvement.high : null;
  const perImprovementHighGbp = certain ? perPersonGbp / improvement.low : null;
  const daysAvoided =
    daysLost === null
      ? null
      : {
          estimate: -daysLost.estimate * peopleOffered,
          low: -daysLost.high * peopleOffered,
          high: -daysLost.low * peopleOffered,
        };
  const daysAvoidedGbp =
    daysAvoided === null || dayGbp === null
      ? null
      : { estimate: daysAvoided.estimate * dayGbp, low: daysAvoided.low * dayGbp, high: daysAvoided.high * dayGbp };
  return {
    ...{
      costGbp,
      perPersonGbp,
      perImprovementGbp,
      perImprovementLowGbp,
      perImprovementHighGbp,
      daysAvoided,
      daysAvoidedGbp,
    },
    words: [
      `The pilot cost ${pounds(costGbp)}, ${pounds(perPersonGbp)} for each person offered it.`,
      improvementWords(perImprovementGbp, perImprovementLowGbp, perImprovementHighGbp),
      ...(daysAvoided === null
        ? []
        : [
            `Days lost avoided among those offered it: ${plainNumber(daysAvoided.estimate)} (95% interval ${plainNumber(daysAvoided.low)} to ${plainNumber(daysAvoided.high)}).`,
          ]),
    ],
  };
}

/** `£55.49`, `£6,270`. */
function pounds(value: number): string {
  return value.toLocaleString('en-GB', {
    ...{ style: 'currency', currency: 'GBP' },
    ...(Math.abs(value) < 1_000 ? {} : { maximumFractionDigits: 0 }),
  });
}

function improvementWords(cost: number | null, low: number | null, high: number | null): string {
  if (cost === null) return 'What it cost for each one more who improved reliably cannot be told.';
  const each = `For each one more who improved reliably it cost ${pounds(cost)}`;
  return low === null || high === null
    ? `${each}, but there may have been none, so that the cost has no upper limit.`
    : `${each} (95% interval ${pounds(low)} to ${pounds(high)}).`;
}

/** The evaluation with what the pilot cost, and so its word on cost. */
export function withEconomics(evaluation: PilotEvaluation, economics: PilotEconomics): PilotEvaluation {
  const { standards } = evaluation;
  return {
    ...evaluation,
    economics,
    standards: {
      ...standards,
      emmie: standards.emmie.map((row) =>
        row.dimension === 'economic cost' ? { ...row, words: economics.words.join(' ') } : row,
      ),
    },
  };
}
