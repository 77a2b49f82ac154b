import type { FamilyMember } from '#shared/domain/family-impact.ts';

/** One answer of one member of a household to one instrument. */
export type FamilyRow = {
  /** Token of the household. */
  readonly household: string;
  readonly member: FamilyMember;
  readonly wave: string;
  /** Index of the officer, and of a partner who serves too. */
  readonly person: number | null;
  readonly partnerPerson: number | null;
  readonly takenOn: number;
  readonly consentedOn: number;
  readonly withdrawnOn: number | null;
  /** Code of its definition, or as the extract has it. */
  readonly instrument: string;
  readonly scores: Readonly<Record<string, number | null>>;
  /** Null where totals came alone, or the items are sealed. */
  readonly items: readonly (number | null)[] | null;
};

/** Somebody of the force answers as the officer of one household and perhaps as the partner of another. */
function who(row: FamilyRow): string {
  const person = row.member === 'officer' ? row.person : row.member === 'partner' ? row.partnerPerson : null;
  return person === null ? `${row.member} of ${row.household}` : `person ${person}`;
}

/** Rows answered on or after the day of their consent. */
export function agreedRows(rows: readonly FamilyRow[]): FamilyRow[] {
  return rows.filter(({ consentedOn, takenOn }) => consentedOn <= takenOn);
}

/** Whoever has withdrawn, at any time and of any wave, leaves with all that they ever answered. */
export function withoutWithdrawn(rows: readonly FamilyRow[], all: readonly FamilyRow[]): FamilyRow[] {
  const withdrawn = new Set(
    all.filter((row) => row.withdrawnOn !== null).flatMap((row) => [who(row), `${row.member} of ${row.household}`]),
  );
  return rows.filter((row) => !withdrawn.has(who(row)) && !withdrawn.has(`${row.member} of ${row.household}`));
}
