/** A unit of a force and the one it belongs to; null for one at the top. */
export type CountedUnit = {
  readonly unit: string;
  readonly parent: string | null;
  /** Its own count, without that of the units below it. */
  readonly count: number;
};

export type MergedGroup = {
  /** The unit that the group goes by: the only one in it, or the one above all of them. */
  readonly unit: string;
  readonly members: readonly string[];
  readonly count: number;
};

/**
 * Joins units that are too small to be shown to their parent, and so on upwards, until every group that is left counts at least
 * `least`, or nobody. What is still too small at the top joins the smallest of the other groups there; a force that is too
 * small in all is no group at all.
 *
 * A unit that stays by itself while a small sibling joins the parent must not give the sibling away: the parent's group is
 * what is shown, never beside it a total of the branch. Published totals go through suppression as ever.
 *
 * @throws RangeError where a parent is not among the units, or units are their own ancestors
 */
export function mergeUpward(units: readonly CountedUnit[], least: number): readonly MergedGroup[] {
  const byName = new Map(units.map((unit) => [unit.unit, unit]));
  const depthOf = (unit: CountedUnit): number => {
    let depth = 0;
    for (let at = unit; at.parent !== null; depth += 1) {
      const parent = byName.get(at.parent);
      if (parent === undefined) throw new RangeError(`There is no unit “${at.parent}”.`);
      if (depth > units.length) throw new RangeError(`“${unit.unit}” is above itself.`);
      at = parent;
    }
    return depth;
  };
  const groups = new Map(units.map((unit) => [unit.unit, { members: [unit.unit], count: unit.count }]));
  const isTooSmall = (count: number): boolean => count > 0 && count < least;
  const lowestFirst = units.map((unit) => ({ unit, depth: depthOf(unit) })).sort((a, b) => b.depth - a.depth);
  for (const { unit } of lowestFirst) {
    const group = groups.get(unit.unit);
    const above = unit.parent === null ? undefined : groups.get(unit.parent);
    if (group === undefined || above === undefined || !isTooSmall(group.count)) continue;
    groups.delete(unit.unit);
    above.members.push(...group.members);
    above.count += group.count;
  }
  for (const [name, group] of [...groups]) {
    if (!isTooSmall(group.count)) continue;
    groups.delete(name);
    const [smallest] = [...groups.values()].filter(({ count }) => count > 0).sort((a, b) => a.count - b.count);
    if (smallest === undefined) continue;
    smallest.members.push(...group.members);
    smallest.count += group.count;
  }
  return [...groups]
    .filter(([, { count }]) => !isTooSmall(count))
    .map(([unit, { members, count }]) => ({ unit, members: members.toSorted(), count }));
}
