import { sha256Hex } from '#main/crypto/hash-chain.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { enrolmentStateOf } from '#shared/domain/pilot-enrolment.ts';
import type { Connection } from './connection.ts';
import { queries } from './drizzle.ts';
import { readPilotStandings } from './pilot-standing-records.ts';
import { pilotAllocatedPerson, pilotAllocation, pilotDraw } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

export type PilotDrawRecord = typeof pilotDraw.$inferSelect;
/** What chance gave one person or cluster; its person apart, so that they can be erased. */
export type PilotAllocationRecord = typeof pilotAllocation.$inferSelect & { readonly person: string | null };
type Drawn = Omit<PilotAllocationRecord, 'id' | 'drawId'>;

/** Somebody, or a cluster, that waits to be allocated. */
export type WaitingUnit = { readonly unit: string; readonly stratum: string };

/** Steps of allocation of a pilot, the oldest first. */
export function listPilotDraws(connection: Connection, pilot: string): PilotDrawRecord[] {
  return connection
    .prepare<[string], PilotDrawRecord>('SELECT id, pilot, nonce, at, user FROM pilot_draw WHERE pilot = ? ORDER BY id')
    .all(pilot);
}

/** Allocations of a pilot in the order in which they were drawn; the person null where clusters are, or where they were erased. */
export function listPilotAllocations(connection: Connection, pilot: string): PilotAllocationRecord[] {
  return connection
    .prepare<[string], PilotAllocationRecord>(
      `SELECT a.id, a.draw_id AS drawId, a.sequence, a.stratum, a.block, a.block_size AS blockSize, a.arm, a.cluster, p.person
       FROM pilot_draw AS d JOIN pilot_allocation AS a ON a.draw_id = d.id
       LEFT JOIN pilot_allocated_person AS p ON p.allocation_id = a.id
       WHERE d.pilot = ? ORDER BY a.id`,
    )
    .all(pilot);
}

/** Adds a draw with all that it gave. The store refuses it before the lock and once the pilot is finished, and anybody twice. */
export function addPilotDraw(
  { connection }: WriteTransaction,
  draw: Omit<PilotDrawRecord, 'id'>,
  drawn: readonly Drawn[],
): void {
  const store = queries(connection);
  const drawId = Number(store.insert(pilotDraw).values(draw).run().lastInsertRowid);
  for (const { person, ...allocation } of drawn) {
    const { lastInsertRowid } = store
      .insert(pilotAllocation)
      .values({ drawId, ...allocation })
      .run();
    if (person === null) continue;
    store
      .insert(pilotAllocatedPerson)
      .values({ allocationId: Number(lastInsertRowid), pilot: draw.pilot, person, arm: allocation.arm })
      .run();
  }
}

/** What the audit log keeps of a draw: what chance gave, and nobody to whom. */
export function drawHash({ pilot, nonce, at, user }: Omit<PilotDrawRecord, 'id'>, drawn: readonly Drawn[]): string {
  const given = drawn.map(({ sequence, stratum, block, blockSize, arm, cluster }) => {
    return { sequence, stratum, block, blockSize, arm, cluster };
  });
  return sha256Hex(canonicalJson({ pilot, nonce, at, user, drawn: given }));
}

/**
 * People of a pilot who are eligible, have consented, have not left and are in no arm yet, the longest waiting first.
 * @param day the last day that counts
 */
export function waitingPeople(connection: Connection, pilot: string, day: number): WaitingUnit[] {
  return readPilotStandings(connection, pilot)
    .filter((standing) => enrolmentStateOf(standing, day, true) === 'waiting')
    .sort((a, b) => (a.consentedDay ?? 0) - (b.consentedDay ?? 0) || (a.pseudonym < b.pseudonym ? -1 : 1))
    .map(({ pseudonym, stratum }) => ({ unit: pseudonym, stratum: stratum ?? '' }));
}

/** Clusters of a pilot that are in no arm yet, by name. */
export function waitingClusters(connection: Connection, pilot: string): WaitingUnit[] {
  return connection
    .prepare<[string, string], WaitingUnit>(
      `SELECT cluster.value AS unit, '' AS stratum
       FROM pilot_clusters AS c JOIN code AS cluster ON cluster.id = c.cluster_id
       JOIN code AS pilot ON pilot.id = c.pilot_id AND pilot.value = ?
       WHERE cluster.value NOT IN (
         SELECT cluster FROM pilot_allocation JOIN pilot_draw ON pilot_draw.id = draw_id
         WHERE pilot_draw.pilot = ? AND cluster IS NOT NULL
       )
       ORDER BY cluster.value`,
    )
    .all(pilot, pilot);
}
