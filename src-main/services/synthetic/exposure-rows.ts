import { isoOfEpoch } from '#shared/domain/dates.ts';

/** One exposure row; times are wall-clock seconds since 1970, as if London were UTC. */
export type SyntheticExposure = {
  /** Index of the person, −1 for somebody whom the people file does not list. */
  readonly person: number;
  readonly ref: string;
  readonly occurredSeconds: number;
  /** A category, or one of the codes that nothing maps. */
  readonly code: string;
  readonly counted: boolean;
  readonly incidentRef: string;
  /** Only of the row that opened the incident. */
  readonly opens: boolean;
  readonly proximity: string;
  readonly minutes: string;
  readonly firstOnScene: string;
  readonly knownVictim: string;
  readonly attribution: string;
  readonly source: string;
  readonly recordedSeconds: number;
};

export const exposureHeader = [
  'person_ref',
  'occurred_at',
  'category',
  'incident_ref',
  'proximity',
  'minutes_on_scene',
  'first_on_scene',
  'known_victim',
  'attribution',
  'source',
  'recorded_at',
] as const;

/** Local time without an offset, `2026-03-31T14:05:00`, of wall-clock seconds. */
export function wallTime(wallSeconds: number): string {
  return isoOfEpoch(wallSeconds).slice(0, -1);
}

export function exposureRow(event: SyntheticExposure): readonly string[] {
  return [
    event.ref,
    wallTime(event.occurredSeconds),
    event.code,
    event.incidentRef,
    event.proximity,
    event.minutes,
    event.firstOnScene,
    event.knownVictim,
    event.attribution,
    event.source,
    wallTime(event.recordedSeconds),
  ];
}
