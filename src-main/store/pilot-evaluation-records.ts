import type { Connection } from './connection.ts';

/** Reads of what a pilot is evaluated from, beside its sessions. Days are day numbers; null where a row does not say. */

/** When chance put somebody, or a cluster, into an arm of a pilot: moments by pseudonym or name of the cluster. */
export function readDrawTimes(connection: Connection, pilot: string): ReadonlyMap<string, string> {
  const rows = connection
    .prepare(
      `SELECT coalesce(p.person, a.cluster), d.at FROM pilot_draw AS d JOIN pilot_allocation AS a ON a.draw_id = d.id
       LEFT JOIN pilot_allocated_person AS p ON p.allocation_id = a.id
       WHERE d.pilot = ? AND coalesce(p.person, a.cluster) IS NOT NULL ORDER BY a.id DESC`,
    )
    .raw()
    .all(pilot) as [string, string][];
  return new Map(rows);
}

export type PilotClusterRecord = {
  readonly cluster: string;
  readonly sequence: string | null;
  readonly exposedFrom: number | null;
};

/** Teams of a pilot by name, each with the sequence that chance gave it here, else the one of the extract. */
export function readPilotClusters(connection: Connection, pilot: string): PilotClusterRecord[] {
  return connection
    .prepare<[string, string], PilotClusterRecord>(
      `SELECT cluster.value AS cluster, c.exposed_from AS exposedFrom, coalesce(
         (SELECT a.arm FROM pilot_draw AS d JOIN pilot_allocation AS a ON a.draw_id = d.id
          WHERE d.pilot = ? AND a.cluster = cluster.value), sequence.value) AS sequence
       FROM pilot_clusters AS c JOIN code AS pilot ON pilot.id = c.pilot_id AND pilot.value = ?
       JOIN code AS cluster ON cluster.id = c.cluster_id LEFT JOIN code AS sequence ON sequence.id = c.sequence_id
       ORDER BY cluster.value`,
    )
    .all(pilot, pilot);
}

export type AdverseEventRecord = {
  readonly person: number;
  readonly category: string;
  readonly seriousness: string;
};

/**
 * Adverse events of a pilot up to a day, by person and day. What was recorded here goes before what an extract says of the same person, day and
 * category; what was recorded by mistake is none.
 */
export function readPilotEvents(connection: Connection, pilot: string, toDay: number): AdverseEventRecord[] {
  return connection
    .prepare<{ readonly pilot: string; readonly toDay: number }, AdverseEventRecord>(
      `WITH here AS (
         SELECT person.id AS person, on_day, category, seriousness FROM pilot_adverse_event AS e
         JOIN person ON person.pseudonym = e.person
         WHERE pilot = :pilot AND e.id = (SELECT max(id) FROM pilot_adverse_event AS later WHERE later.pilot = e.pilot
           AND later.person = e.person AND later.on_day = e.on_day AND later.category = e.category)
       ), extract AS (
         SELECT person_id AS person, on_day, category.value AS category, seriousness.value AS seriousness
         FROM adverse_events AS e JOIN code AS pilot ON pilot.id = e.pilot_id AND pilot.value = :pilot
         JOIN code AS category ON category.id = e.category_id JOIN code AS seriousness ON seriousness.id = e.seriousness_id
       )
       SELECT person, category, seriousness FROM (
         SELECT * FROM here WHERE seriousness IS NOT NULL
         UNION ALL SELECT * FROM extract WHERE (person, on_day, category) NOT IN (SELECT person, on_day, category FROM here)
       ) WHERE on_day <= :toDay ORDER BY person, on_day, category`,
    )
    .all({ pilot, toDay });
}

/** Pounds of all costs that name a pilot; null where none does. */
export function readPilotCost(connection: Connection, pilot: string): number | null {
  return (
    connection
      .prepare<[string], number | null>(
        `SELECT sum(amount_gbp) FROM costs JOIN code AS pilot ON pilot.id = costs.pilot_id AND pilot.value = ?`,
      )
      .pluck()
      .get(pilot) ?? null
  );
}

/** What analyses of pilots rest on beside the extracts: locks, deviations and the times of the draws. */
export function readLockedFacts(connection: Connection): readonly unknown[] {
  return connection
    .prepare(
      `SELECT 'lock', pilot, plan_hash, at FROM pilot_lock
       UNION ALL SELECT 'deviation', pilot, what || char(10) || reason, at FROM pilot_deviation
       UNION ALL SELECT 'draw', pilot, nonce, at FROM pilot_draw
       UNION ALL SELECT 'event', pilot, json_array(person, on_day, category, seriousness), at FROM pilot_adverse_event ORDER BY 1, 2, 4, 3`,
    )
    .raw()
    .all();
}
