/** Values by window in days, as a result spells them: `{"28": n, …}`. */
export type ByWindow<T = number> = Readonly<Record<string, T>>;

/**
 * A record with one value a window.
 *
 * Plain assignment would make V8 back each record with an array as long as its largest key (over 4 kB for a key of 365,
 * in many thousands of records); a property that cannot be written goes into a small table instead.
 */
export function byWindow<T>(keys: readonly string[], valueAt: (window: number) => T): ByWindow<T> {
  const record: Record<string, T> = {};
  for (let window = 0; window < keys.length; window++) {
    Object.defineProperty(record, keys[window] ?? '', { value: valueAt(window), enumerable: true });
  }
  return record;
}
