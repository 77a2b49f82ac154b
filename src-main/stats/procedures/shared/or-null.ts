/** A number that can be shown, or null; the caller says why it is null. */
export function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
