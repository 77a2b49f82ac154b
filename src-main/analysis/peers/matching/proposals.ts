import { dayOfIso } from '#shared/domain/dates.ts';
import type { MatchProposal, PeerMatching, UnmatchedRequest } from '#shared/domain/peer-matching.ts';
import type { PeerRecords } from '../records.ts';
import type { PeerNetworkSpec } from '../spec.ts';
import { decisionsThatHold, type OpenRequest, openRequests } from './asked.ts';
import { leastCostAssignment } from './assignment.ts';
import { type Candidate, candidatesOf, takingOn } from './candidates.ts';
import { neighboursOf, problemOf } from './costs.ts';
import { brokenRule } from './rules.ts';
import { matchWords, unmatchedWords } from './words.ts';

/** What can be matched at a day, before anything is proposed. */
export type Matchable = { readonly requests: readonly OpenRequest[]; readonly candidates: readonly Candidate[] };

export function matchableAt(records: PeerRecords, spec: PeerNetworkSpec): Matchable {
  const asOfDay = dayOfIso(spec.asOf) ?? 0;
  const held = decisionsThatHold(records.decisions);
  return {
    requests: openRequests(records.requests, held, asOfDay),
    candidates: candidatesOf(records, held, { ...spec, asOfDay }),
  };
}

/**
 * The matches of least cost under the rules, each with why, and why each other request is left. Deterministic: ties fall to the
 * volunteer who comes first by pseudonym, rows stand in the order of asking.
 */
export function leastCostMatches(records: PeerRecords, spec: PeerNetworkSpec): PeerMatching {
  const { requests, candidates } = matchableAt(records, spec);
  const takers = takingOn(candidates);
  const areNeighbours = neighboursOf(spec.neighbours);
  const { columnOf, cost } = leastCostAssignment(problemOf(requests, takers, { weights: spec.weights, areNeighbours }));
  const placesLeft = takers.map(({ freePlaces }) => freePlaces);
  columnOf.forEach((column) => {
    if (column >= 0) placesLeft[column] = (placesLeft[column] ?? 0) - 1;
  });
  const withPlaces = takers.filter((_, column) => (placesLeft[column] ?? 0) > 0);
  const proposals: MatchProposal[] = [];
  const unmatched: UnmatchedRequest[] = [];
  requests.forEach((request, row) => {
    const candidate = takers[columnOf[row] ?? -1];
    if (candidate) {
      proposals.push(proposalOf(request, candidate, matchWords(request, candidate, areNeighbours)));
      return;
    }
    const mayTake = withPlaces.some((own) => brokenRule(request, own) === null);
    unmatched.push({ ...askedOf(request), why: unmatchedWords(request, candidates, mayTake) });
  });
  const freePlaces = candidates.reduce((sum, own) => sum + (own.isReady ? own.freePlaces : 0), 0);
  return { open: requests.length, freePlaces, proposals, unmatched, cost };
}

function askedOf({ record, waitingDays }: OpenRequest): Omit<UnmatchedRequest, 'why'> {
  return { request: record.ref, area: record.area, needs: [...record.needs], waitingDays };
}

function proposalOf(
  request: OpenRequest,
  { volunteer, freePlaces }: Candidate,
  words: Pick<MatchProposal, 'why' | 'but'>,
): MatchProposal {
  const { ref, kind, base } = volunteer;
  return { ...askedOf(request), volunteer: ref, kind, base, freePlaces, ...words };
}
