import type { CountSystem, SystemCell, SystemSum } from './count-system.ts';
import { suppressSystem } from './suppress-system.ts';

/** A count that is given somewhere, as the parts it is made of. */
export type UnionOfParts = {
  readonly name: string;
  /** Positions among the parts, each once. */
  readonly parts: readonly number[];
  /** What withholding it costs the reader. */
  readonly loss: number;
};

/**
 * Names of the counts that may be given together where they overlap: each is a union of the same disjoint parts, which are
 * never given themselves. None that is above 0 and under the threshold is among them, nor any from which such a one could be
 * told; none at all where no choice is safe. Counts of the same parts go together.
 * @param sizes how many each part holds
 */
export async function unionsToShow(
  sizes: readonly number[],
  unions: readonly UnionOfParts[],
  threshold: number,
): Promise<ReadonlySet<string>> {
  const cellOf = new Map<string, number>();
  const cells: SystemCell[] = sizes.map((value) => cell(value, { loss: 0, released: false }));
  const sums: SystemSum[] = [];
  for (const { parts, loss } of unions) {
    const key = keyOf(parts);
    if (parts.length === 0 || cellOf.has(key)) continue;
    cellOf.set(key, cells.length);
    sums.push({ total: cells.length, parts });
    cells.push(
      cell(
        parts.reduce((sum, part) => sum + (sizes[part] ?? 0), 0),
        { loss, released: true },
      ),
    );
  }
  const system: CountSystem = { cells, sums };
  const decided = await suppressSystem(system, { threshold, protect: threshold, rounding: 0 });
  if (!decided.ok) return new Set();
  const { reasons } = decided.value;
  const isShown = ({ parts }: UnionOfParts): boolean => {
    const at = cellOf.get(keyOf(parts));
    return at === undefined || reasons[at] === null;
  };
  return new Set(unions.filter(isShown).map(({ name }) => name));
}

function keyOf(parts: readonly number[]): string {
  return [...parts].sort((a, b) => a - b).join(' ');
}

function cell(value: number, { loss, released }: Pick<SystemCell, 'loss' | 'released'>): SystemCell {
  return { value, loss, released, kept: !released, told: null, promise: null };
}
