import type { RunPoint } from '#shared/charts/run-series.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';

export type AbsenceFigures = {
  readonly people: number;
  readonly peopleAbsent: number;
  readonly availableFteDays: number;
  readonly days: { readonly calendar: number; readonly working: number; readonly fte: number };
  readonly ratePercent: number | null;
  readonly spells: number;
  readonly spellsStarted: number;
  readonly frequencyPerYear: number | null;
  readonly severityDays: number | null;
  readonly long: { readonly spells: number; readonly fteDays: number } | null;
  readonly psychological: { readonly share: number | null; readonly highestShare: number | null } | null;
  readonly openSpells: number | null;
};

export type GroupFigures = { readonly group: string; readonly figures: AbsenceFigures | null };

export type ReturnCurve = {
  readonly group: string;
  readonly spells: number;
  readonly returned: number;
  readonly medianDays: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly points: readonly {
    readonly day: number;
    readonly atRisk: number | null;
    readonly stillAbsent: number | null;
    readonly low: number | null;
    readonly high: number | null;
  }[];
  readonly steps: readonly {
    readonly day: number;
    readonly stillAbsent: number;
    readonly low: number | null;
    readonly high: number | null;
  }[];
};

export type GroupRate = {
  readonly group: string;
  readonly spells: number;
  readonly fteYears: number;
  readonly rate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly ratio: { readonly estimate: number; readonly low: number | null; readonly high: number | null } | null;
  readonly pHolm: number | null;
};

export type ReasonLine = {
  readonly reason: string | null;
  readonly group: string;
  readonly spells: number | null;
  readonly fteDays: number | null;
};

type Spread = { readonly q1: number; readonly median: number; readonly q3: number; readonly max: number };

export type AbsenceMonth = RunPoint & {
  /** FTE days lost, and those in post. */
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly calendarDays: number | null;
  readonly spellsStarted: number | null;
};

/** The force month by month: FTE days lost per 100. */
export type AbsenceMonths = {
  readonly points: readonly AbsenceMonth[];
  readonly centre: number | null;
  readonly warnings: readonly string[];
};

/** What `absence` answers. */
export type Absence = {
  readonly people: number;
  readonly all: AbsenceFigures | null;
  readonly groups: readonly GroupFigures[];
  readonly withheldGroups: number;
  readonly months: AbsenceMonths;
  readonly returnToWork: {
    readonly all: ReturnCurve | null;
    readonly psychological: readonly ReturnCurve[];
    readonly lateEntries: number;
  };
  readonly rates: {
    readonly family: string;
    readonly reference: string | null;
    readonly groups: readonly GroupRate[];
  } | null;
  readonly ratesOmitted: string | null;
  readonly reasons: readonly ReasonLine[];
  readonly bradford: { readonly note: string; readonly people: number; readonly spread: Spread | null };
};

export function readAbsence(result: AnalysisResult): Absence {
  const absence = result.result as Partial<Absence>;
  if (
    !Array.isArray(absence.groups) ||
    typeof absence.returnToWork !== 'object' ||
    typeof absence.months !== 'object'
  ) {
    throw new Error('The result of absence does not have its shape.');
  }
  return absence as Absence;
}
