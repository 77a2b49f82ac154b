import type { Connection } from './connection.ts';
import { eq, queries } from './drizzle.ts';
import { actionEvent, planVersion } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

/** A part of the plan as it was saved; never changed afterwards. */
export type PlanRecord = typeof planVersion.$inferSelect;
export type PlanKind = PlanRecord['kind'];
/** What happened to an action: a sign-off, a move to another status, a note or the pilot that it led to. */
export type ActionEventRecord = typeof actionEvent.$inferSelect;

/** Every version of a kind, in the order of saving. */
export function listPlanRecords(connection: Connection, kind: PlanKind): PlanRecord[] {
  return queries(connection).select().from(planVersion).where(eq(planVersion.kind, kind)).orderBy(planVersion.id).all();
}

/** What happened to all actions, the oldest first. */
export function listActionEvents(connection: Connection): ActionEventRecord[] {
  return queries(connection).select().from(actionEvent).orderBy(actionEvent.id).all();
}

/** Adds the next version of a part of the plan. */
export function addPlanRecord({ connection }: WriteTransaction, record: Omit<PlanRecord, 'id'>): void {
  queries(connection).insert(planVersion).values(record).run();
}

/** Adds what happened to an action. The store refuses a sign-off by whoever saved one of its versions. */
export function addActionEvent({ connection }: WriteTransaction, record: Omit<ActionEventRecord, 'id'>): void {
  queries(connection).insert(actionEvent).values(record).run();
}
