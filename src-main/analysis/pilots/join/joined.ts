import type { PilotDesign, PilotPlan } from '#shared/domain/pilot.ts';
import type { MixedDf } from '../evaluation/cluster-estimates.ts';
import type { EvaluationInput } from '../evaluation/evaluate-pilot.ts';
import type { MeasuredOutcome } from './measured-outcome.ts';
import type { Participant, PilotRecords } from './records.ts';
import type { PilotEvaluationSpec } from './spec.ts';

/** What every design is joined from. */
export type ToJoin = {
  readonly records: PilotRecords;
  readonly plan: PilotPlan;
  readonly spec: PilotEvaluationSpec;
  readonly primary: MeasuredOutcome;
  readonly secondaries: readonly MeasuredOutcome[];
};

/** Rows of two arms, or of a design without arms, as its estimators take them. */
export type Joined = {
  /** Null in designs without arms. */
  readonly arm: string | null;
  readonly comparison: string | null;
  readonly input: EvaluationInput;
  /** Those who were offered the pilot, as far as the enrolments name them. */
  readonly offered: readonly Participant[];
  readonly warnings: readonly string[];
};

/** Degrees of freedom that the plan chooses for a mixed model; null where it leaves them open. */
export function mixedDfOf({ analysis: { smallSample } }: PilotPlan): MixedDf | null {
  return smallSample === 'kenward-roger' || smallSample === 'satterthwaite' ? smallSample : null;
}

/** Whether a design compares teams and areas over time, whose people the enrolments need not name. */
export function isOfUnits(design: PilotDesign): boolean {
  return ['stepped-wedge', 'difference-in-differences', 'interrupted-time-series'].includes(design);
}

/** Least of people of whom a number may be told. */
export const fewestToTell = 5;

/** `12 people`, or that they are few; null for nobody. */
export function peopleWords(count: number): string | null {
  if (count === 0) return null;
  return count < fewestToTell ? `Fewer than ${fewestToTell} people` : `${count} people`;
}
