import { tQuantile } from '#main/stats/distributions/student-t.ts';
import { type RobustnessValue, robustnessValue } from '#main/stats/robustness-value.ts';
import type { FamilyArrow, FamilyMediation } from '#shared/domain/family-impact.ts';

export type ArrowSensitivity = RobustnessValue & { readonly arrow: FamilyArrow };

/**
 * How strong something that nobody asked for would have to be to take each link of the ways from work to home away. Worked out from
 * what is told of the links alone: their intervals are those of least squares, each of a regression on the boxes before it.
 */
export function mediationSensitivity({ diagram, complete }: FamilyMediation): readonly ArrowSensitivity[] {
  return diagram.arrows.map((arrow) => {
    const regressors = diagram.arrows.filter(({ to }) => to === arrow.to).length;
    const df = complete - regressors - 1;
    const error = (arrow.high - arrow.low) / (2 * tQuantile(0.975, df));
    return { arrow, ...robustnessValue(arrow.estimate / error, df) };
  });
}
