import type { CurvesSpec } from '#shared/charts/curves-spec.ts';
import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';
import { formatShare } from '../../ui/format.ts';

const share = true as const;

/** Null where there is nothing to draw. */
export function precisionRecallSpec(result: EarlyWarningResult): CurvesSpec | null {
  const points = result.precisionRecall;
  if (points.length === 0) return null;
  const prevalence = result.validation.temporal?.prevalence ?? null;
  return {
    kind: 'curves',
    x: { measure: 'Share of cases found', share, from: 0, to: 1 },
    y: { measure: 'Share of signals that are right', share, from: 0, to: 1 },
    lines: [
      { name: 'Model', points: points.map(({ recall, precision }) => [recall, precision] as const) },
      ...(prevalence === null
        ? []
        : [
            {
              name: 'At random',
              dashed: true,
              points: [
                [0, prevalence],
                [1, prevalence],
              ] as const,
            },
          ]),
    ],
  };
}

export function precisionRecallTitle(result: EarlyWarningResult): string {
  const half = result.precisionRecall.find(({ recall }) => recall >= 0.5);
  return half
    ? `To find half of the cases, ${formatShare(half.precision)} of the signals would be right`
    : 'Signals that are right, by the share of cases found';
}
