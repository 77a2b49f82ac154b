import { studies } from './evidence.ts';
import { attendances, exposures, incidents } from './exposures.ts';
import type { ExtractKind } from './extract-kind.ts';
import { aliases, people, postings } from './people.ts';
import { adverseEvents, costs, pilotClusters, pilotEnrolments, pilotSessionPlan, pilotSessions } from './pilots.ts';
import { peerContacts, peerRequests, support, volunteers } from './support.ts';
import { absences, duties, families, screenings } from './wellbeing.ts';

export { type ColumnType, type ExtractColumn, type ExtractKind, isSealed } from './extract-kind.ts';

/** Every kind of extract, in the order in which a force would load them. */
export const extractKinds: readonly ExtractKind[] = [
  people,
  aliases,
  postings,
  exposures,
  incidents,
  attendances,
  duties,
  absences,
  screenings,
  families,
  support,
  volunteers,
  peerRequests,
  peerContacts,
  pilotEnrolments,
  pilotClusters,
  pilotSessionPlan,
  pilotSessions,
  adverseEvents,
  costs,
  studies,
];

export function extractKindNamed(kind: string): ExtractKind | null {
  return extractKinds.find((candidate) => candidate.kind === kind) ?? null;
}
