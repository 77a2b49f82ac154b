import type { CategoricalColumn } from '../data/table.ts';

/** The combinations that occur of several columns' levels, joined by colons, those of the first column varying slowest. */
export function combineCategories(parts: readonly Pick<CategoricalColumn, 'codes' | 'levels'>[]): {
  readonly codes: Int32Array;
  readonly levels: readonly string[];
} {
  const [first, ...others] = parts;
  if (!first) return { codes: new Int32Array(0), levels: [] };
  let { codes, levels } = first;
  for (const part of others) {
    const width = part.levels.length;
    const paired = Float64Array.from(codes, (code, row) => code * width + (part.codes[row] as number));
    const distinct = Float64Array.from(new Set(paired)).sort();
    const placeOf = new Map<number, number>();
    distinct.forEach((pair, place) => {
      placeOf.set(pair, place);
    });
    const before = levels;
    levels = Array.from(distinct, (pair) => `${before[Math.floor(pair / width)]}:${part.levels[pair % width]}`);
    codes = Int32Array.from(paired, (pair) => placeOf.get(pair) as number);
  }
  return { codes, levels };
}
