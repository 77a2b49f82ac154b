import type { OpenRequest } from './asked.ts';
import type { Candidate } from './candidates.ts';

/** What no match may break, in the order in which a reason is looked for. */
export const matchRules = ['ready', 'language', 'shift', 'conflict', 'not declined before', 'free place'] as const;
export type MatchRule = (typeof matchRules)[number];

/** Spoken by everybody, whether or not an extract says so. */
const spokenByAll: ReadonlySet<string> = new Set(['en', 'english']);

const keeps: Readonly<Record<MatchRule, (request: OpenRequest, candidate: Candidate) => boolean>> = {
  ready: (_, { isReady }) => isReady,
  language: (request, { languages }) =>
    request.languages.every((language) => spokenByAll.has(language) || languages.has(language)),
  shift: (request, { shifts }) => shifts.size === 0 || request.shifts.every((shift) => shifts.has(shift)),
  conflict: ({ area, conflicts }, candidate) =>
    !(area !== null && candidate.conflicts.has(area)) &&
    !(candidate.base !== null && conflicts.includes(candidate.base)),
  'not declined before': ({ record }, { declined }) => !declined.has(record.ref),
  'free place': (_, { freePlaces }) => freePlaces > 0,
};

/** The first rule that a match would break; null where it may be. */
export function brokenRule(request: OpenRequest, candidate: Candidate): MatchRule | null {
  for (const rule of matchRules) if (!keeps[rule](request, candidate)) return rule;
  return null;
}

/** The rule that leaves nobody, where each takes out those who break it; null where somebody keeps them all. */
export function decidingRule(request: OpenRequest, candidates: readonly Candidate[]): MatchRule | null {
  let left = candidates;
  for (const rule of matchRules) {
    left = left.filter((candidate) => keeps[rule](request, candidate));
    if (left.length === 0) return rule;
  }
  return null;
}
