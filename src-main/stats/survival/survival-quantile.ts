const tolerance = Math.sqrt(Number.EPSILON);

/**
 * The first time at which a falling step function is at most `level`; where it runs exactly at the level for a while, the
 * middle of that stretch. NaN where it never falls so far.
 * @param atTheEnd what to take where it ends exactly at the level: the first such time, as `survfit` prints its median, or the
 * middle between it and the last time, as R's `quantile` of a survfit does.
 */
export function survivalQuantile(
  time: Float64Array,
  survival: Float64Array,
  level: number,
  atTheEnd: 'first' | 'middle' = 'first',
): number {
  const first = survival.findIndex((value) => value < level + tolerance);
  if (first < 0) return Number.NaN;
  const reached = time[first] as number;
  const value = survival[first] as number;
  if (Math.abs(value - level) >= tolerance) return reached;
  const below = survival.findIndex((later, place) => place > first && later < value);
  if (below >= 0) return (reached + (time[below] as number)) / 2;
  const complete = !survival.some(Number.isNaN);
  return atTheEnd === 'middle' && complete ? (reached + (time.at(-1) as number)) / 2 : reached;
}
