import { type FunnelGroup, type GroupFunnel, groupFunnel } from './group-funnel.ts';
import type { MonthCells } from './month-cells.ts';
import type { MonthState } from './month-states.ts';

export type RoleFunnel = GroupFunnel & {
  /** Units that hold most of their roles themselves, so that there is nobody to compare them with. */
  readonly notCompared: readonly string[];
};

/** A role is compared where others hold at least this share of its days, a unit where this share of it is in such roles. */
const leastShare = 0.5;

/**
 * Units against what the same roles meet elsewhere: expected events are those at the rate of each role over all units (indirect
 * standardisation), so that the funnel sets response teams beside response teams.
 */
export function roleFunnel(
  { groups, months, roles }: MonthCells,
  basis: 'duty days' | 'FTE days in post',
  states: readonly MonthState[],
  totals: readonly FunnelGroup[],
): RoleFunnel | null {
  const days = basis === 'duty days' ? (roles.dutyDays ?? roles.fteDays) : roles.fteDays;
  const cells = groups.length * roles.names.length;
  const sumOf = (values: Float64Array, row: number): number => {
    let total = 0;
    for (let month = 0; month < months.length; month += 1) {
      const cell = row * months.length + month;
      if (states[month] === 'held' && (days[cell] ?? 0) > 0) total += values[cell] ?? 0;
    }
    return total;
  };
  const own = {
    counts: Float64Array.from({ length: cells }, (_none, row) => sumOf(roles.counts, row)),
    days: Float64Array.from({ length: cells }, (_none, row) => sumOf(days, row)),
  };
  const ofRole = (values: Float64Array, role: number): number =>
    groups.reduce((total, _group, place) => total + (values[place * roles.names.length + role] ?? 0), 0);
  const all = roles.names.map((_role, role) => ({ count: ofRole(own.counts, role), days: ofRole(own.days, role) }));
  const notCompared: string[] = [];
  const compared = totals.flatMap((group, place): FunnelGroup[] => {
    let [expected, beside] = [0, 0];
    all.forEach((role, at) => {
      const held = own.days[place * roles.names.length + at] ?? 0;
      if (held === 0) return;
      const part = (role.count / role.days) * held;
      expected += part;
      if (held <= (1 - leastShare) * role.days) beside += part;
    });
    if (expected > 0 && beside >= leastShare * expected) return [{ ...group, expected }];
    if (group.denominator > 0) notCompared.push(group.group);
    return [];
  });
  const found = groupFunnel(compared);
  return found && { ...found, notCompared };
}
