import { type Consent, consentOf } from '#shared/domain/pilot-consent.ts';
import type { Connection } from './connection.ts';
import { readPilotStatements } from './pilot-statement-records.ts';

/** How somebody stands in a pilot. Days are local; null where nothing is said. */
export type PilotStanding = Consent & {
  readonly person: number;
  readonly pseudonym: string;
  readonly stratum: string | null;
  readonly cluster: string | null;
  /** What chance gave them or their cluster here, else what the extract says. */
  readonly arm: string | null;
  readonly eligibleDay: number | null;
  readonly allocatedDay: number | null;
  readonly notEnrolledReason: string | null;
};

type Cells = {
  readonly person: number;
  readonly pseudonym: string;
  readonly stratum: string | null;
  readonly cluster: string | null;
  readonly arm: string | null;
  readonly eligible: number | null;
  readonly allocated: number | null;
  readonly reason: string | null;
  readonly consented: number | null;
  readonly withdrawn: number | null;
  readonly earlier: number | null;
};

const enrolments = `
  SELECT e.person_id AS person, person.pseudonym, stratum.value AS stratum, cluster.value AS cluster,
    coalesce(own.arm, (SELECT a.arm FROM pilot_draw AS d JOIN pilot_allocation AS a ON a.draw_id = d.id
                       WHERE d.pilot = pilot.value AND a.cluster = cluster.value ORDER BY a.id LIMIT 1), arm.value) AS arm,
    e.eligible_on AS eligible, e.allocated_on AS allocated, reason.value AS reason,
    e.consented_on AS consented, e.withdrawn_on AS withdrawn,
    (SELECT max(h.withdrawn_on) FROM pilot_enrolments_history AS h
     WHERE h.pilot_id = e.pilot_id AND h.person_id = e.person_id) AS earlier
  FROM pilot_enrolments AS e JOIN code AS pilot ON pilot.id = e.pilot_id AND pilot.value = ?
  JOIN person ON person.id = e.person_id
  LEFT JOIN pilot_allocated_person AS own ON own.pilot = pilot.value AND own.person = person.pseudonym
  LEFT JOIN code AS stratum ON stratum.id = e.stratum_id LEFT JOIN code AS cluster ON cluster.id = e.cluster_id
  LEFT JOIN code AS arm ON arm.id = e.arm_id LEFT JOIN code AS reason ON reason.id = e.not_enrolled_reason_id
  ORDER BY person.pseudonym`;

/**
 * Everybody in the enrolments of a pilot, by pseudonym, each with their consent as the extracts and what was recorded here say
 * together (`consentOf`).
 * @param said what was recorded here, by pseudonym
 */
export function readPilotStandings(
  connection: Connection,
  pilot: string,
  said = readPilotStatements(connection, pilot),
): PilotStanding[] {
  const rows = connection.prepare<[string], Cells>(enrolments).all(pilot);
  return rows.map(({ consented, withdrawn, earlier, eligible, allocated, reason, ...cells }) => ({
    ...cells,
    eligibleDay: eligible,
    allocatedDay: allocated,
    notEnrolledReason: reason,
    ...consentOf(
      { consentedDay: consented, withdrawnDay: withdrawn, earlierWithdrawnDay: earlier },
      said.get(cells.pseudonym) ?? [],
    ),
  }));
}
