import { keyOf, type ReleasedCounts } from '#main/disclosure/released-counts.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { judgeTogether } from './judge-counts.ts';

/** All of the counts, or null where one of them cannot stand beside those that are out. */
export async function standingTogether(
  counts: Parameters<typeof judgeTogether>[0],
  earlier: readonly ReleasedCounts[],
  signal: AbortSignal,
): Promise<ReleasedCounts | null> {
  try {
    const { shown, released } = await judgeTogether(counts, earlier, signal);
    const stands = counts.cells.every((cell) => !cell.shown || shown.get(keyOf(cell))?.value === cell.value);
    return stands ? released : null;
  } catch (error) {
    if (error instanceof ExpectedError && error.error.code === 'DISCLOSURE') return null;
    throw error;
  }
}
