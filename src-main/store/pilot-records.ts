import { sha256Hex } from '#main/crypto/hash-chain.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import type { Connection } from './connection.ts';
import { queries } from './drizzle.ts';
import { pilotDeviation, pilotDrop, pilotFinish, pilotLock, pilotPlan } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

/** A plan as it was saved; never changed afterwards. */
export type PilotPlanRecord = typeof pilotPlan.$inferSelect;
export type PilotLockRecord = typeof pilotLock.$inferSelect;
export type PilotDeviationRecord = typeof pilotDeviation.$inferSelect;
/** How a pilot ended, after its lock or before. */
export type PilotFinishRecord = typeof pilotFinish.$inferSelect;

/** Every version of every plan, in the order of saving. */
export function listPilotPlans(connection: Connection): PilotPlanRecord[] {
  return queries(connection).select().from(pilotPlan).orderBy(pilotPlan.id).all();
}

/** Every version of the plans that are neither locked nor dropped. Without the query builder: the analyses ask on every question. */
export function openPlans(connection: Connection): Pick<PilotPlanRecord, 'pilot' | 'body'>[] {
  return connection
    .prepare<[], Pick<PilotPlanRecord, 'pilot' | 'body'>>(
      `SELECT pilot, body FROM pilot_plan
       WHERE pilot NOT IN (SELECT pilot FROM pilot_lock UNION SELECT pilot FROM pilot_drop) ORDER BY id`,
    )
    .all();
}

export function isPilotLocked(connection: Connection, pilot: string): boolean {
  return connection.prepare('SELECT 1 FROM pilot_lock WHERE pilot = ?').get(pilot) !== undefined;
}

export function listPilotLocks(connection: Connection): PilotLockRecord[] {
  return queries(connection).select().from(pilotLock).orderBy(pilotLock.id).all();
}

/** What was done otherwise than planned, the oldest first. */
export function listPilotDeviations(connection: Connection): PilotDeviationRecord[] {
  return queries(connection).select().from(pilotDeviation).orderBy(pilotDeviation.id).all();
}

export function listPilotFinishes(connection: Connection): PilotFinishRecord[] {
  return queries(connection).select().from(pilotFinish).orderBy(pilotFinish.id).all();
}

export function listPilotDrops(connection: Connection): PilotFinishRecord[] {
  return queries(connection).select().from(pilotDrop).orderBy(pilotDrop.id).all();
}

/** Adds the next version of a plan. The store refuses it once the pilot is locked or dropped. */
export function addPilotPlan({ connection }: WriteTransaction, record: Omit<PilotPlanRecord, 'id'>): void {
  queries(connection).insert(pilotPlan).values(record).run();
}

/** Locks a plan. The store refuses any but the newest, and a second lock. */
export function addPilotLock({ connection }: WriteTransaction, record: Omit<PilotLockRecord, 'id'>): void {
  queries(connection).insert(pilotLock).values(record).run();
}

/** Adds what was done otherwise than planned. The store refuses it before the lock. */
export function addPilotDeviation({ connection }: WriteTransaction, record: Omit<PilotDeviationRecord, 'id'>): void {
  queries(connection).insert(pilotDeviation).values(record).run();
}

/** Ends a pilot. The store refuses it before the lock, and a second time. */
export function addPilotFinish({ connection }: WriteTransaction, record: Omit<PilotFinishRecord, 'id'>): void {
  queries(connection).insert(pilotFinish).values(record).run();
}

/** Gives a pilot up. The store refuses it once the pilot is locked, and a second time. */
export function addPilotDrop({ connection }: WriteTransaction, record: Omit<PilotFinishRecord, 'id'>): void {
  queries(connection).insert(pilotDrop).values(record).run();
}

/** What the audit log keeps of a row, so that another in its place is found; the words themselves are not for the log. */
function keptHash(row: Readonly<Record<string, string>>): string {
  return sha256Hex(canonicalJson(row));
}

export function lockHash({ pilot, planHash, seedHash, at, user }: Omit<PilotLockRecord, 'id'>): string {
  return keptHash({ pilot, planHash, seedHash, at, user });
}

export function deviationHash({ pilot, what, reason, at, user }: Omit<PilotDeviationRecord, 'id'>): string {
  return keptHash({ pilot, what, reason, at, user });
}

export function finishHash({ pilot, reason, at, user }: Omit<PilotFinishRecord, 'id'>): string {
  return keptHash({ pilot, reason, at, user });
}
