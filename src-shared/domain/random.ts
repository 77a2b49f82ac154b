/**
 * Seeded random numbers: xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM
 * Transactions on Mathematical Software 47(4), 2021), its state filled by SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) as
 * its authors advise. For simulation and resampling; never for keys.
 */

const mask64 = 0xffff_ffff_ffff_ffffn;

/** The first `count` outputs of SplitMix64 from a 64-bit seed. */
export function splitMix64(seed: bigint, count: number): readonly bigint[] {
  const outputs: bigint[] = [];
  let state = seed & mask64;
  for (let i = 0; i < count; i++) {
    state = (state + 0x9e37_79b9_7f4a_7c15n) & mask64;
    let mixed = state;
    mixed = ((mixed ^ (mixed >> 30n)) * 0xbf58_476d_1ce4_e5b9n) & mask64;
    mixed = ((mixed ^ (mixed >> 27n)) * 0x94d0_49bb_1331_11ebn) & mask64;
    outputs.push(mixed ^ (mixed >> 31n));
  }
  return outputs;
}

/** FNV-1a, 64 bits (Fowler, Noll and Vo), over the UTF-16 code units of a label, low byte first. */
function hashLabel(label: string): bigint {
  let hash = 0xcbf2_9ce4_8422_2325n;
  for (let i = 0; i < label.length; i++) {
    const unit = label.charCodeAt(i);
    hash = ((hash ^ BigInt(unit & 0xff)) * 0x100_0000_01b3n) & mask64;
    hash = ((hash ^ BigInt(unit >>> 8)) * 0x100_0000_01b3n) & mask64;
  }
  return hash;
}

/** One stream of random numbers; it changes as it is read. */
export class RandomStream {
  #s0: number;
  #s1: number;
  #s2: number;
  #s3: number;

  /** @param state four 32-bit words, not all zero. */
  constructor(state: readonly [number, number, number, number]) {
    this.#s0 = state[0] | 0;
    this.#s1 = state[1] | 0;
    this.#s2 = state[2] | 0;
    this.#s3 = state[3] | 0;
  }

  /** A whole number from 0 to 2^32 − 1. */
  nextUint32(): number {
    const product = Math.imul(this.#s1, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = this.#s1 << 9;
    this.#s2 ^= this.#s0;
    this.#s3 ^= this.#s1;
    this.#s1 ^= this.#s2;
    this.#s0 ^= this.#s3;
    this.#s2 ^= shifted;
    this.#s3 = (this.#s3 << 11) | (this.#s3 >>> 21);
    return result;
  }

  /** Uniform on [0, 1) with 53 bits. */
  nextUniform(): number {
    const high = this.nextUint32() >>> 5;
    const low = this.nextUint32() >>> 6;
    return (high * 67_108_864 + low) / 9_007_199_254_740_992;
  }

  /** A whole number from 0 to `bound` − 1; `bound` from 1 to 2^32. Without modulo bias worth the name: 53 bits are scaled. */
  nextBelow(bound: number): number {
    return Math.floor(this.nextUniform() * bound);
  }
}

/**
 * The stream of a seed (a whole number from 0 to 2^53 − 1) and a label. Different labels give unrelated streams, so one part
 * of a simulation can change without moving the random numbers of another.
 */
export function randomStream(seed: number, label: string): RandomStream {
  const [base = 0n] = splitMix64(BigInt(seed), 1);
  const [first = 0n, second = 1n] = splitMix64(base ^ hashLabel(label), 2);
  return new RandomStream([
    Number(first & 0xffff_ffffn),
    Number(first >> 32n),
    Number(second & 0xffff_ffffn),
    Number(second >> 32n) | 1,
  ]);
}
