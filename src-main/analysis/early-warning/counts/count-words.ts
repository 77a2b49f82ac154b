import type { Count } from '#shared/domain/early-warning.ts';
import { counted, plainNumber } from '../../exposure/words.ts';

/** `12,345`; `[withheld]` where the count is. */
export function countWords(count: Count): string {
  return count === null ? '[withheld]' : plainNumber(count);
}

/** `1 screening`, `28 screenings`, `[withheld] screenings`. */
export function countedWords(count: Count, one: string, many: string): string {
  return count === null ? `${countWords(null)} ${many}` : counted(count, one, many);
}

/** The sum; withheld where one of the counts is. */
export function sumOfCounts(...counts: readonly Count[]): Count {
  return counts.reduce<Count>((sum, count) => (sum === null || count === null ? null : sum + count), 0);
}
