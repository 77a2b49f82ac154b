import type { PilotDesign, PilotPlan } from '#shared/domain/pilot.ts';
import type { Unit } from '../force-shape.ts';
import type { ForceOptions } from '../options.ts';
import type { SyntheticPerson } from '../people.ts';

/** What a pilot is made from. */
export type PilotForce = {
  readonly options: ForceOptions;
  readonly people: readonly SyntheticPerson[];
  readonly units: readonly Unit[];
};

/** Somebody asked to take part. Days null and texts empty where an extract leaves the field so; `person` is a place in the people. */
export type Enrolment = {
  readonly person: number;
  readonly eligibleDay: number;
  readonly stratum: string;
  readonly cluster: string;
  readonly arm: string;
  readonly allocatedDay: number | null;
  readonly consentedDay: number | null;
  readonly withdrawnDay: number | null;
  readonly notEnrolledReason: string;
};

export type PilotCluster = {
  readonly cluster: string;
  readonly sequence: string;
  readonly exposedDay: number | null;
};

/** Times are wall-clock seconds. */
export type PlannedSession = {
  readonly cluster: string;
  readonly at: number;
  readonly minutes: number;
  /** Of 20; null where nobody scored it. */
  readonly checklist: number | null;
};

export type AttendedSession = {
  readonly person: number;
  readonly at: number;
  readonly minutes: number;
  readonly withinShift: boolean;
};

export type AdverseEvent = {
  readonly person: number;
  readonly day: number;
  readonly category: string;
  readonly seriousness: string;
};

export type PilotCost = { readonly item: string; readonly period: string; readonly pounds: number };

/** An invitation to answer what the pilot measures; the score null where nobody answered. */
export type PilotAnswer = {
  readonly person: number;
  readonly wave: string;
  readonly invitedDay: number;
  readonly takenDay: number;
  readonly score: number | null;
};

export type PilotTruth = {
  readonly pilot: string;
  readonly design: PilotDesign;
  readonly outcome: string;
  /** What the main estimate of the design finds in the long run: with the pilot less without it. */
  readonly effectPoints: number;
  /** Whatever else is planted, by what it is. */
  readonly figures: Readonly<Record<string, number>>;
  readonly recover: string;
};

export type PilotRecords = {
  readonly enrolments: readonly Enrolment[];
  readonly clusters: readonly PilotCluster[];
  readonly sessionPlan: readonly PlannedSession[];
  readonly sessions: readonly AttendedSession[];
  readonly events: readonly AdverseEvent[];
  readonly costs: readonly PilotCost[];
  readonly answers: readonly PilotAnswer[];
};

/** What one person adds to the extracts of a pilot. */
export type PersonsPart = {
  readonly enrolment: Enrolment;
  readonly sessions: readonly AttendedSession[];
  readonly answers: readonly PilotAnswer[];
};

/** Parts of many people, in their order. */
export function together(parts: readonly PersonsPart[]): Pick<PilotRecords, 'enrolments' | 'sessions' | 'answers'> {
  return {
    enrolments: parts.map(({ enrolment }) => enrolment),
    sessions: parts.flatMap(({ sessions }) => sessions),
    answers: parts.flatMap(({ answers }) => answers),
  };
}

export type MadePilot = PilotRecords & { readonly plan: PilotPlan; readonly truth: PilotTruth };

/** A pilot that a force is too small or too young for. */
export type LeftOutPilot = { readonly pilot: string; readonly design: PilotDesign; readonly because: string };
