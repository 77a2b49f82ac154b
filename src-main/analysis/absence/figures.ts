/** Sums over a group and a period. FTE days and days lost are in the days of the spec: calendar or working. */
export type AbsenceSums = {
  /** People with at least a day in post, and those of them with at least part of a day absent. */
  people: number;
  absent: number;
  personDays: number;
  availableFte: number;
  /** Days absent, calendar and Monday to Friday; a part of a day counts as such. */
  calendarDays: number;
  workingDays: number;
  lostFte: number;
  psychologicalFte: number;
  unmappedFte: number;
  longFte: number;
  /** Spells with a day in the period and in post, those that began in it, and of all the long ones and those that go on. */
  spells: number;
  started: number;
  long: number;
  open: number;
  psychologicalSpells: number;
  psychologicalPeople: number;
  /** On the last day: in post, absent, and absent for more than 28 days. */
  inPostAtEnd: number;
  absentAtEnd: number;
  longAtEnd: number;
};

export function noSums(): AbsenceSums {
  return {
    people: 0,
    absent: 0,
    personDays: 0,
    availableFte: 0,
    calendarDays: 0,
    workingDays: 0,
    lostFte: 0,
    psychologicalFte: 0,
    unmappedFte: 0,
    longFte: 0,
    spells: 0,
    started: 0,
    long: 0,
    open: 0,
    psychologicalSpells: 0,
    psychologicalPeople: 0,
    inPostAtEnd: 0,
    absentAtEnd: 0,
    longAtEnd: 0,
  };
}

export type AbsenceFigures = {
  readonly people: number;
  readonly peopleAbsent: number;
  /** Person-days in post divided by the days of the period. */
  readonly averageHeadcount: number;
  readonly availableFteDays: number;
  readonly days: { readonly calendar: number; readonly working: number; readonly fte: number };
  /** FTE days lost per 100 FTE days available. */
  readonly ratePercent: number | null;
  readonly spells: number;
  readonly spellsStarted: number;
  /** Spells that began in the period per person of the average headcount, and the same as a rate a year. */
  readonly frequency: number | null;
  readonly frequencyPerYear: number | null;
  /** Calendar days lost in the period per spell with a day in it. */
  readonly severityDays: number | null;
  /** By 28 calendar days from the first day, as known on the last day of the period. Null, as below, where the number is small. */
  readonly long: { readonly spells: number; readonly fteDays: number } | null;
  readonly short: { readonly spells: number; readonly fteDays: number } | null;
  /** Share of the FTE days lost, 0–1; what is unmapped counts as not psychological, so the true share lies between the two. */
  readonly psychological: {
    readonly people: number;
    readonly spells: number;
    readonly fteDays: number;
    readonly share: number | null;
    readonly unmappedFteDays: number;
    readonly highestShare: number | null;
  } | null;
  readonly openSpells: number | null;
  /** The Home Office's snapshot on the last day. */
  readonly lastDay: { readonly inPost: number; readonly absent: number | null; readonly longTerm: number | null };
};

/** Counts that are small on their own even where the group is not. */
export const partCounts = ['psychologicalPeople', 'long', 'open', 'absentAtEnd', 'longAtEnd'] as const;
export type PartCount = (typeof partCounts)[number];

const daysOfYear = 365.25;

function share(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

/** Rates, shares and means from the sums. @param shown parts whose number may be shown */
export function figuresOf(sums: AbsenceSums, periodDays: number, shown: ReadonlySet<PartCount>): AbsenceFigures {
  const averageHeadcount = sums.personDays / periodDays;
  const frequency = share(sums.started, averageHeadcount);
  const rate = share(sums.lostFte, sums.availableFte);
  const shortFte = sums.lostFte - sums.longFte;
  return {
    people: sums.people,
    peopleAbsent: sums.absent,
    averageHeadcount,
    availableFteDays: sums.availableFte,
    days: { calendar: sums.calendarDays, working: sums.workingDays, fte: sums.lostFte },
    ratePercent: rate === null ? null : 100 * rate,
    spells: sums.spells,
    spellsStarted: sums.started,
    frequency,
    frequencyPerYear: frequency === null ? null : (frequency * daysOfYear) / periodDays,
    severityDays: share(sums.calendarDays, sums.spells),
    long: shown.has('long') ? { spells: sums.long, fteDays: sums.longFte } : null,
    short: shown.has('long') ? { spells: sums.spells - sums.long, fteDays: shortFte } : null,
    psychological: shown.has('psychologicalPeople') ? psychologicalOf(sums) : null,
    openSpells: shown.has('open') ? sums.open : null,
    lastDay: {
      inPost: sums.inPostAtEnd,
      absent: shown.has('absentAtEnd') ? sums.absentAtEnd : null,
      longTerm: shown.has('longAtEnd') ? sums.longAtEnd : null,
    },
  };
}

function psychologicalOf(sums: AbsenceSums): AbsenceFigures['psychological'] {
  return {
    people: sums.psychologicalPeople,
    spells: sums.psychologicalSpells,
    fteDays: sums.psychologicalFte,
    share: share(sums.psychologicalFte, sums.lostFte),
    unmappedFteDays: sums.unmappedFte,
    highestShare: share(sums.psychologicalFte + sums.unmappedFte, sums.lostFte),
  };
}
