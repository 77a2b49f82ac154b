/** Fewest people behind a published mean, rate or share (NHS Digital asks for 8, the ONS for 10). */
export const leastPeopleForDerived = 10;

export type DerivedFigure = {
  /** People the figure rests on. */
  readonly people: number;
  /** Whether each count the figure is made from is itself published. */
  readonly countsPublished: readonly boolean[];
};

/** Whether a mean, rate or share may be published: enough people, and no withheld count that it would give back. */
export function mayPublishDerived({ people, countsPublished }: DerivedFigure, least = leastPeopleForDerived): boolean {
  return people >= least && countsPublished.every(Boolean);
}
