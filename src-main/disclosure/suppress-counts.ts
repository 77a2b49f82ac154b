import { fail, ok, type Result } from '#shared/domain/result.ts';
import { type Adjacency, adjacencyOf, type CountNetwork, cheapestProtection, feasibleRange } from './count-network.ts';

export type WithheldReason = 'primary' | 'complementary';

export type Protection = {
  /** Counts above 0 and below this are withheld. */
  readonly threshold: number;
  /** Least distance between the least and the greatest value a withheld count can be thought to have. */
  readonly protect: number;
};

/** Beyond this many withheld counts the search for needless ones costs more than it gives back. */
const mostToReview = 80;

function shortfall(
  network: CountNetwork,
  adjacency: Adjacency,
  withheld: readonly boolean[],
  index: number,
  primary: boolean,
  { threshold, protect }: Protection,
): number {
  const value = network.arcs[index]?.value ?? 0;
  const { low, high } = feasibleRange(network, adjacency, withheld, index, Math.max(threshold, protect));
  const greatestWanted = Math.max(low + protect, primary ? threshold : 0);
  return high >= greatestWanted ? 0 : greatestWanted - value;
}

function everyOneHolds(
  network: CountNetwork,
  adjacency: Adjacency,
  withheld: readonly boolean[],
  primary: readonly boolean[],
  protection: Protection,
): boolean {
  return withheld.every(
    (is, index) => !is || shortfall(network, adjacency, withheld, index, primary[index] === true, protection) === 0,
  );
}

/** Publishes again whatever turned out not to be needed, the dearest first. */
function giveBack(
  network: CountNetwork,
  adjacency: Adjacency,
  withheld: boolean[],
  primary: readonly boolean[],
  protection: Protection,
): void {
  const candidates = withheld.flatMap((is, index) => (is && primary[index] !== true ? [index] : []));
  if (withheld.filter(Boolean).length > mostToReview) return;
  const lossOf = (index: number): number => network.arcs[index]?.loss ?? 0;
  candidates.sort((a, b) => lossOf(b) - lossOf(a) || a - b);
  for (const index of candidates) {
    withheld[index] = false;
    if (!everyOneHolds(network, adjacency, withheld, primary, protection)) withheld[index] = true;
  }
}

/**
 * Decides which counts of a network to withhold: those above 0 and below the threshold, and as many others, with the
 * smallest loss found, as it takes for every withheld count to be uncertain by at least `protect` and for every small one
 * to be possibly as large as the threshold. Withholding more can only widen a range, so each count is settled once; the
 * whole is checked again at the end.
 *
 * @returns per count why it is withheld, null where it is published; error `DISCLOSURE` where nothing that may be withheld is enough.
 */
export function suppressCounts(
  network: CountNetwork,
  protection: Protection,
): Result<readonly (WithheldReason | null)[]> {
  const adjacency = adjacencyOf(network);
  const primary = network.arcs.map((arc) => arc.value > 0 && arc.value < protection.threshold);
  const withheld = [...primary];
  const waiting = withheld.flatMap((is, index) => (is ? [index] : []));
  const countAt = (index: number): number => network.arcs[index]?.value ?? 0;
  // The smallest need most: what protects them usually protects the rest.
  waiting.sort((a, b) => countAt(a) - countAt(b) || a - b);
  for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
    const need = shortfall(network, adjacency, withheld, index, primary[index] === true, protection);
    if (need === 0) continue;
    const added = cheapestProtection(network, adjacency, withheld, index, need);
    if (added === null) return noSafeChoice(protection);
    for (const extra of added) {
      withheld[extra] = true;
      waiting.push(extra);
    }
  }
  giveBack(network, adjacency, withheld, primary, protection);
  if (!everyOneHolds(network, adjacency, withheld, primary, protection)) return noSafeChoice(protection);
  return ok(withheld.map((is, index) => (!is ? null : primary[index] === true ? 'primary' : 'complementary')));
}

function noSafeChoice({ threshold }: Protection): Result<never> {
  return fail(
    'DISCLOSURE',
    `No way of withholding cells keeps every count under ${threshold} from being worked out by subtraction.`,
    'Nothing was released. Merge small groups, use a longer period, or leave the total out.',
    { threshold },
  );
}
