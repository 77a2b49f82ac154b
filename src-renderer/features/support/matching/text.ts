import { formatCount, formatDate, plural } from '../../../ui/format.ts';

export const matchingText = {
  running: 'Looking for matches',
  coordinatorsOnly:
    'Matches are proposed to whoever coordinates the network, which is an analyst. The tab “Peer network” has the figures.',
  byHandTitle: 'Nothing here happens by itself',
  byHand:
    'A match is proposed with its reasons; you decide. Accepting one writes the decision down and keeps the place: it tells nobody, so speak to the volunteer as you do now. Requests go by their reference, and who asked is not shown.',
  asOf: 'As of',
  latest: (day: string) => `newest request or contact held: ${formatDate(day)}`,
  neighbours: 'Areas next to each other',
  neighboursHint: 'A volunteer from next door comes before one from far away.',
  neighboursNone: 'Choose pairs of areas',
  pair: (one: string, other: string) => `${one} – ${other}`,
  proposals: {
    label: 'Proposed matches',
    finding: (open: number, proposed: number) =>
      open === 0
        ? 'Nobody waits for a match'
        : `${open === 1 ? 'A request waits' : `${formatCount(open)} requests wait`}, ${proposed === 0 ? 'none' : formatCount(proposed)} with a volunteer to propose`,
    note: (freePlaces: number) =>
      `The longest wait first. ${freePlaces === 0 ? 'No ready volunteer has a free place.' : `Ready volunteers have ${plural(freePlaces, 'free place')}.`}`,
    none: 'No match can be proposed now.',
    accept: 'Accept',
    decline: 'Decline',
    against: 'Against it: ',
  },
  unmatched: {
    label: 'Requests without a match',
    title: (count: number) => `${plural(count, 'request has', 'requests have')} nobody to propose`,
    note: 'What stands in the way, the longest wait first. A volunteer who becomes ready or free is proposed here.',
  },
  decisions: {
    label: 'Decisions',
    title: 'Decided so far',
    note: 'The newest first. A match that was accepted can be taken back; the request is then open again.',
    none: 'No match was decided on yet.',
    takeBack: 'Take back',
    words: { accepted: 'accepted', declined: 'declined' },
    replaced: 'accepted (taken back since)',
    by: (decision: string, user: string) => `${decision} by ${user}`,
  },
  dialog: {
    titles: {
      accept: (request: string) => `Accept the match for ${request}`,
      decline: (request: string) => `Decline the match for ${request}`,
      takeBack: (request: string) => `Take the match for ${request} back`,
    },
    notes: {
      accept: 'The decision is kept with its reasons, and the place is held. Nobody is told by it.',
      decline: 'This volunteer is not proposed for this request again; somebody else may be.',
      takeBack: 'The request is open again and the place is free. This volunteer is not proposed for it again.',
    },
    confirm: { accept: 'Accept', decline: 'Decline', takeBack: 'Take back' },
    reasonHint: 'Kept with the decision. Name nobody.',
    optionalHint: 'If you want to add something. Name nobody.',
  },
  columns: {
    request: 'Request',
    waiting: 'Waiting',
    area: 'Area',
    needs: 'Asked for',
    volunteer: 'Volunteer',
    base: 'Base',
    why: 'Why',
    decide: 'Decide',
    when: 'When',
    decision: 'Decision',
    proposedFor: 'Why it was proposed',
    reason: 'Reason',
  },
  days: (days: number) => (days === 0 ? 'since today' : plural(days, 'day')),
  noArea: 'not given',
  noNeeds: 'nothing in particular',
  kinds: { peer: 'peer', community: 'community volunteer' },
  worked: {
    steps: [
      'Take the requests without an answer, an end or an accepted match.',
      'Rule out volunteers who are not ready, have no free place, lack the language or shift, have a conflict of interest or were declined for the request.',
      'Weigh distance, needs they do not list, places in use, whether they have met, and the wait.',
      'Of all ways to match, propose the one that costs least in sum. The same data give the same proposals.',
    ],
    asOf: 'As of',
    neighbours: 'Areas next to each other',
    noNeighbours: 'none given: every other area is far',
    cost: 'Cost of all proposals and waits',
    snapshot: 'Snapshot',
    weights: 'Weights',
    weightNames: {
      neighbouringArea: 'Next area',
      farArea: 'Far or not given',
      uncoveredNeed: 'Each need not listed',
      placeInUse: 'Each place in use',
      otherVolunteer: 'Somebody not met before',
      unmet: 'Nobody found',
      waitingDay: 'Each day of waiting more',
    } as Readonly<Record<string, string>>,
  },
} as const;
