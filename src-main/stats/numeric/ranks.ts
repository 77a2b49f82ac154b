/** Mid-ranks from 1, ties sharing their mean rank, and the sizes of the groups of ties; as R's `rank`. */
export function midRanks(values: ArrayLike<number>): {
  readonly ranks: Float64Array;
  readonly tieSizes: readonly number[];
} {
  const n = values.length;
  const order = sortedOrder(values);
  const ranks = new Float64Array(n);
  const tieSizes: number[] = [];
  for (let start = 0; start < n; ) {
    let end = start + 1;
    const value = values[order[start] as number];
    while (end < n && values[order[end] as number] === value) end += 1;
    for (let at = start; at < end; at += 1) ranks[order[at] as number] = (start + end + 1) / 2;
    tieSizes.push(end - start);
    start = end;
  }
  return { ranks, tieSizes };
}

/** Positions (from 0) that put the values in rising order; equal values keep their order. */
export function sortedOrder(values: ArrayLike<number>): Int32Array {
  const order = new Int32Array(values.length);
  for (let index = 0; index < order.length; index += 1) order[index] = index;
  return order.sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
}
