import type { Connection } from './connection.ts';

type DutyCells = readonly [number, string | null, string | null, number, number, string | null, 0 | 1 | null];

/**
 * Duties that begin between two moments, UTC epoch seconds, of everybody in a unit of somebody enrolled in a pilot, by pseudonym and
 * start. `cluster` is that of the enrolment.
 */
export function readDutiesAround(connection: Connection, pilot: string, [from, until]: readonly [number, number]) {
  const rows = connection
    .prepare(
      `WITH mine AS (
         SELECT e.person_id, e.cluster_id FROM pilot_enrolments AS e
         JOIN code AS pilot ON pilot.id = e.pilot_id AND pilot.value = :pilot
       ), near AS (
         SELECT person_id FROM mine UNION
         SELECT person_id FROM people WHERE unit_id IN (SELECT unit_id FROM people JOIN mine USING (person_id))
       )
       SELECT near.person_id, unit.value, cluster.value, d.start_at, d.end_at, type.value, d.rest_day_cancelled
       FROM near CROSS JOIN person ON person.id = near.person_id
       CROSS JOIN duties AS d ON d.person_id = near.person_id AND d.start_at BETWEEN :from AND :until
       LEFT JOIN people ON people.person_id = near.person_id LEFT JOIN code AS unit ON unit.id = people.unit_id
       LEFT JOIN mine ON mine.person_id = near.person_id LEFT JOIN code AS cluster ON cluster.id = mine.cluster_id
       LEFT JOIN code AS type ON type.id = d.type_id
       ORDER BY person.pseudonym, d.start_at`,
    )
    .raw()
    .all({ pilot, from, until }) as unknown as readonly DutyCells[];
  return rows.map(([person, unit, cluster, start, end, type, cancelled]) => ({
    person,
    unit,
    cluster,
    start,
    end,
    type,
    isRestDay: cancelled === 1,
  }));
}
