/** Relative tolerance by the last key of a place; `default` for the others. */
export type Tolerance = Readonly<Record<string, number>> & { readonly default: number };

export type Difference = {
  readonly where: string;
  readonly ours: unknown;
  readonly theirs: unknown;
  readonly relative: number;
};

const smallestP = 1e-300;

/**
 * Where our result differs from what R says, over the keys that R gives. Numbers are compared relatively, near zero
 * absolutely (`floor`, the size below which a number counts as rounding). A single value and a list of one are the same.
 */
export function differences(
  ours: unknown,
  theirs: unknown,
  tolerance: Tolerance,
  where = '',
  floor = 1e-12,
): Difference[] {
  if (theirs === null) return ours === null || ours === undefined ? [] : [difference(where, ours, theirs)];
  if (Array.isArray(theirs)) {
    const list = Array.isArray(ours) ? ours : [ours];
    if (list.length !== theirs.length) return [difference(`${where}.length`, list.length, theirs.length)];
    return theirs.flatMap((item, index) => differences(list[index], item, tolerance, `${where}[${index + 1}]`, floor));
  }
  if (typeof theirs === 'object') {
    const record = (Array.isArray(ours) && ours.length === 1 ? ours[0] : ours) as
      | Record<string, unknown>
      | null
      | undefined;
    return Object.entries(theirs as Record<string, unknown>).flatMap(([key, item]) =>
      differences(record?.[key], item, tolerance, where === '' ? key : `${where}.${key}`, floor),
    );
  }
  if (Array.isArray(ours) && ours.length === 1) return differences(ours[0], theirs, tolerance, where, floor);
  if (typeof theirs !== 'number')
    return ours === theirs || (ours === null && /^-?Inf$/.test(String(theirs)))
      ? []
      : [difference(where, ours, theirs)];
  if (typeof ours !== 'number') return [difference(where, ours, theirs)];
  const key = /([A-Za-z0-9]+)(\[\d+\])*$/.exec(where)?.[1] ?? '';
  if (key === 'p' && Math.abs(theirs) < smallestP && Math.abs(ours) < smallestP) return [];
  const allowed = tolerance[key] ?? tolerance.default;
  const gap = Math.abs(ours - theirs);
  if (gap <= allowed * Math.max(Math.abs(ours), Math.abs(theirs)) || (key !== 'p' && gap <= floor)) return [];
  return [difference(where, ours, theirs, gap / Math.max(Math.abs(ours), Math.abs(theirs)))];
}

function difference(where: string, ours: unknown, theirs: unknown, relative = Number.NaN): Difference {
  return { where, ours, theirs, relative };
}
