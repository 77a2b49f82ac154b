/** Rows that say whether a pilot was delivered. Days are local, times UTC epoch seconds; null where a row does not say. */
export type EnrolledPerson = {
  readonly person: number;
  readonly cluster: string | null;
  readonly arm: string | null;
  /** The first day on which a session was for them. */
  readonly fromDay: number | null;
  readonly withdrawnDay: number | null;
};

export type PlannedSession = {
  /** Null for everybody. */
  readonly cluster: string | null;
  readonly at: number;
  readonly minutes: number | null;
  readonly checklist: number | null;
};

export type AttendedSession = {
  readonly person: number;
  readonly at: number;
  readonly minutes: number | null;
  /** As the extract says, else by the person's duties; null where they have none. */
  readonly withinShift: boolean | null;
};

export type FidelityRecords = {
  readonly enrolled: readonly EnrolledPerson[];
  /** People who withdrew and asked that nothing of theirs is used: they are not among the enrolled. */
  readonly leftOut: number;
  readonly planned: readonly PlannedSession[];
  readonly attended: readonly AttendedSession[];
};
