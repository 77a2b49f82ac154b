import { checkPilots } from '#main/store/check-pilots.ts';
import { listPilotAllocations, listPilotDraws } from '#main/store/pilot-allocation-records.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import type { PilotSummary, PilotView } from '#shared/contract/pilots.ts';
import { armsToDraw } from '#shared/domain/pilot-gaps.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import type { VaultContext } from '../call-context.ts';
import { isDrawnAgain } from './draw-again.ts';
import { findPilot, type HeldPilot, heldPilots } from './held-pilots.ts';
import { whoCouldSee } from './who-could-see.ts';

function summaryOf({ vault }: VaultContext, held: HeldPilot): PilotSummary {
  const { pilot, status, plan, newest, lock, deviations } = held;
  return {
    ...{ pilot, title: plan.title, status, design: plan.design },
    ...{ version: newest.version, hash: newest.bodyHash, savedAt: newest.at, savedBy: newest.user },
    ...{ lockedAt: lock?.at ?? null, deviationCount: deviations.length },
    allocated: listPilotAllocations(vault.store.connection, pilot).length,
  };
}

export function pilotList(context: VaultContext): OutputOf<'pilots.list'> {
  return { pilots: heldPilots(context.vault.store.connection).map((held) => summaryOf(context, held)) };
}

/** A pilot as it stands. Throws where what is kept of it is not what the audit log says. */
export function pilotView(context: VaultContext, pilot: string): Result<PilotView> {
  const { connection } = context.vault.store;
  checkPilots(connection, pilot);
  const found = findPilot(connection, pilot);
  if (!found.ok) return found;
  const { plan, gaps, versions, newest, lock, deviations, finish, drop } = found.value;
  const allocations = listPilotAllocations(connection, pilot);
  return ok({
    ...summaryOf(context, found.value),
    plan,
    gaps: [...gaps],
    versions: versions.map(({ version, bodyHash, at, user }) => ({ version, hash: bodyHash, at, by: user })),
    lock: lock && {
      ...{ at: lock.at, by: lock.user, version: newest.version },
      ...{ hash: lock.planHash, seedHash: lock.seedHash },
    },
    deviations: deviations.map(({ at, user, what, reason }) => ({ at, by: user, what, reason })),
    finish: finish && lock && { at: finish.at, by: finish.user, reason: finish.reason, seed: lock.seed },
    drop: drop && { at: drop.at, by: drop.user, reason: drop.reason },
    arms: armsToDraw(plan).map(({ arm }) => ({
      arm,
      allocated: allocations.filter((allocation) => allocation.arm === arm).length,
    })),
    couldSeeOutcomes: whoCouldSee(connection, found.value),
  });
}

/** Who is in which arm. */
export function pilotAllocations({ vault }: VaultContext, pilot: string): Result<OutputOf<'pilots.allocations'>> {
  const { connection } = vault.store;
  checkPilots(connection, pilot);
  const found = findPilot(connection, pilot);
  if (!found.ok) return found;
  const draws = listPilotDraws(connection, pilot);
  const allocations = listPilotAllocations(connection, pilot);
  const numbers = new Map(draws.map(({ id, at }, place) => [id, { draw: place + 1, at }]));
  return ok({
    allocations: allocations.map(({ drawId, person, cluster, stratum, block, arm }, place) => ({
      sequence: place + 1,
      ...(numbers.get(drawId) ?? { draw: 0, at: '' }),
      ...{ person, cluster, stratum, block, arm },
    })),
    isReproduced: found.value.finish === null ? null : isDrawnAgain(found.value, draws, allocations),
  });
}
