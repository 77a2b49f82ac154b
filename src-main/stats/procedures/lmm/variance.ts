import type { LmmFit } from '../../mixed/fit-lmm.ts';

export type VarianceRow = {
  readonly group: string;
  readonly name: string;
  readonly variance: number;
  readonly sd: number;
  /** With the effects before it in its term: null for the first, a number for the second, a list for later ones. */
  readonly correlation: number | null | readonly (number | null)[];
};

/** One row an effect, in the order of lme4's `VarCorr`. */
export function varianceRows({ structure, termCovariances }: LmmFit): VarianceRow[] {
  return structure.terms.flatMap(({ name: group, effects }, t) => {
    const covariance = termCovariances[t];
    if (!covariance) return [];
    const at = (i: number, j: number): number => covariance.data[j * covariance.rows + i] as number;
    return effects.map((name, i) => {
      const correlations = Array.from({ length: i }, (_none, j) => {
        const size = Math.sqrt(at(i, i) * at(j, j));
        return size > 0 ? Math.max(-1, Math.min(1, at(i, j) / size)) : null;
      });
      return {
        group,
        name,
        variance: at(i, i),
        sd: Math.sqrt(at(i, i)),
        correlation: i === 0 ? null : i === 1 ? (correlations[0] as number | null) : correlations,
      };
    });
  });
}
