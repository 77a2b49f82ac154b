import type { CodeSet } from '#shared/domain/incident-codes.ts';

/**
 * Incidents with those who attended them, in columns. The attendances of incident i are `offsets[i]` to `offsets[i + 1] − 1`,
 * ascending by person and, of one person, by arrival.
 */
export type AttendedIncidents = {
  readonly codeSets: readonly CodeSet[];
  /** Of each incident: local day of its creation, and index into `codeSets`. */
  readonly day: Int32Array;
  readonly codes: Uint32Array;
  readonly offsets: Uint32Array;
  /** Of each attendance: person index, UTC epoch seconds (cleared is NaN when absent), local day of arrival. */
  readonly person: Uint32Array;
  readonly arrivedAt: Float64Array;
  readonly clearedAt: Float64Array;
  readonly arrivalDay: Int32Array;
  /** Bits 0–1 attribution (1-based in its closed list, 0 absent), bit 2 a role first on scene, bit 3 a role away from it. */
  readonly marks: Uint8Array;
  /** Local day of each attendance whose incident is not held. */
  readonly notImportedDays: Int32Array;
  /** `directKey` of every exposure that was imported directly with the number of an incident that is held, ascending. */
  readonly direct: Float64Array;
  readonly persons: number;
};

export const attributionBits = 3;
export const firstRoleBit = 4;
export const awayRoleBit = 8;

const mostCategories = 64;

/** One number for a person, incident and category; exact up to 10^14. */
export function directKey(incident: number, person: number, category: number, persons: number): number {
  return (incident * persons + person) * mostCategories + category;
}

const awayRoles = new Set(['call handler', 'dispatcher', 'control room', 'call taker']);

/** The marks of a role as a force writes it. */
export function roleMarks(role: string): number {
  const words = role
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
  if (words === 'first on scene' || words === 'first at scene' || words === 'first') return firstRoleBit;
  return awayRoles.has(words) ? awayRoleBit : 0;
}
