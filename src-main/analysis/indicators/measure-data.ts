import type { AbsenceRow } from '../absence/spells.ts';
import type { StaffMember } from '../absence/staff-timeline.ts';
import type { ScreeningRecord } from '../screening/screening-summary.ts';
import type { Month } from './spec.ts';

/** Rows of exposures by month, and what the trigger rules say on the last day of each. */
export type ExposureMonths = {
  /** Countable events of people in post on the day. */
  readonly eventsInPost: readonly number[];
  /** Rows behind countable events whose code has a rule, and all of them. */
  readonly covered: readonly number[];
  readonly rows: readonly number[];
  readonly overThreshold: (month: number) => { readonly people: number; readonly over: number };
};

export type Invitation = {
  readonly person: number;
  /** Day of the invitation, else of the answers. */
  readonly day: number;
  readonly invited: boolean;
  readonly completed: boolean;
};

export type SupportStep = {
  readonly person: number;
  /** Names one course of support of the person. */
  readonly episode: string;
  readonly step: string;
  readonly day: number;
};

/** Extracts whose rows may stop before the months that are asked about do. */
export const datedKinds = ['exposures', 'absences', 'screenings', 'support', 'peer_contacts', 'peer_requests'] as const;
export type DatedKind = (typeof datedKinds)[number];

/** Days of the first and the last row of an extract; for absences, on which they begin. */
export type HeldSpan = { readonly firstDay: number; readonly lastDay: number };

/** What the measures read; each is null where the vault holds no rows of the kind. */
export type MeasureData = {
  readonly months: readonly Month[];
  readonly asOfDay: number;
  readonly staff: () => {
    readonly members: readonly StaffMember[];
    readonly absences: readonly (readonly AbsenceRow[])[];
  } | null;
  readonly holdsAbsences: () => boolean;
  /** Null where no row of the kind is held. */
  readonly spanOf: (kind: DatedKind) => HeldSpan | null;
  readonly exposures: () => ExposureMonths | null;
  /** By month: exposure rows that say when they were recorded, and those of them recorded within so many days. */
  readonly recorded: (days: number) => readonly { readonly known: number; readonly inTime: number }[] | null;
  readonly invitations: () => readonly Invitation[] | null;
  readonly screenings: () => readonly ScreeningRecord[] | null;
  readonly support: () => readonly SupportStep[] | null;
  readonly contacts: () => readonly { readonly day: number; readonly volunteer: string }[] | null;
  /** Times are UTC epoch seconds. */
  readonly requests: () =>
    | readonly { readonly day: number; readonly requestedAt: number; readonly respondedAt: number | null }[]
    | null;
};

export function notHeld(kind: string): { readonly notMeasurable: string } {
  return { notMeasurable: `No ${kind} are imported.` };
}

/** Rows of each month. */
export function byMonth<Row extends { readonly day: number }>(months: readonly Month[], rows: readonly Row[]): Row[][] {
  const first = months[0]?.firstDay ?? 0;
  const last = months.at(-1)?.lastDay ?? 0;
  const monthOf = new Map<number, number>();
  months.forEach(({ firstDay, lastDay }, at) => {
    for (let day = firstDay; day <= lastDay; day += 1) monthOf.set(day, at);
  });
  const sorted = months.map((): Row[] => []);
  for (const row of rows) if (row.day >= first && row.day <= last) sorted[monthOf.get(row.day) ?? -1]?.push(row);
  return sorted;
}
