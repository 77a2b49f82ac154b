import type { PilotDesign } from './pilot.ts';
import type { PilotEstimate, PilotEvaluation, PilotRefused } from './pilot-evaluation.ts';
import type { FidelityFigures } from './pilot-fidelity.ts';

/**
 * What `pilot-evaluation` returns as `result`: the evaluation of each arm that was offered the pilot, with the plan it was made by. A count
 * of people that may not be told is null.
 */

/** A count beside others of one list. */
export type PilotCount = { readonly what: string; readonly count: number | null };

/** How people came to be in the arms, by the enrolments. */
export type PilotRecruitment = {
  /** Enrolled, in an arm or waiting for one. */
  readonly arms: readonly PilotCount[];
  /** Not enrolled, by reason. */
  readonly notEnrolled: readonly PilotCount[];
  /** Who withdrew, by arm. */
  readonly withdrawn: readonly PilotCount[];
  readonly consentNotRecorded: number | null;
  readonly withheld: string | null;
};

/** Adverse events of the whole pilot: reports of one person, one category and one seriousness, each counted once. */
export type PilotAdverseEvents = {
  readonly categories: readonly string[];
  readonly seriousness: readonly string[];
  /** By category, then by seriousness; the last of each is the total. */
  readonly counts: readonly (readonly (number | null)[])[];
  /** People with any, by arm. */
  readonly people: readonly PilotCount[];
  readonly withheld: string | null;
};

/** Which sessions people had, those who were offered them alone. */
export type PilotDelivery = FidelityFigures & {
  /** Share of the planned sessions from which a dose is enough. */
  readonly enoughShare: number;
};

export type PilotDoseResponse = {
  /** Change of the outcome with each further session: never an effect. */
  readonly exploratory: true;
  readonly found: PilotEstimate | PilotRefused;
};

/** The script for R stands beside the whole answer. */
export type PilotEvaluationTold = Omit<PilotEvaluation, 'r'>;

/** Two arms at a time; in designs without arms, with the pilot against without it. */
export type PilotComparison = {
  /** Null in designs without arms. */
  readonly arm: string | null;
  readonly comparison: string | null;
  readonly evaluation: PilotEvaluationTold | PilotRefused;
  /** Null where the pilot has no sessions, or none is recorded. */
  readonly delivery: PilotDelivery | null;
  readonly doseResponse: PilotDoseResponse | null;
};

/** Where an item of a reporting guideline is answered. */
export type GuidelineAnswer = 'plan' | 'result' | 'authors';

export type GuidelineItem = {
  readonly item: string;
  /** What it asks, in short words of our own. */
  readonly asks: string;
  readonly answeredBy: GuidelineAnswer;
  /** The parts of plan or result that say it; what is left to say where the authors are to. */
  readonly where: string;
};

export type ReportingGuideline = {
  readonly name: string;
  readonly source: string;
  readonly items: readonly GuidelineItem[];
};

export type PilotPlanLocked = {
  readonly version: number;
  /** SHA-256 of the plan as canonical JSON. */
  readonly hash: string;
  readonly lockedAt: string;
  /** What was done otherwise, the oldest first. */
  readonly deviations: readonly { readonly at: string; readonly what: string; readonly reason: string }[];
  /** Users whose roles let them see outcomes before the lock; who they were is in the vault. */
  readonly couldSeeOutcomes: readonly {
    readonly roles: readonly string[];
    readonly why: string;
    readonly users: number;
  }[];
};

export type PilotEvaluationResult = {
  readonly pilot: string;
  readonly title: string;
  readonly design: PilotDesign;
  readonly plan: PilotPlanLocked;
  /** Last day whose outcomes count. */
  readonly to: string;
  /** Fewest people that a figure of their scores rests on. */
  readonly minimum: number;
  readonly recruitment: PilotRecruitment;
  /** Never empty. */
  readonly comparisons: readonly PilotComparison[];
  readonly adverseEvents: PilotAdverseEvents | PilotRefused;
  readonly guideline: ReportingGuideline;
};
