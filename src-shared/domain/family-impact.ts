/**
 * What `family-impact` answers. No figure rests on a number of people that may not be told. A figure that disclosure control withholds is null; where that can happen, the reason stands beside it in words.
 * No part of it is about a single household.
 */

export const familyMembers = ['officer', 'partner', 'parent', 'adult_child'] as const;
export type FamilyMember = (typeof familyMembers)[number];

/** A scale of an instrument in the part it plays here. */
export type FamilyMeasure = {
  readonly instrument: string;
  readonly scale: string;
  /** Such as `GHQ-12`, or `WFC-FWC, wfc` where the instrument has several scales. */
  readonly name: string;
  readonly higherIs: 'worse' | 'better';
};

/** A count, or null and the reason why it is withheld. */
export type SafeCount = { readonly count: number | null; readonly withheld: string | null };

/** Each step is within the one before it; all of the wave. */
export type FamilyFlowStep = SafeCount & {
  readonly step:
    | 'households'
    | 'agreed before answering'
    | 'not withdrawn'
    | 'each couple once'
    | 'officer and partner linked'
    | 'complete couples';
  /** The step in plain words. */
  readonly words: string;
};

export type FamilyReliability = {
  readonly items: number;
  readonly alpha: number;
  readonly alphaLow: number | null;
  readonly alphaHigh: number | null;
  readonly omegaTotal: number | null;
};

export type FamilyScores = {
  readonly member: FamilyMember;
  readonly measure: FamilyMeasure;
  readonly n: number | null;
  readonly mean: number | null;
  readonly sd: number | null;
  /** Null where the items are not held, or are those of fewer than ten people: `reliabilityWithheld` says which. */
  readonly reliability: FamilyReliability | null;
  readonly reliabilityWithheld: string | null;
  readonly withheld: string | null;
};

/** Of officers less partners, of one measure that both answered. */
export type FamilyDifference = {
  readonly measure: FamilyMeasure;
  /** Within couples, or between the two samples where they are not linked. */
  readonly kind: 'within couples' | 'between samples';
  /** Couples of whom both answered; null where withheld, and of two samples, whose numbers stand beside their scores. */
  readonly n: number | null;
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly p: number | null;
  readonly withheld: string | null;
};

export type FamilyNode = {
  readonly id: string;
  readonly label: string;
  readonly member: 'officer' | 'partner';
  readonly measure: FamilyMeasure | null;
};

/** An arrow of the path diagram: what goes with what, in points of the measures, and in standard deviations. */
export type FamilyArrow = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: 'actor' | 'partner' | 'path' | 'direct' | 'covariance';
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
  readonly standardised: number | null;
  /** What the arrow says, in words that claim no cause. */
  readonly sentence: string;
};

export type FamilyDiagram = { readonly nodes: readonly FamilyNode[]; readonly arrows: readonly FamilyArrow[] };

/** A part that could not be computed: why, in words. */
export type FamilyRefused = { readonly refused: string };

export type FamilySpillover = {
  readonly refused: null;
  /** Officers with every value, and the units they are grouped by. */
  readonly officers: number;
  /** Null under ten. */
  readonly units: number | null;
  readonly rSquared: number;
  readonly errors: 'CR2';
  readonly diagram: FamilyDiagram;
};

export type FamilyTest = {
  readonly name:
    | 'equal actors'
    | 'equal partners'
    | 'equal actors and partners'
    | 'no partner effects'
    | 'indistinguishable';
  /** The question that it answers. */
  readonly words: string;
  readonly statistic: number;
  readonly df: number;
  readonly p: number;
};

/** Partner effect over actor effect; null with the reason where the actor effect is not distinguishable from nothing. */
export type FamilyRatio = {
  readonly member: 'officer' | 'partner';
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly withheld: string | null;
  readonly sentence: string;
};

export type FamilyCrossover = {
  readonly refused: null;
  /** Couples with any value, and those with all four. */
  readonly couples: number;
  readonly complete: number;
  /** Fewer than 100 complete couples. */
  readonly fewCouples: boolean;
  readonly missing: 'fiml';
  readonly diagram: FamilyDiagram;
  readonly tests: readonly FamilyTest[];
  readonly k: readonly FamilyRatio[];
  /** Between the two predictors, and between what the model leaves of the two outcomes. */
  readonly correlations: { readonly predictors: number; readonly residuals: number };
  readonly rSquared: { readonly officer: number; readonly partner: number };
};

export type FamilyIndirect = {
  readonly id: string;
  /** Node ids along the way. */
  readonly through: readonly string[];
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly standardised: number | null;
  readonly sentence: string;
};

export type FamilyMediation = {
  readonly refused: null;
  readonly complete: number;
  /** Fewer than 100 complete couples. */
  readonly fewCouples: boolean;
  readonly diagram: FamilyDiagram;
  /** The way through both mediators first, then the others, then all together. */
  readonly indirect: readonly FamilyIndirect[];
  readonly total: { readonly estimate: number; readonly low: number; readonly high: number; readonly p: number };
  readonly samples: number;
  readonly seed: number;
};

/** What parents said of children, as totals of households. */
export type FamilyChildren = {
  readonly measure: FamilyMeasure;
  readonly households: number | null;
  readonly mean: number | null;
  readonly sd: number | null;
  /** Empty where no bands are switched on or too few households answered. */
  readonly bands: readonly (SafeCount & { readonly band: string })[];
  readonly withheld: string | null;
};

export type FamilyImpactResult = {
  readonly wave: string;
  /** Every wave held, with its complete couples, in the order of their first answers. */
  readonly waves: readonly (SafeCount & { readonly wave: string })[];
  readonly waveWasChosen: boolean;
  readonly linkage: 'linked' | 'unlinked';
  /** Why households are not taken together; null where they are. */
  readonly unlinkedBecause: string | null;
  readonly measures: {
    readonly distress: FamilyMeasure;
    readonly conflict: FamilyMeasure;
    readonly outcome: FamilyMeasure;
    readonly children: FamilyMeasure;
  };
  readonly flow: readonly FamilyFlowStep[];
  readonly scores: readonly FamilyScores[];
  readonly differences: readonly FamilyDifference[];
  readonly spillover: FamilySpillover | FamilyRefused;
  readonly crossover: FamilyCrossover | FamilyRefused;
  readonly mediation: FamilyMediation | FamilyRefused;
  readonly children: FamilyChildren;
};
