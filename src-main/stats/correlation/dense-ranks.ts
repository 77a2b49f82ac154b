/** Places of values among their distinct values, from 0, with the sizes of the groups of equal ones. */
export type DenseRanks = {
  readonly codes: Int32Array;
  /** How many values have each code. */
  readonly sizes: Int32Array;
};

/** By sorting a copy and looking each value up: quicker than sorting an order. */
export function denseRanks(values: Float64Array): DenseRanks {
  const sorted = Float64Array.from(values).sort();
  let distinct = 0;
  const sizes: number[] = [];
  for (let i = 0; i < sorted.length; i += 1) {
    if (distinct > 0 && sorted[i] === sorted[distinct - 1]) {
      sizes[distinct - 1] = (sizes[distinct - 1] as number) + 1;
      continue;
    }
    sorted[distinct] = sorted[i] as number;
    sizes.push(1);
    distinct += 1;
  }
  const levels = sorted.subarray(0, distinct);
  const codes = new Int32Array(values.length);
  for (let i = 0; i < values.length; i += 1) codes[i] = placeOf(levels, values[i] as number);
  return { codes, sizes: Int32Array.from(sizes) };
}

function placeOf(levels: Float64Array, value: number): number {
  let low = 0;
  let high = levels.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((levels[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Ranks from 1, equal values sharing their mean. */
export function midRanksOf({ codes, sizes }: DenseRanks): Float64Array {
  const middle = new Float64Array(sizes.length);
  let before = 0;
  for (let code = 0; code < sizes.length; code += 1) {
    const size = sizes[code] as number;
    middle[code] = before + (size + 1) / 2;
    before += size;
  }
  return Float64Array.from(codes, (code) => middle[code] as number);
}

export function hasTies({ codes, sizes }: DenseRanks): boolean {
  return sizes.length < codes.length;
}
