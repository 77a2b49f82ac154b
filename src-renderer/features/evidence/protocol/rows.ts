/** A row of a form under a key of its own, so that removing one leaves what is typed in the others where it is. */
export type Row<Value> = { readonly key: number; readonly value: Value };

let last = 0;

export function rowOf<Value>(value: Value): Row<Value> {
  last += 1;
  return { key: last, value };
}

export function valuesOf<Value>(rows: readonly Row<Value>[]): Value[] {
  return rows.map(({ value }) => value);
}

export function changeRow<Value>(rows: readonly Row<Value>[], key: number, part: Partial<Value>): Row<Value>[] {
  return rows.map((row) => (row.key === key ? { key, value: { ...row.value, ...part } } : row));
}
