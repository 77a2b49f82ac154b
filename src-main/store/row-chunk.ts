import type { RowShape } from './extract-layout.ts';

/**
 * Checked rows on their way to the store, row-major: row r has the numbers[r · width] … of its shape; NaN is null. Texts are
 * UTF-8 in `text`, from the number in their first slot to the number in their second; a null text starts at NaN.
 */
export type RowChunk = {
  readonly count: number;
  readonly numbers: Float64Array;
  readonly text: Buffer;
  /** Whether all texts are known to be ASCII, so that they are quicker to make strings of. */
  readonly ascii?: boolean;
};

function compareTexts(a: RowChunk, aSlot: number, b: RowChunk, bSlot: number): number {
  const aStart = a.numbers[aSlot] as number;
  const bStart = b.numbers[bSlot] as number;
  const aLength = (a.numbers[aSlot + 1] as number) - aStart;
  const bLength = (b.numbers[bSlot + 1] as number) - bStart;
  const shared = Math.min(aLength, bLength);
  for (let index = 0; index < shared; index += 1) {
    const difference = (a.text[aStart + index] as number) - (b.text[bStart + index] as number);
    if (difference !== 0) return difference;
  }
  return aLength - bLength;
}

/** Order of two rows by the first column of their keys. */
export function compareLeading(shape: RowShape, a: RowChunk, aRow: number, b: RowChunk, bRow: number): number {
  const [leading] = shape.keyColumns;
  const aSlot = aRow * shape.width;
  const bSlot = bRow * shape.width;
  if (leading?.storage === 'text') return compareTexts(a, aSlot, b, bSlot);
  return (a.numbers[aSlot] as number) - (b.numbers[bSlot] as number);
}

/** Order of two rows by key; 0 when their keys are equal. */
export function compareKeys(shape: RowShape, a: RowChunk, aRow: number, b: RowChunk, bRow: number): number {
  const aBase = aRow * shape.width;
  const bBase = bRow * shape.width;
  for (const { slot, storage } of shape.keyColumns) {
    if (storage === 'number') {
      const difference = (a.numbers[aBase + slot] as number) - (b.numbers[bBase + slot] as number);
      if (difference !== 0) return difference;
    } else {
      const difference = compareTexts(a, aBase + slot, b, bBase + slot);
      if (difference !== 0) return difference;
    }
  }
  return 0;
}

/** Order of two rows by key, and by place in the file where keys are equal. */
export function compareRows(shape: RowShape, a: RowChunk, aRow: number, b: RowChunk, bRow: number): number {
  const byKey = compareKeys(shape, a, aRow, b, bRow);
  if (byKey !== 0) return byKey;
  return (
    (a.numbers[aRow * shape.width + shape.rowSlot] as number) -
    (b.numbers[bRow * shape.width + shape.rowSlot] as number)
  );
}

/** Whether two rows hold the same values beside their keys. */
export function sameValues(shape: RowShape, a: RowChunk, aRow: number, b: RowChunk, bRow: number): boolean {
  const aBase = aRow * shape.width;
  const bBase = bRow * shape.width;
  for (let index = shape.keyColumns.length; index < shape.columns.length; index += 1) {
    const { slot, storage } = shape.columns[index] as RowShape['columns'][number];
    const x = a.numbers[aBase + slot] as number;
    const y = b.numbers[bBase + slot] as number;
    if (Number.isNaN(x) || Number.isNaN(y)) {
      if (Number.isNaN(x) !== Number.isNaN(y)) return false;
    } else if (storage === 'number' ? x !== y : compareTexts(a, aBase + slot, b, bBase + slot) !== 0) {
      return false;
    }
  }
  return true;
}

/** Rows with one leading number that are compared one by one; more are left to the general sort. */
const tiesCompared = 32;

/**
 * Order of rows by a leading number that can be sorted natively: number and place make one whole number. Null where the
 * numbers are no whole ones, lie too far apart for it, or hardly tell rows apart.
 */
function orderByLeading(shape: RowShape, chunk: RowChunk): Float64Array | null {
  const { count, numbers } = chunk;
  const { width } = shape;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < count * width; at += width) {
    const leading = numbers[at] as number;
    if (!Number.isInteger(leading)) return null;
    if (leading < least) least = leading;
    if (leading > most) most = leading;
  }
  if ((most - least + 1) * count > Number.MAX_SAFE_INTEGER) return null;
  const order = new Float64Array(count);
  for (let row = 0; row < count; row += 1) order[row] = ((numbers[row * width] as number) - least) * count + row;
  order.sort();
  let ties = 0;
  let before = Number.NaN;
  for (let at = 0; at < count; at += 1) {
    const row = (order[at] as number) % count;
    const leading = numbers[row * width] as number;
    ties = leading === before ? ties + 1 : 0;
    if (ties > tiesCompared) return null;
    before = leading;
    order[at] = row;
  }
  return order;
}

/** Sorts rows whose leading numbers are in order by the rest of their keys. */
function settleTies(shape: RowShape, chunk: RowChunk, order: Float64Array): void {
  for (let at = 1; at < order.length; at += 1) {
    const row = order[at] as number;
    let to = at;
    while (to > 0 && compareRows(shape, chunk, order[to - 1] as number, chunk, row) > 0) {
      order[to] = order[to - 1] as number;
      to -= 1;
    }
    order[to] = row;
  }
}

/** The rows in key order; the same chunk when they are in it already. */
export function sortChunk(shape: RowShape, chunk: RowChunk): RowChunk {
  let sorted = true;
  for (let row = 1; row < chunk.count && sorted; row += 1) {
    sorted = compareRows(shape, chunk, row - 1, chunk, row) <= 0;
  }
  if (sorted) return chunk;
  let order = shape.keyColumns[0]?.storage === 'number' ? orderByLeading(shape, chunk) : null;
  if (order) {
    settleTies(shape, chunk, order);
  } else {
    order = Float64Array.from({ length: chunk.count }, (_, index) => index);
    order.sort((a, b) => compareRows(shape, chunk, a, chunk, b));
  }
  const numbers = new Float64Array(chunk.count * shape.width);
  const { width } = shape;
  for (let to = 0; to < chunk.count; to += 1) {
    const from = (order[to] as number) * width;
    const at = to * width;
    for (let slot = 0; slot < width; slot += 1) numbers[at + slot] = chunk.numbers[from + slot] as number;
  }
  return { count: chunk.count, numbers, text: chunk.text };
}

/** Up to which row of a sorted chunk the leading keys lie before that of another row; the end without one. */
export function rowsBefore(
  shape: RowShape,
  chunk: RowChunk,
  from: number,
  bound: { readonly chunk: RowChunk; readonly row: number } | null,
): number {
  if (!bound) return chunk.count;
  let low = from;
  let high = chunk.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareLeading(shape, chunk, middle, bound.chunk, bound.row) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
