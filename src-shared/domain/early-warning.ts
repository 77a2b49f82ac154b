/** What `early-warning` returns as `result`: shapes that the engine makes and the screens read. */

/** An estimate with its interval; null ends where it could not be had. */
export type Estimate = {
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
};

/** A count of screenings or people; null where it is withheld, being under 10 or giving such a one away. */
export type Count = number | null;

export type OutcomeCounts = { readonly cases: Count; readonly nonCases: Count; readonly unknown: Count };

/** How predictions and outcomes agree on landmarks that did not train the model. Null where undefined or withheld. */
export type Performance = {
  readonly landmarks: Count;
  readonly people: Count;
  readonly events: Count;
  readonly nonEvents: Count;
  readonly auc: Estimate | null;
  readonly intercept: Estimate | null;
  readonly slope: Estimate | null;
  readonly observedExpected: Estimate | null;
  readonly brier: number | null;
  readonly scaledBrier: number | null;
  readonly averagePrecision: number | null;
  readonly prevalence: number | null;
};

export type CalibrationPoint = {
  readonly predicted: number;
  readonly observed: number;
  readonly low: number;
  readonly high: number;
};

export type NetBenefitPoint = {
  readonly threshold: number;
  readonly model: number;
  readonly rules: number;
  readonly treatAll: number;
  readonly treatNone: number;
};

/** What a team that can make so many offers a week would see. */
export type CapacityRow = {
  readonly signalsAWeek: number;
  readonly threshold: number;
  /** Share of signals that are followed by the outcome. */
  readonly positivePredictiveValue: number | null;
  readonly sensitivity: number | null;
  readonly missedCases: Count;
};

export type GateCheck = {
  readonly code: string;
  /** What is asked, as a sentence. */
  readonly words: string;
  /** What was found, as a sentence. */
  readonly found: string;
  /** Null where it could not be judged; that never passes. */
  readonly passed: boolean | null;
};

/** One level of a characteristic. Every figure is null where the cell is too small to show. */
export type FairnessRow = {
  readonly group: string;
  readonly level: string;
  readonly landmarks: number | null;
  readonly events: number | null;
  readonly auc: Estimate | null;
  readonly observedExpected: Estimate | null;
  readonly p: number | null;
  readonly pHolm: number | null;
  readonly sensitivity: Estimate | null;
  readonly positivePredictiveValue: Estimate | null;
  readonly verdict: 'within' | 'blocks' | 'cannot be assessed' | 'withheld';
};

/** How far what a predictor counts has moved since training; 0.1 is some change, 0.25 a shift. */
export type PredictorDrift = { readonly code: string; readonly words: string; readonly stability: number };

export type DriftRow = {
  readonly wave: string;
  readonly landmarks: Count;
  readonly events: Count;
  /** Population stability index of the predicted chance against training. */
  readonly stability: number | null;
  /** The same of each predictor, the worst first; none where the wave is too small to say. */
  readonly predictors: readonly PredictorDrift[];
  readonly intercept: Estimate | null;
  readonly observedExpected: Estimate | null;
  readonly drifted: boolean | null;
  readonly words: string;
};

export type EarlyWarningResult = {
  readonly instrument: string;
  readonly scale: string;
  /** As in “Personal burnout of 50 or more”. */
  readonly caseWords: string;
  readonly horizonDays: number;
  readonly assessable: {
    readonly inPost: number;
    readonly assessable: Count;
    readonly reasons: readonly { readonly reason: string; readonly words: string; readonly people: Count }[];
  };
  readonly landmarks: OutcomeCounts & {
    readonly screenings: Count;
    readonly people: Count;
    readonly caseness: OutcomeCounts;
    readonly spell: OutcomeCounts;
  };
  readonly waves: readonly (OutcomeCounts & { readonly wave: string; readonly from: string; readonly to: string })[];
  /** Null throughout where no model could be fitted; `gate` then says why. */
  readonly model: {
    readonly intercept: number;
    readonly lambda: number;
    readonly effectiveParameters: number;
    readonly terms: readonly {
      readonly code: string;
      readonly words: string;
      readonly unit: string;
      readonly mean: number;
      readonly sd: number;
      /** Log odds per unit, shrunken; what scores people. */
      readonly coefficient: number;
      readonly perDeviation: number;
      /** Log odds per unit before shrinkage, clustered by person. */
      readonly unpenalised: Estimate | null;
    }[];
  } | null;
  readonly sampleSize: {
    readonly needed: number | null;
    readonly held: Count;
    readonly criteria: readonly {
      readonly words: string;
      readonly needed: number | null;
      readonly met: boolean | null;
    }[];
  };
  readonly validation: {
    readonly temporal: Performance | null;
    readonly folds: readonly (Performance & { readonly testWave: string; readonly trainedOn: OutcomeCounts })[];
    readonly leaveOneUnitOut: {
      readonly overall: Performance | null;
      readonly units: readonly {
        readonly unit: string;
        readonly auc: Estimate | null;
        readonly observedExpected: Estimate | null;
      }[];
    };
    readonly apparent: Performance | null;
    /** Bootstrap: apparent minus test performance, and the apparent figure less it. */
    readonly optimism: {
      readonly resamples: number;
      readonly auc: number;
      readonly slope: number;
      readonly brier: number;
      readonly correctedAuc: number;
      readonly correctedSlope: number;
      readonly correctedBrier: number;
    } | null;
  };
  readonly calibrationCurve: readonly CalibrationPoint[];
  readonly precisionRecall: readonly { readonly recall: number; readonly precision: number }[];
  readonly netBenefit: readonly NetBenefitPoint[];
  readonly capacity: {
    readonly signalsAWeek: number;
    readonly threshold: number | null;
    readonly rows: readonly CapacityRow[];
  };
  readonly rules: { readonly words: readonly string[]; readonly performance: Performance | null };
  readonly fairness: readonly FairnessRow[];
  readonly gate: { readonly fit: boolean; readonly words: string; readonly checks: readonly GateCheck[] };
  readonly drift: readonly DriftRow[];
  readonly modelCard: readonly { readonly title: string; readonly text: string }[];
  readonly tripod: readonly { readonly item: string; readonly title: string; readonly text: string }[];
  /** How many people in post would be offered support now; 0 where the model is not fit. */
  readonly signals: Count;
  /** Only for clinicians who ask for rows, and only of a model that is fit. */
  readonly rows?: readonly EarlyWarningRow[];
};

export type EarlyWarningRow = {
  readonly person: string;
  readonly unit: string;
  readonly screenedOn: string;
  /** As in “about 1 in 6”. */
  readonly chance: string;
  readonly contributions: readonly { readonly code: string; readonly words: string }[];
};
