import type { StaffMember } from '../../absence/staff-timeline.ts';

/** Stands in `ExposureHistory.recorded` for an event that does not say when it was recorded. */
export const notRecorded = -0x8000_0000;

/** Countable exposures: those of person i are `from[i]` to `to[i] − 1`, ascending by day. */
export type ExposureHistory = {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly day: Int32Array;
  /** Day on which each was recorded, or `notRecorded`. */
  readonly recorded: Int32Array;
};

export const nightBit = 1;
export const cancelledRestDayBit = 2;
/** A gap of more than nothing and less than eleven hours lies between the duty and whatever came before. */
export const shortGapBit = 4;

/** Duties worked: those of person i are `from[i]` to `to[i] − 1`, ascending by start. */
export type DutyHistory = {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Local day on which each began, and on which it ended. */
  readonly day: Int32Array;
  readonly endDay: Int32Array;
  readonly overtimeHours: Float64Array;
  readonly marks: Uint8Array;
};

/** Both days absent; an end of null still open. */
export type KnownAbsence = {
  readonly startDay: number;
  readonly endDay: number | null;
  readonly recordedDay: number | null;
  readonly psychological: boolean;
};

/** A completed screening of the instrument. */
export type KnownScreening = {
  readonly day: number;
  readonly recordedDay: number | null;
  /** Null where it could not be made. */
  readonly score: number | null;
  readonly wave: string | null;
};

/** Days on which a case was open, both included; an end of null is open still. */
export type CaseSpan = { readonly fromDay: number; readonly toDay: number | null };

/** What is held of everybody whom HR has, by index of the person, up to the last day of what is known. */
export type History = {
  /** Ascending by pseudonym. */
  readonly people: readonly StaffMember[];
  readonly exposures: ExposureHistory;
  readonly duties: DutyHistory;
  /** Ascending by start. */
  readonly absences: readonly (readonly KnownAbsence[])[];
  /** Ascending by day, one a day. */
  readonly screenings: readonly (readonly KnownScreening[])[];
  readonly cases: readonly (readonly CaseSpan[])[];
  /** Without absences on file nobody can be said to have had none. */
  readonly holdsAbsences: boolean;
  /** Up to here it would be held if it had happened. */
  readonly lastHeldDay: number;
};

/** How a history is read, in calendar days. */
export type LandmarkRules = {
  /** Null for all that are held. */
  readonly fromDay: number | null;
  readonly asOfDay: number;
  readonly horizonDays: number;
  readonly spellDays: number;
  readonly lagDays: {
    readonly exposures: number;
    readonly absences: number;
    readonly duties: number;
    readonly screenings: number;
  };
  readonly isCase: (score: number) => boolean;
};
