import { neighboursOf } from '#main/analysis/peers/matching/costs.ts';
import { matchableAt } from '#main/analysis/peers/matching/proposals.ts';
import { brokenRule, type MatchRule } from '#main/analysis/peers/matching/rules.ts';
import { matchWords } from '#main/analysis/peers/matching/words.ts';
import type { PeerNetworkSpec } from '#main/analysis/peers/spec.ts';
import type { Connection } from '#main/store/connection.ts';
import { readContacts, readMatchDecisions, readRequests, readVolunteers } from '#main/store/peer-records.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';

const nothing = 'Nothing was decided. Ask for the proposals again.';

/** What has come between a proposal and its decision. */
const brokenWords: Readonly<Record<MatchRule, string>> = {
  ready: 'The volunteer is not ready any more.',
  language: 'The volunteer does not speak the language that is asked for.',
  shift: 'The volunteer does not take the shift that is asked for.',
  conflict: 'There is a conflict of interest between the request and the volunteer.',
  'not declined before': 'This match was declined before.',
  'free place': 'The volunteer has no free place any more.',
};

/** Why a match may be, in words, by what the store holds now; a failure that says what stands against it. */
export function standingMatch(
  connection: Connection,
  match: { readonly request: string; readonly volunteer: string },
  spec: PeerNetworkSpec,
): Result<string> {
  const lastDay = dayOfIso(spec.asOf) ?? 0;
  const records = {
    volunteers: readVolunteers(connection).filter(({ ref }) => ref === match.volunteer),
    requests: readRequests(connection, lastDay),
    contacts: readContacts(connection, lastDay, match.volunteer),
    decisions: readMatchDecisions(connection),
  };
  if (!records.requests.some(({ ref }) => ref === match.request) || records.volunteers.length === 0) {
    return fail('NOT_FOUND', 'There is no such request or no such volunteer.', nothing);
  }
  const { requests, candidates } = matchableAt(records, spec);
  const request = requests.find(({ record }) => record.ref === match.request);
  if (!request) return fail('BAD_INPUT', 'The request is not open any more.', nothing);
  const candidate = candidates.find(({ volunteer }) => volunteer.ref === match.volunteer);
  if (!candidate) return fail('NOT_FOUND', 'There is no such volunteer.', nothing);
  const broken = brokenRule(request, candidate);
  if (broken !== null) return fail('BAD_INPUT', brokenWords[broken], nothing);
  const { why, but } = matchWords(request, candidate, neighboursOf(spec.neighbours));
  return ok([...why, ...but].join('; '));
}
