import type { Role } from './roles.ts';

/** Whose rows of a kind a person may decide on, and for how many months they are kept to begin with. */
export type RetentionKind = { readonly kind: string; readonly months: number; readonly reviewer: Role };

/**
 * Starting values only: no source fixes them, and each force agrees its own with its data protection officer. Kinds whose
 * rows have no day cannot grow old by themselves and are not listed.
 */
export const retentionKinds: readonly RetentionKind[] = [
  { kind: 'postings', months: 84, reviewer: 'analyst' },
  { kind: 'exposures', months: 84, reviewer: 'analyst' },
  { kind: 'incidents', months: 84, reviewer: 'analyst' },
  { kind: 'attendances', months: 84, reviewer: 'analyst' },
  { kind: 'duties', months: 36, reviewer: 'analyst' },
  { kind: 'absences', months: 84, reviewer: 'analyst' },
  { kind: 'screenings', months: 96, reviewer: 'clinician' },
  { kind: 'families', months: 60, reviewer: 'clinician' },
  { kind: 'support', months: 96, reviewer: 'clinician' },
  { kind: 'peer_requests', months: 24, reviewer: 'analyst' },
  { kind: 'peer_contacts', months: 24, reviewer: 'analyst' },
  { kind: 'pilot_enrolments', months: 84, reviewer: 'analyst' },
  { kind: 'pilot_session_plan', months: 84, reviewer: 'analyst' },
  { kind: 'pilot_sessions', months: 84, reviewer: 'analyst' },
  { kind: 'adverse_events', months: 84, reviewer: 'clinician' },
];

export function retentionKindNamed(kind: string): RetentionKind | null {
  return retentionKinds.find((candidate) => candidate.kind === kind) ?? null;
}
