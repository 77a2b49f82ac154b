/** Clinical measures show no count under this, and none from which one could be told. */
export const smallCell = 10;

/** Whether every count may be told: none is above 0 and too small. */
export function mayTell(...counts: readonly number[]): boolean {
  return counts.every((count) => count === 0 || count >= smallCell);
}
