import type { MatchWeights } from '../spec.ts';
import type { OpenRequest } from './asked.ts';
import { type AssignmentProblem, forbidden } from './assignment.ts';
import type { Candidate } from './candidates.ts';
import { brokenRule } from './rules.ts';

/** Whether two areas, in lower case, lie next to each other. */
export type AreNeighbours = (one: string, other: string) => boolean;

export function neighboursOf(pairs: readonly (readonly [string, string])[]): AreNeighbours {
  const besides = new Map<string, Set<string>>();
  const put = (one: string, other: string): void => {
    besides.set(one, (besides.get(one) ?? new Set()).add(other));
  };
  for (const [one, other] of pairs) {
    put(one.toLowerCase(), other.toLowerCase());
    put(other.toLowerCase(), one.toLowerCase());
  }
  return (one, other) => besides.get(one)?.has(other) === true;
}

export type Distance = 'same' | 'next' | 'far' | 'unknown';

export function distanceOf({ area }: OpenRequest, { base }: Candidate, areNeighbours: AreNeighbours): Distance {
  if (area === null || base === null) return 'unknown';
  if (area === base) return 'same';
  return areNeighbours(area, base) ? 'next' : 'far';
}

/** What is asked for and not among the skills of a volunteer. */
export function uncoveredNeeds({ needs }: OpenRequest, { skills }: Candidate): string[] {
  return needs.filter((need) => !skills.has(need));
}

const mostDaysWeighed = 365;

/** The assignment that the weights ask for: a row each request, a column each volunteer who can take somebody on. */
export function problemOf(
  requests: readonly OpenRequest[],
  candidates: readonly Candidate[],
  { weights, areNeighbours }: { readonly weights: MatchWeights; readonly areNeighbours: AreNeighbours },
): AssignmentProblem {
  const costOfDistance: Readonly<Record<Distance, number>> = {
    same: 0,
    next: weights.neighbouringArea,
    far: weights.farArea,
    unknown: weights.farArea,
  };
  // Somebody whom the person met and who can take nobody on makes no other dearer.
  const metSomebody = new Set(candidates.flatMap(({ met }) => [...met.keys()]));
  const costs = new Int32Array(requests.length * candidates.length).fill(forbidden);
  requests.forEach((request, row) => {
    const { token } = request.record;
    const isKnown = metSomebody.has(token);
    candidates.forEach((candidate, column) => {
      if (brokenRule(request, candidate) !== null) return;
      costs[row * candidates.length + column] =
        costOfDistance[distanceOf(request, candidate, areNeighbours)] +
        weights.uncoveredNeed * uncoveredNeeds(request, candidate).length +
        (isKnown && !candidate.met.has(token) ? weights.otherVolunteer : 0);
    });
  });
  return {
    rows: requests.length,
    columns: candidates.length,
    costs,
    places: candidates.map(({ inUse, freePlaces }) =>
      Array.from({ length: Math.min(freePlaces, requests.length) }, (_, place) => weights.placeInUse * (inUse + place)),
    ),
    unmet: Int32Array.from(
      requests,
      ({ waitingDays }) => weights.unmet + weights.waitingDay * Math.min(waitingDays, mostDaysWeighed),
    ),
  };
}
