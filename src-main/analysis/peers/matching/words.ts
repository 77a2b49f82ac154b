import { counted } from '#main/analysis/exposure/words.ts';
import { languageName } from '#shared/domain/languages.ts';
import { taggedWith } from '../readiness.ts';
import type { OpenRequest } from './asked.ts';
import type { Candidate } from './candidates.ts';
import { type AreNeighbours, distanceOf, uncoveredNeeds } from './costs.ts';
import { decidingRule, type MatchRule } from './rules.ts';

const listed = new Intl.ListFormat('en-GB', { type: 'conjunction' });

function languagesOf({ record }: OpenRequest): string {
  return listed.format(taggedWith(record.needs, 'language:').map(languageName));
}

function shiftsOf({ shifts }: OpenRequest): string {
  return `the ${listed.format(shifts)} shift`;
}

/** Why a match is proposed, and what was weighed against it. */
export function matchWords(
  request: OpenRequest,
  candidate: Candidate,
  areNeighbours: AreNeighbours,
): { readonly why: string[]; readonly but: string[] } {
  const { record, languages, shifts, needs } = request;
  const lacking = uncoveredNeeds(request, candidate);
  const covered = needs.filter((need) => !lacking.includes(need));
  const distance = distanceOf(request, candidate, areNeighbours);
  const base = candidate.volunteer.base ?? '';
  const why = [
    languages.length > 0 ? `speaks ${languagesOf(request)}` : '',
    covered.length > 0 ? `trained for ${listed.format(covered)}` : '',
    distance === 'same' ? `based in ${base}` : '',
    distance === 'next' ? `based in ${base}, next to ${record.area ?? ''}` : '',
    shifts.length > 0 ? `takes ${shiftsOf(request)}` : '',
    `has ${counted(candidate.freePlaces, 'free place', 'free places')}`,
    candidate.met.has(record.token) ? 'saw this person before' : '',
  ];
  const but = [
    lacking.length > 0 ? `does not list ${listed.format(lacking)}` : '',
    distance === 'far' ? `based in ${base}, not near ${record.area ?? ''}` : '',
    distance === 'unknown' ? 'base or area is not given' : '',
  ];
  return { why: why.filter((words) => words !== ''), but: but.filter((words) => words !== '') };
}

/** Why nobody is proposed. @param mayTake whether a volunteer who keeps every rule has a place that nobody is proposed for */
export function unmatchedWords(request: OpenRequest, candidates: readonly Candidate[], mayTake: boolean): string {
  const rule = decidingRule(request, candidates);
  if (rule !== null) return ruleWords(rule, request);
  return mayTake
    ? 'By the weights given, every match costs more than to go on waiting.'
    : 'Every place of those who could is proposed to somebody who comes first by need, distance or waiting.';
}

/** What a rule says of a request that it leaves nobody for. */
export function ruleWords(rule: MatchRule, request: OpenRequest): string {
  const speaking = request.languages.length > 0 ? ` who speaks ${languagesOf(request)}` : '';
  switch (rule) {
    case 'ready':
      return 'No volunteer is ready.';
    case 'language':
      return `Nobody ready speaks ${languagesOf(request)}.`;
    case 'shift':
      return `Nobody ready${speaking} takes ${shiftsOf(request)}.`;
    case 'conflict':
      return 'Everybody who could has a conflict of interest by what the extract says.';
    case 'not declined before':
      return 'Everybody who could was declined for it before, or has a conflict of interest.';
    case 'free place':
      return `Nobody ready${speaking} who may take it has a free place.`;
  }
}
