import { type UnionOfParts, unionsToShow } from './unions-to-show.ts';

/** Something that is counted of people, beside other counts of the same people. */
export type PeopleCount<Person> = {
  readonly name: string;
  readonly counts: (person: Person) => boolean;
  /** What withholding it costs the reader. */
  readonly loss: number;
};

/**
 * Counts of people that may be given together, by name; null for one that is small, or from which a small one could be told. People
 * who are counted alike throughout are one part, so that sums, overlaps and what is left over are all known to the check.
 */
export async function peopleCountsToGive<Person>(
  people: readonly Person[],
  asked: readonly PeopleCount<Person>[],
  threshold: number,
): Promise<ReadonlyMap<string, number | null>> {
  const parts = new Map<string, { size: number; readonly isIn: readonly boolean[] }>();
  for (const person of people) {
    const isIn = asked.map(({ counts }) => counts(person));
    const key = isIn.map(Number).join('');
    const part = parts.get(key) ?? { size: 0, isIn };
    part.size += 1;
    parts.set(key, part);
  }
  // In an order that does not hang on who is who: the same counts are withheld whatever people are called.
  const all = [...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part);
  const unions = asked.map(({ name, loss }, at): UnionOfParts => {
    return { name, loss, parts: [...all.keys()].filter((part) => all[part]?.isIn[at] === true) };
  });
  const given = await unionsToShow(
    all.map(({ size }) => size),
    unions,
    threshold,
  );
  return new Map(
    unions.map(({ name, parts: own }) => [
      name,
      given.has(name) ? own.reduce((sum, part) => sum + (all[part]?.size ?? 0), 0) : null,
    ]),
  );
}
