import { counted, plainNumber, plainShare } from '#main/analysis/exposure/words.ts';
import type { PeerNetworkResult } from '#shared/domain/peer-network.ts';
import type { PeerNetworkSpec } from './spec.ts';

/** Findings in words, with their limits. */
export function readPeerNetwork(result: PeerNetworkResult, spec: PeerNetworkSpec): string[] {
  return [
    ...volunteerWords(result, spec),
    ...needWords(result),
    ...responseWords(result),
    ...loadWords(result, spec),
    ...matchingWords(result),
  ];
}

function volunteerWords({ volunteers, supervision }: PeerNetworkResult, spec: PeerNetworkSpec): string[] {
  const { listed, ready } = volunteers;
  const rule = `vetting stands for ${plainNumber(spec.vettingYears)} years and training for ${plainNumber(spec.trainingYears)}`;
  const first =
    listed === null || ready === null
      ? `How many volunteers are ready is withheld: fewer than 5, or to be worked out (${rule}).`
      : `${plainNumber(ready)} of ${plainNumber(listed)} volunteers are ready: in service, vetted and trained in date, supervised (${rule}).`;
  const lacking =
    supervision.people === null
      ? 'How many people first met a volunteer who then lacked vetting, training or supervision is withheld.'
      : `${plainNumber(supervision.people)} people first met a volunteer who then lacked vetting, training or supervision.`;
  return [first, lacking];
}

function needWords({ coverage }: PeerNetworkResult): string[] {
  const bare = coverage.areas.filter(({ needWithoutCapacity }) => needWithoutCapacity);
  const isWithheld = coverage.areas.some(({ capacity }) => Object.values(capacity).includes(null));
  const withheld = isWithheld
    ? ['Places that rest on fewer than 5 volunteers of an area are withheld; the list of volunteers has them.']
    : [];
  if (bare.length === 0) {
    return ['Every area that at least the minimum asked from has a ready volunteer with places.', ...withheld];
  }
  const needs = bare.map(
    ({ area, people }) =>
      `${plainNumber(people ?? 0)} people asked from ${area}, where no ready volunteer has a place.`,
  );
  return [...needs, ...withheld];
}

function responseWords({ response }: PeerNetworkResult): string[] {
  const { withinShare, hours, medianHours } = response;
  if (withinShare === null) return ['Times to an answer are withheld: they rest on too few people.'];
  const { estimate, low, high } = withinShare;
  const span = low === null || high === null ? '' : ` (95% interval ${plainShare(low)} to ${plainShare(high)})`;
  const half = medianHours === null ? '' : ` Half were answered within ${plainNumber(Math.round(medianHours))} hours.`;
  return [
    `${plainShare(estimate)} of requests were answered within ${plainNumber(hours)} hours${span}, open ones counted as waiting.${half}`,
  ];
}

function loadWords({ load }: PeerNetworkResult, spec: PeerNetworkSpec): string[] {
  const { gini, overCapacity } = load;
  const over =
    overCapacity === null
      ? 'Some volunteers may carry more people than they said they can; how many is withheld. The list of volunteers names the offers.'
      : `${plainNumber(overCapacity)} volunteers carry more people than they said they can.`;
  if (gini === null) return [over];
  const spread = gini >= 0.5 ? 'rests on a few' : gini >= 0.3 ? 'is spread unevenly' : 'is spread fairly evenly';
  return [
    `The load of the last ${plainNumber(spec.loadDays)} days ${spread}: Gini coefficient ${gini.toFixed(2)}, where 0 is all alike.`,
    over,
  ];
}

function matchingWords({ matching }: PeerNetworkResult): string[] {
  if (!matching) return [];
  const { open, proposals, freePlaces } = matching;
  return [
    `For ${plainNumber(proposals.length)} of ${counted(open, 'open request', 'open requests')} somebody is proposed, of ${counted(freePlaces, 'free place', 'free places')}; a coordinator decides on each.`,
  ];
}

/** What a reader has to know of the data. */
export function peerNetworkWarnings(held: {
  readonly volunteers: number;
  readonly requests: number;
  readonly contacts: number;
}): string[] {
  const missing = (['volunteers', 'requests', 'contacts'] as const).filter((kind) => held[kind] === 0);
  return [
    ...missing.map(
      (kind) => `No ${kind === 'volunteers' ? kind : `peer ${kind}`} are held: import that extract first.`,
    ),
    'Volunteers are taken as available on every shift unless their skills name one, as in shift:night.',
    'What is known of vetting and training is when they were last done: a contact before a renewal cannot be judged.',
  ];
}
