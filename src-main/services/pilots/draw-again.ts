import { type DrawnPlace, drawPlaces } from '#main/analysis/pilots/permuted-blocks.ts';
import { sha256Hex } from '#main/crypto/hash-chain.ts';
import type { PilotAllocationRecord, PilotDrawRecord } from '#main/store/pilot-allocation-records.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { armsToDraw } from '#shared/domain/pilot-gaps.ts';
import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import type { HeldPilot } from './held-pilots.ts';

/**
 * What chance is drawn from has two halves. The seed is made with the lock and told as a hash, so that nobody chooses it later;
 * the nonce is made with the draw, so that before it nobody, whatever they read, knows where the next person goes.
 */
function streamOf(seed: string, nonce: string): RandomStream {
  // 52 bits, which a number holds exactly.
  return randomStream(Number.parseInt(sha256Hex(`${seed}:${nonce}`).slice(0, 13), 16), 'pilot allocation');
}

/** Places for those who wait, in their order; a pilot that is not locked with a design of chance has none. */
export function drawFor(
  { plan, lock }: HeldPilot,
  drawn: { readonly nonce: string; readonly strata: readonly string[]; readonly before: readonly DrawnPlace[] },
): DrawnPlace[] {
  if (lock === null || plan.allocation === null) return [];
  const { blockSizes, byStratum } = plan.allocation;
  return drawPlaces({
    strata: byStratum ? drawn.strata : drawn.strata.map(() => ''),
    arms: armsToDraw(plan),
    blockSizes,
    before: drawn.before,
    stream: streamOf(lock.seed, drawn.nonce),
  });
}

/** Whether drawing every step again gives what is held. */
export function isDrawnAgain(
  held: HeldPilot,
  draws: readonly PilotDrawRecord[],
  allocations: readonly PilotAllocationRecord[],
): boolean {
  const before: DrawnPlace[] = [];
  for (const { id, nonce } of draws) {
    const own = allocations.filter(({ drawId }) => drawId === id).map(placeOf);
    const again = drawFor(held, { nonce, strata: own.map(({ stratum }) => stratum), before });
    if (canonicalJson(again) !== canonicalJson(own)) return false;
    before.push(...own);
  }
  return true;
}

export function placeOf({ stratum, block, blockSize, arm }: PilotAllocationRecord): DrawnPlace {
  return { stratum, block, blockSize, arm };
}
