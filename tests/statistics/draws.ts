import { normalQuantile } from '#main/stats/distributions/normal.ts';
import type { RandomStream } from '#shared/domain/random.ts';

/** Standard normal numbers. */
export function normalDraws(stream: RandomStream, count: number): number[] {
  return Array.from({ length: count }, () => normalQuantile(stream.nextUniform() * (1 - 2e-16) + 1e-16));
}
