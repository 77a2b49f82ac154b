import type { RowShape } from './extract-layout.ts';

/**
 * Checked rows on their way to the store, row-major: row r has the numbers[r · width] … of its shape; NaN is null. Texts are
 * UTF-8 in `text`, from the number in their first slot to the number in their second; a null text starts at NaN.
 */
export type RowChunk = { readonly count: number; readonly numbers: Float64Array; readonly text: Buffer };

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

/** The rows in key order; the same chunk when they are in it already. */
export function sortChunk(shape: RowShape, chunk: RowChunk): RowChunk {
  let sorted = true;
  for (let row = 1; row < chunk.count && sorted; row += 1) {
    sorted = compareRows(shape, chunk, row - 1, chunk, row) <= 0;
  }
  if (sorted) return chunk;
  const order = Uint32Array.from({ length: chunk.count }, (_, index) => index);
  order.sort((a, b) => compareRows(shape, chunk, a, chunk, b));
  const numbers = new Float64Array(chunk.count * shape.width);
  order.forEach((from, to) => {
    numbers.set(chunk.numbers.subarray(from * shape.width, (from + 1) * shape.width), to * shape.width);
  });
  return { count: chunk.count, numbers, text: chunk.text };
}
