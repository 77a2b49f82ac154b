import type { GradeSuggestion } from './grade.ts';
import type { Direction, EffectMeasure } from './numbers.ts';
import type { StudyDesign } from './study.ts';

/**
 * What `review-synthesis` finds of one outcome. Estimates and limits are on the scale that is read: ratios, correlations and shares,
 * not their logarithms. Effects are of those who were offered what is studied, less the comparison.
 */

/** How far a finding may be wrong, as appraised; null where nobody has appraised it. */
export type BiasLevel = 'low' | 'some' | 'high' | null;

export type SynthesisEstimate = {
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
};

export type SynthesisRow = SynthesisEstimate & {
  readonly study: string;
  readonly title: string;
  readonly finding: string;
  readonly group: string | null;
  readonly design: StudyDesign;
  readonly bias: BiasLevel;
  readonly isOwnPilot: boolean;
  readonly weeks: number | null;
  /** Null where the paper does not tell. */
  readonly n: number | null;
  /** On the scale that is pooled, with its standard error. */
  readonly yi: number;
  readonly se: number;
  /** Per cent; null where the row is not pooled, or the model has no weights. */
  readonly weight: number | null;
  /** What the effect was worked out from, in words. */
  readonly from: string;
};

/** The pooled result of another review, as it prints it. */
export type ReviewRow = SynthesisEstimate & Pick<SynthesisRow, 'study' | 'title' | 'finding' | 'n' | 'from'>;

export type SynthesisInterval = SynthesisEstimate & {
  readonly p: number | null;
  /** Null where the statistic is normal. */
  readonly df: number | null;
  /** Where the effect of a further study may lie; null for a fixed effect. */
  readonly predictionLow: number | null;
  readonly predictionHigh: number | null;
};

export type Pooled = SynthesisInterval & {
  readonly model: 'random' | 'fixed';
  /** What was fitted, in words. */
  readonly method: string;
  /** Errors that hold for several findings of one study (CR2 by study). */
  readonly isRobust: boolean;
  readonly tau2: number;
  readonly tau2Low: number | null;
  readonly tau2High: number | null;
  /** Per cent. */
  readonly i2: number;
  readonly i2Low: number | null;
  readonly i2High: number | null;
  readonly q: { readonly statistic: number | null; readonly df: number | null; readonly p: number | null };
  /** Limits by Hartung and Knapp that are never narrower than normal ones would be; null where they are the same. */
  readonly cautious: { readonly low: number; readonly high: number } | null;
};

export type SynthesisSubgroups = {
  readonly by: string;
  readonly levels: readonly (SynthesisEstimate & { readonly level: string; readonly effects: number })[];
  readonly between: {
    readonly statistic: number | null;
    readonly df: number | readonly number[] | null;
    readonly p: number | null;
  };
};

/** A part that could not be worked out: why, in words. */
export type SynthesisRefused = { readonly refused: string };

export type LeftOutStudy = SynthesisEstimate & {
  readonly study: string;
  readonly i2: number;
  /** Whether the finding over all hangs on this study: its sign of evidence goes, or it lies far from the others. */
  readonly isInfluential: boolean;
  readonly words: string | null;
};

export type EggerFound = { readonly intercept: number; readonly se: number; readonly df: number; readonly p: number };

/** How many studies found it better and worse, a vote for each, whatever a test said. */
export type DirectionCount = {
  readonly counts: Readonly<Record<Direction, number>>;
  /** Of those that found a difference, the share that found it better, with Wilson's limits; null of none. */
  readonly better: { readonly share: number; readonly low: number; readonly high: number; readonly p: number } | null;
  readonly words: string;
};

export type AbsoluteEffect = {
  readonly per: 'points' | 'in 1,000 people';
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
  /** What it supposes. */
  readonly words: string;
};

export type ReviewSynthesis = {
  readonly outcome: string;
  readonly measure: EffectMeasure;
  /** What it is called by those who read it. */
  readonly measureWords: string;
  readonly better: 'low' | 'high';
  /** Where there is no difference; null of a measure that is no difference. */
  readonly none: number | null;
  /** Least difference that matters, as the spec has it. */
  readonly importantDifference: number | null;
  readonly confidence: number;
  readonly studies: number;
  readonly effects: number;
  /** Of studies that tell it; each once, with its largest number. */
  readonly people: number | null;
  readonly studiesWithoutPeople: number;
  /** In the order of the findings given. */
  readonly rows: readonly SynthesisRow[];
  /** Pooled results of other reviews: never pooled with studies, nor with each other. */
  readonly reviews: readonly ReviewRow[];
  /** Told in words only. */
  readonly narrated: readonly {
    readonly study: string;
    readonly title: string;
    readonly direction: Direction;
    readonly n: number | null;
  }[];
  readonly leftOut: readonly { readonly study: string; readonly finding: string; readonly why: string }[];
  readonly pooled: Pooled | SynthesisRefused;
  /** As if all studies had the same effect, to compare. */
  readonly fixed: SynthesisInterval | null;
  readonly subgroups: SynthesisSubgroups | SynthesisRefused | null;
  readonly leaveOneOut: readonly LeftOutStudy[];
  readonly smallStudies: EggerFound | SynthesisRefused;
  /** Null of a measure that is no difference, and of no study. */
  readonly directions: DirectionCount | null;
  readonly absolute: AbsoluteEffect | null;
  readonly grade: GradeSuggestion;
};

export function isRefused<Part extends object>(part: Part | SynthesisRefused): part is SynthesisRefused {
  return 'refused' in part;
}

export const measureWords: Readonly<Record<EffectMeasure, string>> = {
  SMD: 'standardised mean difference',
  MD: 'mean difference',
  SMCR: 'standardised mean change',
  RR: 'risk ratio',
  OR: 'odds ratio',
  RD: 'risk difference',
  ZCOR: 'correlation',
  PLO: 'share of people',
};

export function isRatioMeasure(measure: EffectMeasure): boolean {
  return measure === 'RR' || measure === 'OR';
}

/** Where there is no difference on the scale that is read; a share of people is no difference. */
export function noDifferenceOf(measure: EffectMeasure): number | null {
  if (measure === 'PLO') return null;
  return isRatioMeasure(measure) ? 1 : 0;
}
