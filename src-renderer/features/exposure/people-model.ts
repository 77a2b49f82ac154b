import type { PersonLoad } from './results.ts';

export type PeopleFilter = {
  readonly search: string;
  readonly unit: string | null;
  readonly role: string | null;
  readonly signalsOnly: boolean;
};

export const everybody: PeopleFilter = { search: '', unit: null, role: null, signalsOnly: false };

/** People by unit, role, signal and the words of a search (pseudonym, unit or role). */
export function filterPeople(rows: readonly PersonLoad[], filter: PeopleFilter): readonly PersonLoad[] {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (filter.unit !== null && row.unit !== filter.unit) return false;
    if (filter.role !== null && row.role !== filter.role) return false;
    if (filter.signalsOnly && row.triggers.length === 0) return false;
    if (words.length === 0) return true;
    const text = `${row.person} ${row.unit} ${row.role}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The different values of a field, in order. */
export function valuesOf(rows: readonly PersonLoad[], field: 'unit' | 'role'): readonly string[] {
  return [...new Set(rows.map((row) => row[field]))].sort();
}
