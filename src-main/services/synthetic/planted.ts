import type { RoleName } from './force-shape.ts';

/** Everything that the synthetic force hides for an analysis to find. `truth.json` repeats it with how to look for it. */
export const planted = {
  /** Latent standard deviations per exposure, by how long ago it was; the same for every category (`domain.md` §8.1). */
  doseResponse: {
    recentDays: 180,
    earlierDays: 365,
    slopes: {
      posttraumatic: { recent: 0.06, earlier: 0.015 },
      selfOrganisation: { recent: 0.05, earlier: 0.0125 },
      depression: { recent: 0.04, earlier: 0.01 },
      anxiety: { recent: 0.04, earlier: 0.01 },
    },
  },
  /** Latent standard deviations above a response officer with the same exposure; every role not named is 0. */
  roleShift: { 'Child abuse investigation': 0.35, 'Call handling': 0.2 } satisfies Partial<Record<RoleName, number>>,
  /** Exposure of one response team multiplied for the last months; its twin in the next district is left alone. */
  step: { unit: 'Eastmoor Response A', months: 9, rateRatio: 1.8 },
  steadyUnit: 'Westford Response A',
  /** Gamma shape of the personal rate (mean 1): the variance of a person's count is mean + mean² / shape. */
  frailtyShape: 3,
  unmappedShare: 0.015,
  unknownPersonShare: 0.0015,
  /** Log-odds of answering an invitation. */
  response: {
    intercept: 0.9,
    perPriorPhq9Point: -0.06,
    afterNoAnswer: -0.9,
    perLatentDeviation: -0.2,
    roleShift: { Response: -0.2, 'Child abuse investigation': 0.5, 'Call handling': -0.3 } satisfies Partial<
      Record<RoleName, number>
    >,
    /** Share of those who do not answer who say so. */
    declinedShare: 0.25,
  },
} as const;
