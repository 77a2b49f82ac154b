import { asCategorical, type Column } from '../data/table.ts';

/** Which group each row is in, from 0, and what the groups are called. */
export type Grouping = { readonly codes: Int32Array; readonly names: readonly string[] };

/**
 * Every combination of the columns' values that occurs, the last column varying fastest, as R's `strata` orders and names them:
 * `rx=Obs, sex=0`. Without a column all are one group, called `all`.
 * @param plain a single column's groups are named by their values alone
 */
export function groupingOf(columns: readonly Column[], n: number, plain = false): Grouping {
  if (columns.length === 0) return { codes: new Int32Array(n), names: ['all'] };
  const parts = columns.map((column) => asCategorical(column));
  const combined = new Float64Array(n);
  for (const { codes, levels } of parts) {
    for (let i = 0; i < n; i += 1) combined[i] = (combined[i] as number) * levels.length + (codes[i] as number);
  }
  const present = Float64Array.from(new Set(combined)).sort();
  const codeOf = new Map(Array.from(present, (key, code) => [key, code]));
  const names = Array.from(present, (key) => {
    let rest = key;
    return parts
      .toReversed()
      .map(({ levels, name }) => {
        const level = levels[rest % levels.length] as string;
        rest = Math.floor(rest / levels.length);
        return plain && parts.length === 1 ? level : `${name}=${level}`;
      })
      .toReversed()
      .join(', ');
  });
  return { codes: Int32Array.from(combined, (key) => codeOf.get(key) as number), names };
}

/** The rows of each group, in their order. */
export function rowsByGroup({ codes, names }: Grouping): Int32Array[] {
  const sizes = new Int32Array(names.length);
  for (const code of codes) sizes[code] = (sizes[code] as number) + 1;
  const rows = Array.from(sizes, (size) => new Int32Array(size));
  const next = new Int32Array(names.length);
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] as number;
    (rows[code] as Int32Array)[next[code] as number] = i;
    next[code] = (next[code] as number) + 1;
  }
  return rows;
}
