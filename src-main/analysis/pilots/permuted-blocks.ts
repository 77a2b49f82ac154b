import type { RandomStream } from '#shared/domain/random.ts';

export type ArmShare = { readonly arm: string; readonly share: number };

/** One place in a block, in the order in which places were drawn. */
export type DrawnPlace = {
  readonly stratum: string;
  /** From 1 in each stratum. */
  readonly block: number;
  readonly blockSize: number;
  readonly arm: string;
};

type OpenBlock = { readonly block: number; readonly blockSize: number; readonly left: Map<string, number> };

function placesOf(arms: readonly ArmShare[], blockSize: number): Map<string, number> {
  const together = arms.reduce((sum, { share }) => sum + share, 0);
  return new Map(arms.map(({ arm, share }) => [arm, (blockSize / together) * share]));
}

/** The newest block of each stratum with the places that are left in it. */
function openBlocks(arms: readonly ArmShare[], before: readonly DrawnPlace[]): Map<string, OpenBlock> {
  const open = new Map<string, OpenBlock>();
  for (const { stratum, block, blockSize, arm } of before) {
    const current = open.get(stratum);
    const own = current?.block === block ? current : { block, blockSize, left: placesOf(arms, blockSize) };
    own.left.set(arm, (own.left.get(arm) ?? 0) - 1);
    open.set(stratum, own);
  }
  return open;
}

function sum(counts: Iterable<number>): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}

/** An arm with the chance that its places have among those that are left, which makes every order of a block as likely. */
function takePlace(left: Map<string, number>, stream: RandomStream): string {
  let place = stream.nextBelow(sum(left.values()));
  for (const [arm, count] of left) {
    if (place < count) {
      left.set(arm, count - 1);
      return arm;
    }
    place -= count;
  }
  throw new Error('A block without a place was drawn from.');
}

/**
 * Permuted blocks by stratum (Matts and Lachin, "Properties of permuted-block randomization in clinical trials", Controlled
 * Clinical Trials 9(4), 1988). A block that earlier draws left unfinished is gone on with, and nothing of what is left of it is
 * settled before somebody takes it.
 *
 * @param strata of those who wait, in the order in which they take their places
 * @param blockSizes multiples of the shares together; one is drawn for every new block
 * @param before every place of the pilot that was drawn so far, in order
 */
export function drawPlaces(asked: {
  readonly strata: readonly string[];
  readonly arms: readonly ArmShare[];
  readonly blockSizes: readonly number[];
  readonly before: readonly DrawnPlace[];
  readonly stream: RandomStream;
}): DrawnPlace[] {
  const { arms, blockSizes, stream } = asked;
  const open = openBlocks(arms, asked.before);
  return asked.strata.map((stratum) => {
    let block = open.get(stratum);
    if (!block || sum(block.left.values()) <= 0) {
      const blockSize = blockSizes[blockSizes.length === 1 ? 0 : stream.nextBelow(blockSizes.length)] ?? 0;
      block = { block: (block?.block ?? 0) + 1, blockSize, left: placesOf(arms, blockSize) };
      open.set(stratum, block);
    }
    const arm = takePlace(block.left, stream);
    return { stratum, block: block.block, blockSize: block.blockSize, arm };
  });
}
