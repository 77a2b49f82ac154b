/** Which of several scores counts: the last before the pilot, or the one nearest to the middle of its days. */
export type WhichScore = 'last' | 'middle';

/** What is known of one outcome, whatever it is read from. Days are day numbers. */
export type OutcomeValues = {
  /** Days of which the extracts tell; null where they hold nothing of it. */
  readonly knownFrom: number | null;
  readonly knownTo: number | null;
  /** Value of a person over days, both included; null where there is none. */
  readonly valueOf: (person: number, fromDay: number, toDay: number, which: WhichScore) => number | null;
};

export type ValueLimits = {
  /** Last day that counts; null for the last that the extract holds. */
  readonly lastDay: number | null;
  /** Day of withdrawal, by person. */
  readonly withdrawn: ReadonlyMap<number, number>;
};
