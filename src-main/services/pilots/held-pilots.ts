import type { Connection } from '#main/store/connection.ts';
import {
  listPilotDeviations,
  listPilotDrops,
  listPilotFinishes,
  listPilotLocks,
  listPilotPlans,
  type PilotDeviationRecord,
  type PilotFinishRecord,
  type PilotLockRecord,
  type PilotPlanRecord,
} from '#main/store/pilot-records.ts';
import { type PilotPlan, type PilotStatus, pilotPlanSchema } from '#shared/domain/pilot.ts';
import { type PlanGap, planGaps } from '#shared/domain/pilot-gaps.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { planFaults } from './plan-faults.ts';

/** A pilot as it stands: its newest plan, and what happened to it. */
export type HeldPilot = {
  readonly pilot: string;
  readonly status: PilotStatus;
  readonly plan: PilotPlan;
  readonly gaps: readonly PlanGap[];
  /** The oldest first, never empty. */
  readonly versions: readonly PilotPlanRecord[];
  readonly newest: PilotPlanRecord;
  readonly lock: PilotLockRecord | null;
  readonly deviations: readonly PilotDeviationRecord[];
  readonly finish: PilotFinishRecord | null;
  readonly drop: PilotFinishRecord | null;
};

/** Every pilot, in the order in which they were begun. */
export function heldPilots(connection: Connection): HeldPilot[] {
  const plans = listPilotPlans(connection);
  const locks = listPilotLocks(connection);
  const deviations = listPilotDeviations(connection);
  const finishes = listPilotFinishes(connection);
  const drops = listPilotDrops(connection);
  return [...new Set(plans.map(({ pilot }) => pilot))].flatMap((pilot) => {
    const versions = plans.filter((plan) => plan.pilot === pilot);
    const newest = versions.at(-1);
    if (!newest) return [];
    const plan = planOf(newest);
    const gaps = [...planGaps(plan), ...planFaults(plan)];
    const lock = locks.find((row) => row.pilot === pilot) ?? null;
    const finish = finishes.find((row) => row.pilot === pilot) ?? null;
    const drop = drops.find((row) => row.pilot === pilot) ?? null;
    const status = statusOf({ lock, finish, drop, gaps });
    const own = deviations.filter((row) => row.pilot === pilot);
    return [{ pilot, status, plan, gaps, versions, newest, lock, deviations: own, finish, drop }];
  });
}

function statusOf({ lock, finish, drop, gaps }: Pick<HeldPilot, 'lock' | 'finish' | 'drop' | 'gaps'>): PilotStatus {
  if (drop) return 'dropped';
  if (finish) return 'finished';
  if (lock) return 'locked';
  return gaps.length === 0 ? 'planned' : 'idea';
}

export function planOf({ body }: Pick<PilotPlanRecord, 'body'>): PilotPlan {
  return pilotPlanSchema.parse(JSON.parse(body));
}

/** Fails with `NOT_FOUND`. */
export function findPilot(connection: Connection, pilot: string): Result<HeldPilot> {
  const held = heldPilots(connection).find((candidate) => candidate.pilot === pilot);
  return held
    ? ok(held)
    : fail('NOT_FOUND', `There is no pilot “${pilot}”.`, 'Nothing was done. Choose one of the list, or save its plan.');
}
