/** A spell in a unit; days are day numbers, both ends belong to it. */
export type UnitSpell = { readonly person: number; readonly from: number; readonly to: number; readonly unit: number };

/** Unit of every person in every month, by month × people; −1 where they are in none. */
export type UnitMonths = { readonly people: number; readonly units: Int32Array };

/**
 * The unit that a person is in for a month: of the spells that reach into it, the one that began last.
 *
 * @param people one more than the largest number of a person
 * @param months first and last day of each
 */
export function unitMonths(
  spells: readonly UnitSpell[],
  people: number,
  months: readonly { readonly first: number; readonly last: number }[],
): UnitMonths {
  const units = new Int32Array(people * months.length).fill(-1);
  const began = new Float64Array(people * months.length).fill(Number.NEGATIVE_INFINITY);
  for (const { person, from, to, unit } of spells) {
    months.forEach(({ first, last }, month) => {
      const at = month * people + person;
      if (from > last || to < first || from < (began[at] as number)) return;
      began[at] = from;
      units[at] = unit;
    });
  }
  return { people, units };
}

/** For each unit and month, people in post and those among them who have a row. @param seen by month × people */
export function coverageOf(
  { people, units }: UnitMonths,
  seen: Uint8Array,
  unitCount: number,
  months: number,
): { readonly people: number[]; readonly covered: number[] }[] {
  const tallies = Array.from({ length: unitCount }, () => ({
    people: new Array<number>(months).fill(0),
    covered: new Array<number>(months).fill(0),
  }));
  for (let month = 0; month < months; month += 1) {
    for (let person = 0; person < people; person += 1) {
      const at = month * people + person;
      const unit = tallies[units[at] as number];
      if (!unit) continue;
      unit.people[month] = (unit.people[month] ?? 0) + 1;
      if (seen[at] === 1) unit.covered[month] = (unit.covered[month] ?? 0) + 1;
    }
  }
  return tallies;
}
