/** States of a person after treatment, most wanted first. */
export const changeStates = ['recovered', 'improved', 'unchanged', 'deteriorated'] as const;
export type ChangeState = (typeof changeStates)[number];

/** Standard error of the difference of two scores, √2·sd·√(1 − reliability). */
export function differenceError(sd: number, reliability: number): number {
  return Math.SQRT2 * sd * Math.sqrt(1 - reliability);
}

export type ChangeRule = {
  /** Standard error of the difference. */
  readonly error: number;
  /** Normal quantile that the index must reach. */
  readonly quantile: number;
  /** Score that parts the ill from the well; null: nobody can be called recovered. */
  readonly cutoff: number | null;
  readonly better: 'low' | 'high';
};

/**
 * Jacobson and Truax (1991, J Consult Clin Psychol 59:12): reliable where |post − pre|/error is at least the quantile; recovered
 * where it is also for the better and crosses the cut-off from the ill side (the cut-off itself included) to the well side.
 */
export function changeState(pre: number, post: number, { error, quantile, cutoff, better }: ChangeRule): ChangeState {
  const index = (post - pre) / error;
  if (!(Math.abs(index) >= quantile)) return 'unchanged';
  const sign = better === 'low' ? 1 : -1;
  if (sign * index > 0) return 'deteriorated';
  if (cutoff === null) return 'improved';
  return sign * pre >= sign * cutoff && sign * post < sign * cutoff ? 'recovered' : 'improved';
}

export type Norms = {
  readonly clinicalMean: number;
  readonly clinicalSd: number;
  readonly normalMean?: number | undefined;
  readonly normalSd?: number | undefined;
};

export type Cutoffs = {
  /** Two SDs from the mean of the ill, towards the well. */
  readonly a: number;
  /** Two SDs from the mean of the well, towards the ill; null without their norms. */
  readonly b: number | null;
  /** Equally likely in both groups. */
  readonly c: number | null;
};

/** The cut-offs a, b and c of Jacobson and Truax. */
export function jacobsonTruaxCutoffs(norms: Norms, better: 'low' | 'high'): Cutoffs {
  const { clinicalMean, clinicalSd, normalMean, normalSd } = norms;
  const towardsWell = better === 'low' ? -1 : 1;
  const a = clinicalMean + towardsWell * 2 * clinicalSd;
  if (normalMean === undefined || normalSd === undefined) return { a, b: null, c: null };
  return {
    a,
    b: normalMean - towardsWell * 2 * normalSd,
    c: (clinicalSd * normalMean + normalSd * clinicalMean) / (clinicalSd + normalSd),
  };
}
