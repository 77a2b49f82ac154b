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
    /**
     * What these come to in `exposure-outcome`: PHQ-9 points per exposure in 180 days, a straight line adjusted for role, service
     * and earlier score among those who answered twice. Measured on five forces of 16,000 people and 3 years, with its error.
     */
    phq9PointsPerExposure: 0.115,
    standardErrorOfPoints: 0.003,
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
  /** New spells of absence, whatever the reason: a negative binomial of the person's full-time years. */
  absence: {
    spellsPerFullTimeYear: 0.9,
    /** Times the rate of the roles not named; the reason of a spell does not depend on the role. */
    rateRatio: { Response: 1.6, 'Call handling': 1.35 } satisfies Partial<Record<RoleName, number>>,
    /** Gamma shape of the personal rate (mean 1): theta of the negative binomial. */
    frailtyShape: 2,
    psychologicalShare: 0.2,
    /** Days from the first absent to the last by which half have returned. */
    medianDays: { psychological: 21 },
  },
  /** Log-odds of being a burnout case within 180 days of a pulse, on the predictors as they were known on the day. */
  pulse: {
    intercept: -4.35,
    coefficients: {
      'exposures-28': 0.12,
      'exposures-29-180': 0.04,
      'exposure-recency': 0.3,
      'last-score': 0.05,
      'score-change': 0.01,
      'first-screening': 0,
      'absence-days-365': 0.008,
      'psychological-365': 0.6,
      'nights-28': 0.06,
      'overtime-hours-28': 0.02,
      'rest-days-cancelled-90': 0.12,
      'short-gaps-28': 0.1,
    },
    /** Of part-time people, which no predictor shows. */
    partTimeShift: 0.7,
    /** Of the last wave whose outcome is held. */
    lastWaveShift: 0.5,
    /** Chance that a case who has a spell of absence anyway shows as a long psychological one. */
    spellShare: 0.7,
    /** Log-odds of answering the next pulse, by what is known at this one; never by the outcome. */
    response: { intercept: 1.5, perPoint: -0.015, psychological: -0.5 },
  },
  /** Log-odds of taking an offer of support up, and the shift of a role. */
  support: {
    offersPerYear: 0.9,
    referralsPerYear: 0.35,
    uptakeIntercept: 0.6,
    uptakeShift: { Response: -0.9 } satisfies Partial<Record<RoleName, number>>,
    medianWaitDays: 12,
    neverContactedShare: 0.12,
    /** TRiM was offered in another way in the last months: log-odds of taking it up, of everybody. Nothing else changed. */
    change: { service: 'TRiM', months: 12, logOdds: 0.7 },
  },
  peers: {
    requestsPerYear: 0.8,
    answeredIn72HoursShare: 0.65,
    /** Of whoever is answered in the last days, one in so many meets the same volunteer. */
    overload: { days: 28, oneIn: 2, capacity: 3 },
    /** Days before the end on which the vetting of one volunteer lapsed, who goes on seeing people. */
    vettingLapsedDays: 300,
    /** Asked from as often as from the others, and nobody is based there. */
    areaWithoutVolunteers: 'Coast',
    /** Spoken by one volunteer, and asked for by the newest request that waits. */
    language: 'pl',
  },
  /** Scores of couples, each in points of its instrument: GHQ-12 0–36, work-to-family conflict 1–7, RAS 1–5. */
  families: {
    /** Of the officers in service. */
    answeringShare: 0.68,
    bothServeShare: 0.08,
    partnerAnswersShare: 0.88,
    partnerLeavesRelationOutShare: 0.12,
    /** Of each member, after answering. */
    withdrawnShare: 0.025,
    parentShare: 0.1,
    adultChildShare: 0.03,
    childShare: 0.45,
    /** Per exposure: the slope of `doseResponse` for posttraumatic stress in the recent days, times the points of a deviation. */
    distress: { intercept: 11, pointsPerDeviation: 5 },
    conflict: { intercept: 2.2, perExposure: 0.02, perOfficerDistress: 0.12, deviation: 0.9 },
    partnerDistress: { intercept: 3, perOfficerDistress: 0.15, perConflict: 1.6, deviation: 4 },
    relation: {
      intercept: 4.5,
      officer: { perOwn: -0.05, perOther: -0.03 },
      partner: { perOwn: -0.04, perOther: -0.04 },
      sharedDeviation: 0.3,
      ownDeviation: 0.4,
    },
  },
} as const;

export type PulsePredictor = keyof typeof planted.pulse.coefficients;

/** Forces for tests, in which some of it is not planted. */
export type PlantedChanges = {
  /** No burnout pulse: reasons and lengths of absence are as they were drawn. */
  readonly noPulse?: boolean;
  readonly partTimeShift?: number;
  readonly lastWaveShift?: number;
  /** The outcome of the pulse depends on nothing but its intercept, this one. */
  readonly nullIntercept?: number;
  readonly noAbsenceRatios?: boolean;
};
