import type { LockedPlan } from '#main/analysis/pilots/join/records.ts';
import { checkPilots } from '#main/store/check-pilots.ts';
import type { Connection } from '#main/store/connection.ts';
import type { CouldSee } from '#shared/contract/pilots.ts';
import type { PilotPlanLocked } from '#shared/domain/pilot-evaluation-result.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { findPilot } from './held-pilots.ts';
import { whoCouldSee } from './who-could-see.ts';

/**
 * The plan that a pilot is evaluated by, without the name of any user. Throws where what is kept of it is not what the audit log says. Fails with
 * `NOT_FOUND`, and with `FORBIDDEN` where it is not locked.
 */
export function lockedPlan(connection: Connection, pilot: string): Result<LockedPlan> {
  checkPilots(connection, pilot);
  const found = findPilot(connection, pilot);
  if (!found.ok) return found;
  const { plan, newest, lock, deviations } = found.value;
  if (lock === null) return fail('FORBIDDEN', `The plan of “${pilot}” is not locked.`, 'Nothing was read.');
  return ok({
    plan,
    told: {
      ...{ version: newest.version, hash: lock.planHash, lockedAt: lock.at },
      deviations: deviations.map(({ at, what, reason }) => ({ at, what, reason })),
      couldSeeOutcomes: withoutNames(whoCouldSee(connection, found.value)),
    },
  });
}

/** How many users could see outcomes, by their roles and why. */
function withoutNames(users: readonly CouldSee[]): PilotPlanLocked['couldSeeOutcomes'] {
  const groups = Map.groupBy(users, ({ roles, why }) => JSON.stringify([why, roles]));
  return [...groups.keys()].sort().flatMap((key) => {
    const own = groups.get(key) ?? [];
    const [first] = own;
    return first ? [{ roles: first.roles, why: first.why, users: own.length }] : [];
  });
}
