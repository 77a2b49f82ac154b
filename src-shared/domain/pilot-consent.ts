/** Whether somebody takes part in a pilot, by what its extracts say and by what was recorded here. Days are local. */

/** What an extract of enrolments says; null where it says nothing. */
export type EnrolmentConsent = {
  readonly consentedDay: number | null;
  readonly withdrawnDay: number | null;
  /** The newest day of withdrawal that an earlier version of the row had. */
  readonly earlierWithdrawnDay: number | null;
};

/** What was recorded here, in the order of recording. */
export type ConsentStatement = {
  readonly kind: 'consent' | 'withdrawal';
  readonly day: number;
  /** Of a withdrawal: false where the person asks that nothing of theirs is used. */
  readonly isDataUsed: boolean;
};

export type Consent = {
  /** The first day on which they consented. */
  readonly consentedDay: number | null;
  /** The day from which they take part no more; null where they do, or never did. */
  readonly withdrawnDay: number | null;
  /** Whether what is held of them may be used. */
  readonly isDataUsed: boolean;
  /** Whether an extract says since then that they take part: they do not, until somebody records it here. */
  readonly isContradicted: boolean;
};

type Said = ConsentStatement & { readonly isOfExtract: boolean; readonly order: number };

function everythingSaid(extract: EnrolmentConsent, statements: readonly ConsentStatement[]): Said[] {
  const { consentedDay, earlierWithdrawnDay } = extract;
  const withdrawnDay = extract.withdrawnDay ?? earlierWithdrawnDay;
  const told = (kind: ConsentStatement['kind'], day: number | null, order: number): Said[] =>
    day === null ? [] : [{ kind, day, isDataUsed: true, isOfExtract: true, order }];
  return [
    ...told('consent', consentedDay, -1),
    ...statements.map((statement, order) => ({ ...statement, isOfExtract: false, order })),
    // On one and the same day a withdrawal is the last word.
    ...told('withdrawal', withdrawnDay, statements.length),
  ].sort((a, b) => a.day - b.day || a.order - b.order);
}

/**
 * What holds of everything that was said: the later statement, save that no extract undoes a withdrawal. It stays until a consent
 * of a later day is recorded here, whatever a later extract says or leaves out.
 */
export function consentOf(extract: EnrolmentConsent, statements: readonly ConsentStatement[]): Consent {
  let consentedDay: number | null = null;
  let withdrawnDay: number | null = null;
  let isDataUsed = true;
  let isContradicted = false;
  for (const said of everythingSaid(extract, statements)) {
    if (said.kind === 'withdrawal') {
      withdrawnDay ??= said.day;
      isDataUsed &&= said.isDataUsed;
    } else if (withdrawnDay !== null && said.isOfExtract) {
      isContradicted = true;
    } else {
      consentedDay ??= said.day;
      [withdrawnDay, isDataUsed] = [null, true];
    }
  }
  const isLeftOut = extract.withdrawnDay === null && extract.earlierWithdrawnDay !== null;
  return {
    consentedDay,
    withdrawnDay,
    isDataUsed,
    isContradicted: withdrawnDay !== null && (isContradicted || isLeftOut),
  };
}
