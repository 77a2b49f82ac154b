import type { PilotOutcome, PilotPlan } from '#shared/domain/pilot.ts';
import type { PilotPlanLocked } from '#shared/domain/pilot-evaluation-result.ts';
import type { AbsenceRow } from '../../absence/spells.ts';
import type { StaffMember } from '../../absence/staff-timeline.ts';
import type { AttendedSession, PlannedSession } from '../fidelity/records.ts';

/** Rows of the store that an evaluation is made from. People are the store's numbers, days are day numbers; null where a row does not say. */

export type Participant = {
  readonly person: number;
  readonly cluster: string | null;
  readonly stratum: string | null;
  /** As chance gave it in the vault, else as the extract says. */
  readonly arm: string | null;
  /** Of the draw, else as the extract says. */
  readonly allocatedDay: number | null;
  readonly consentedDay: number | null;
  readonly withdrawnDay: number | null;
  readonly notEnrolledReason: string | null;
};

export type PilotClusterRow = {
  readonly cluster: string;
  /** Of a stepped wedge: as chance gave it in the vault, else as the extract says. */
  readonly sequence: string | null;
  readonly exposedFrom: number | null;
};

export type AdverseEventRow = {
  readonly person: number;
  readonly category: string;
  readonly seriousness: string;
};

/** A score as it was made on the way in. */
export type ScoredAnswer = { readonly person: number; readonly day: number; readonly score: number };

export type PilotRecords = {
  /** Everybody of the enrolments whose data may be used, by pseudonym. */
  readonly participants: readonly Participant[];
  /** People who withdrew and asked that nothing of theirs is used. */
  readonly unused: ReadonlySet<number>;
  readonly clusters: readonly PilotClusterRow[];
  readonly planned: readonly PlannedSession[];
  readonly attended: readonly AttendedSession[];
  readonly adverseEvents: readonly AdverseEventRow[];
  /** Pounds in all; null where no cost names the pilot. */
  readonly costGbp: number | null;
  /** Everybody whom HR has, by pseudonym. */
  readonly members: ReadonlyMap<number, StaffMember>;
  readonly absences: {
    readonly of: ReadonlyMap<number, readonly AbsenceRow[]>;
    readonly firstDay: number | null;
    readonly lastDay: number | null;
  };
  /** Scores of an outcome of the plan, by person and day. */
  readonly answersOf: (outcome: PilotOutcome) => readonly ScoredAnswer[];
};

/** A plan as it was locked, with what is told of it. */
export type LockedPlan = { readonly plan: PilotPlan; readonly told: PilotPlanLocked };
