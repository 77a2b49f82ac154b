/**
 * What the evaluation of a pilot finds, whatever its design. Differences are offered less comparison, in points of the outcome, with
 * 95% intervals. A figure that rests on fewer people than may be told is null or refused, with the reason in words.
 */

export type PilotArm = 'offered' | 'comparison';

export type PilotEstimate = {
  readonly estimate: number;
  readonly se: number;
  /** Null where the statistic is normal. */
  readonly df: number | null;
  readonly p: number;
  readonly low: number;
  readonly high: number;
  /** What was fitted to whom, in words. */
  readonly method: string;
};

/** A part that could not be computed, or may not be told: why, in words. */
export type PilotRefused = { readonly refused: string };

/** The difference over a standard deviation that the pilot cannot have changed. */
export type PilotStandardised = {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly sd: number;
  readonly words: string;
};

/** The difference against what measurement error alone can do to one person. */
export type PilotAbsolute = {
  /** By the whole of the interval. */
  readonly direction: 'better' | 'worse' | 'cannot be told';
  /** Points that one person has to change by to be called changed; null without norms of the instrument. */
  readonly threshold: number | null;
  readonly shareOfThreshold: number | null;
  readonly words: string;
};

export type PilotEffect = PilotEstimate & {
  readonly standardised: PilotStandardised | null;
  readonly absolute: PilotAbsolute;
};

export type PilotFurther = {
  readonly name: string;
  /** What it answers that the main estimate does not. */
  readonly question: string;
  readonly found: PilotEstimate | PilotRefused;
};

export type PilotChangeOfArm = {
  readonly arm: PilotArm;
  /** With a score before and after. */
  readonly n: number;
  readonly improved: number | null;
  readonly deteriorated: number | null;
};

/** Difference of two shares of people, and how many have to be offered the pilot for one more, or one fewer, of them. */
export type PilotRisk = {
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** Null where the shares are the same. */
  readonly numberNeeded: number | null;
  /** Null where the interval of the difference holds 0, so that the number has no end. */
  readonly numberNeededLow: number | null;
  readonly numberNeededHigh: number | null;
  readonly words: string;
};

export type PilotReliableChange = {
  readonly threshold: number;
  readonly rule: string;
  readonly arms: readonly PilotChangeOfArm[];
  /** Null of a design without a comparison, and where a count may not be told. */
  readonly improvement: PilotRisk | null;
  readonly deterioration: PilotRisk | null;
  readonly withheld: readonly string[];
};

/** Counts from those allocated to those in the main estimate; null where the count, or how many the next step loses, is few. */
export type PilotFlowOfArm = {
  readonly arm: PilotArm;
  readonly steps: readonly { readonly step: string; readonly count: number | null }[];
};

/** Who of an arm has which waves. */
export type PilotMissingPattern = {
  readonly arm: PilotArm;
  /** Names of the waves that were answered. */
  readonly answered: readonly string[];
  /** Null where it is few. */
  readonly people: number | null;
};

export type PilotDelta = {
  /** Points by which missing scores are taken to be worse than those of people alike who answered. */
  readonly delta: number;
  readonly missingOf: 'offered' | 'both arms';
  readonly found: PilotEstimate;
};

export type PilotMissing = {
  readonly patterns: readonly PilotMissingPattern[];
  readonly deltas: readonly PilotDelta[];
  /** Points, for the worse, at which missing scores of those offered the pilot would take the finding away; null where none does. */
  readonly tippingPoint: number | null;
  readonly words: string;
};

export type PilotSecondary = {
  readonly outcome: string;
  readonly found: PilotEstimate | PilotRefused;
  /** Holm's, over the secondary outcomes. */
  readonly adjustedP: number | null;
};

export type PilotSubgroup = {
  readonly subgroup: string;
  readonly exploratory: true;
  /** That the effect is the same in all of them. */
  readonly interactionP: number;
  readonly levels: readonly { readonly level: string; readonly found: PilotEstimate }[];
  readonly withheld: string | null;
};

/** How alike people of one team or area are, and what that costs. */
export type PilotClustering = {
  readonly clusters: Readonly<Record<PilotArm, number>>;
  readonly averageSize: number;
  /** Intraclass correlation within arms, not adjusted. */
  readonly icc: number;
  readonly iccLow: number;
  readonly iccHigh: number;
  /** How many times as many people the pilot needs as one that allocates them one by one. */
  readonly designEffect: number;
};

export type PilotStandards = {
  /** Scientific methods scale of Maryland, 1 to 5. */
  readonly maryland: { readonly level: 1 | 2 | 3 | 4 | 5; readonly words: string };
  readonly emmie: readonly {
    readonly dimension: 'effect' | 'mechanism' | 'moderators' | 'implementation' | 'economic cost';
    readonly words: string;
  }[];
};

/** How the offered units differed from the others so many periods since their start, against the period before it. */
export type PilotEvent = {
  /** Negative before the start. */
  readonly event: number;
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

/** A point of a series, with what the points before the start lead one to expect from it on. */
export type PilotPoint = {
  readonly time: number;
  readonly observed: number;
  readonly fitted: number;
  readonly expected: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

/** How unlike the arms are in one covariate, in standard deviations, without and with weights. */
export type PilotBalance = {
  readonly covariate: string;
  readonly before: number | null;
  readonly after: number | null;
};

export type PilotEconomics = {
  readonly costGbp: number;
  readonly perPersonGbp: number;
  /** Null where the shares who improved do not differ for the better, or are withheld. */
  readonly perImprovementGbp: number | null;
  /** Null where the interval of the difference holds 0, so that the cost has no end. */
  readonly perImprovementLowGbp: number | null;
  readonly perImprovementHighGbp: number | null;
  /** Of all who were offered the pilot, with the interval; null where absence is no outcome of it. */
  readonly daysAvoided: { readonly estimate: number; readonly low: number; readonly high: number } | null;
  readonly daysAvoidedGbp: { readonly estimate: number; readonly low: number; readonly high: number } | null;
  readonly words: readonly string[];
};

export type PilotEvaluation = {
  readonly outcome: string;
  readonly flow: readonly PilotFlowOfArm[];
  /** Of clusters allocated at once; null of other designs. */
  readonly clustering: PilotClustering | null;
  readonly primary: PilotEffect;
  readonly further: readonly PilotFurther[];
  readonly change: PilotReliableChange | PilotRefused;
  readonly missing: PilotMissing | PilotRefused;
  readonly secondaries: readonly PilotSecondary[];
  readonly subgroups: readonly (PilotSubgroup | (PilotRefused & { readonly subgroup: string }))[];
  /** Null where costs are not recorded. */
  readonly economics: PilotEconomics | null;
  readonly standards: PilotStandards;
  /** Of units before and after; null of other designs. */
  readonly events: { readonly periods: readonly PilotEvent[]; readonly movedAlikeP: number | null } | null;
  /** Of an interrupted series; null of other designs. */
  readonly series: readonly PilotPoint[] | null;
  /** Of a comparison that is made alike; null of other designs. */
  readonly balance: readonly PilotBalance[] | null;
  /** What the design cannot say, in words. */
  readonly limits: readonly string[];
  readonly warnings: readonly string[];
  /** A script for R that finds the same, and says which rows it needs. */
  readonly r: string;
};
