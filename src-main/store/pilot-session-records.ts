import type { Connection } from './connection.ts';
import { readPilotStandings } from './pilot-standing-records.ts';

/** Reads of who was enrolled in a pilot, which sessions were planned and who came. */

type GivenArm = {
  readonly pilot: string;
  readonly person: string | null;
  readonly cluster: string | null;
  readonly arm: string;
};

/** Arms that chance gave to people and clusters here, whatever the extract says. */
export function readGivenArms(connection: Connection): GivenArm[] {
  return connection
    .prepare<[], GivenArm>(
      `SELECT d.pilot, p.person, a.cluster, a.arm FROM pilot_draw AS d JOIN pilot_allocation AS a ON a.draw_id = d.id
       LEFT JOIN pilot_allocated_person AS p ON p.allocation_id = a.id ORDER BY a.id`,
    )
    .all();
}

/**
 * Everybody who is or could be in a pilot, by pseudonym: all of its enrolments but those who were not enrolled. `fromDay` is the
 * first day on which a session was for them.
 */
export function readPilotPeople(connection: Connection, pilot: string) {
  return readPilotStandings(connection, pilot)
    .filter(({ notEnrolledReason }) => notEnrolledReason === null)
    .map((standing) => ({ ...standing, fromDay: standing.allocatedDay ?? standing.consentedDay }));
}

/** Planned sessions of a pilot, the first first; the cluster null where they are for everybody. */
export function readSessionPlan(connection: Connection, pilot: string) {
  const rows = connection
    .prepare(
      `SELECT cluster.value, s.at, s.minutes, s.checklist
       FROM pilot_session_plan AS s JOIN code AS pilot ON pilot.id = s.pilot_id AND pilot.value = ?
       LEFT JOIN code AS cluster ON cluster.id = s.cluster_id ORDER BY s.at, cluster.value`,
    )
    .raw()
    .all(pilot) as unknown as readonly (readonly [string | null, number, number | null, number | null])[];
  return rows.map(([cluster, at, minutes, checklist]) => ({ cluster, at, minutes, checklist }));
}

/**
 * Sessions that people came to, the first first. Whether one lay within their shift is what the extract says, else whether a duty
 * of theirs holds it, and null where they have no duties at all. No duty lasts two days.
 */
export function readPilotSessions(connection: Connection, pilot: string) {
  const rows = connection
    .prepare(
      `SELECT s.person_id, s.at, s.minutes, coalesce(s.within_shift,
         CASE WHEN EXISTS (SELECT 1 FROM duties WHERE person_id = s.person_id) THEN EXISTS (
           SELECT 1 FROM duties
           WHERE person_id = s.person_id AND start_at BETWEEN s.at - 172800 AND s.at AND end_at >= s.at + 60 * coalesce(s.minutes, 0)
         ) END)
       FROM pilot_sessions AS s JOIN code AS pilot ON pilot.id = s.pilot_id AND pilot.value = ?
       ORDER BY s.at, s.person_id`,
    )
    .raw()
    .all(pilot) as unknown as readonly (readonly [number, number, number | null, 0 | 1 | null])[];
  return rows.map(([person, at, minutes, within]) => ({
    person,
    at,
    minutes,
    withinShift: within === null ? null : within === 1,
  }));
}
