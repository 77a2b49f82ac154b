import type { NotReadyReason, PeerShift, SupervisionGap } from '#shared/domain/peer-network.ts';
import { formatCount, formatDate, plural } from '../../../ui/format.ts';

const shifts: Readonly<Record<PeerShift, string>> = {
  early: 'Early, 07:00 to 15:00',
  late: 'Late, 15:00 to 23:00',
  night: 'Night, 23:00 to 07:00',
};

const notReady: Readonly<Record<NotReadyReason, string>> = {
  'not serving': 'Not serving',
  'never vetted': 'Never vetted',
  'vetting lapsed': 'Vetting lapsed',
  'never trained': 'Never trained',
  'training lapsed': 'Training lapsed',
  'no supervisor': 'No supervisor',
};

const gaps: Readonly<Record<SupervisionGap, string>> = {
  'volunteer not listed': 'Volunteer not listed',
  ...notReady,
  'renewed since': 'Renewed since',
};

/** Counts under these are withheld: of people who asked, and of volunteers. */
const fewest = { people: 10, volunteers: 5 } as const;

export const networkText = {
  emptyTitle: 'No peer network yet',
  emptyText:
    'Import the volunteers, then the requests for peer support and the contacts; who is ready, where places are short and how long people wait appear here.',
  asOf: 'As of',
  latest: (day: string) => `newest request or contact held: ${formatDate(day)}`,
  lookBack: 'Looking back',
  days: (days: number) => `${days} days`,
  running: 'Looking at the peer network',
  withheld: 'withheld',
  few: (of: keyof typeof fewest) => `withheld: fewer than ${fewest[of]}, or such a count would follow`,
  figures: {
    ready: 'Volunteers who are ready',
    readyNote: 'serving, vetted and trained in date, supervised',
    over: 'Carry more than they said they can',
    overNote: 'an offer of support stands beside each below',
    overNoteWithout: 'the list of volunteers is for analysts',
    waiting: 'Requests without an answer',
    waitingNote: 'of this period, those closed or withdrawn too',
    within: (hours: number) => `Answered within ${formatCount(hours)} hours`,
    interval: (low: string, high: string) => `95% interval ${low} to ${high}`,
    intervalNone: 'no interval can be given',
  },
  of: (part: number, whole: number) => `${formatCount(part)} of ${formatCount(whole)}`,
  coverage: {
    note: 'People who asked in the period, each once, under the area and shift of their first request; below them, the places that ready volunteers based there have on that shift, in use or not. A place is for one person at a time.',
    label: 'People who asked and places, by area and shift',
    area: 'Area',
    allDay: 'All day',
    shifts,
    asked: (people: number) => `${plural(people, 'person', 'people')} asked`,
    places: (places: number | null) =>
      places === null ? 'places withheld' : places === 0 ? 'no place' : plural(places, 'place'),
    bare: 'Asked for, no ready volunteer',
    noPlace: 'no place here',
    none: 'No area has asked and no volunteer is based anywhere.',
    sound: 'Every area that people asked from has a ready volunteer with places',
    short: (areas: readonly string[]) =>
      `${areas.join(', ')}: people asked, and no ready volunteer with a place is based there`,
    key: 'The stronger the colour, the more people asked. Marked “no place here”: people asked on a shift that no ready volunteer there takes.',
    keyPlaces: 'Places are withheld where fewer than five ready volunteers stand behind them.',
    steps: [
      'Take the first request of each person in the period; its area, and its shift by the clock in London.',
      'Add up the places of volunteers who are ready on the day, by base; every shift, unless their skills name one.',
      'Withhold counts of people under the minimum, and as many more as keep them from being worked out.',
    ],
  },
  picture: {
    title: 'Where people ask, and where they first meet somebody',
    finding: (elsewhere: number, isPart: boolean) =>
      `${isPart ? 'At least ' : ''}${plural(elsewhere, 'person', 'people')} first met a volunteer of another base than where they asked`,
    note: 'Lines lead from where people asked to the base of the volunteer they first met.',
    dots: 'Larger dots have more places in use.',
    about: 'Picture of the network: areas at the left, bases with their volunteers at the right, lines between.',
    none: 'Nobody asked in this period, so that there is nothing to draw. Look further back.',
    nobodyYet: 'Nobody yet',
    noArea: 'No area given',
    stillWaiting: 'asked, and met nobody so far',
    nobodyBased: 'no volunteer is based here',
    volunteersHidden: 'its volunteers are for analysts to see',
    base: (ready: string, places: string) => `${ready} ready, ${places} places used`,
    states: {
      ready: 'ready',
      over: 'carries more than they have places for',
      away: 'takes nobody new on',
    },
    closer: 'Look closer at a place',
    closerTo: { area: (name: string) => `Asked in ${name}`, base: (name: string) => `Based at ${name}` },
    groups: { area: 'Where people ask', base: 'Where volunteers are' },
    focus: {
      area: (name: string, words: string, links: readonly string[]) =>
        `${name}, ${words}. By the base of their first contact: ${links.join('; ')}.`,
      base: (name: string, words: string, links: readonly string[]) =>
        `${name}, ${words}. People came from: ${links.length === 0 ? 'nowhere in this period' : links.join('; ')}.`,
    },
    columns: { area: 'Asked in', base: 'First met somebody of', people: 'People' },
    steps: [
      'Take the area of each person’s first request, and the base of the volunteer of their first contact.',
      'Count people by the two; withhold counts under the minimum, and as many more as keep them from being worked out.',
      'Set the volunteers of a base in rows: those who carry too much, those who are ready, those who take nobody new on.',
    ],
  },
  readiness: {
    title: (ready: string) => `Who could take somebody on: ${ready}`,
    note: 'Each volunteer stands under the first thing that keeps them from taking somebody new on.',
    ready: 'Ready',
    reasons: notReady,
  },
  supervision: {
    gaps,
    title: 'Contacts without vetting, training or supervision',
    finding: (people: number) =>
      people === 0
        ? 'Nobody’s first contact was with a volunteer who then lacked something'
        : `${plural(people, 'person', 'people')} first met a volunteer who then lacked vetting, training or supervision`,
    note: 'By what was missing on the day of the first contact in the period. “Renewed since” cannot be judged: the extract says only when something was last done.',
  },
  response: {
    finding: (share: string, hours: number) => `${share} of requests were answered within ${formatCount(hours)} hours`,
    median: (hours: string) => `; half within ${hours} hours`,
    medianNone: '; when half were cannot be shown',
    few: 'How long people waited for an answer is withheld: it rests on too few people',
    none: 'No point of the curve may be shown: each rests on too few people.',
    note: 'Share of requests answered by hours since they were made, by Kaplan and Meier, with its 95% interval; requests without an answer yet count as waiting. The line joins the hours that may be shown, up to where it hardly rises; the table has the rest.',
    about: 'Share of requests answered over time.',
    steps: [
      'Follow each request of the period to its answer, or to the end of the last day.',
      'Open requests are censored there.',
      'Show only hours at which nobody or at least the minimum was answered, and at least the minimum still waits.',
    ],
  },
  load: {
    busiest: (share: string) => `The busiest fifth of volunteers carry ${share} of the contacts`,
    gini: (gini: string) => `Gini coefficient ${gini}: 0 is all alike, near 1 a few carry everything.`,
    giniNone: 'The Gini coefficient is withheld: it rests on too few volunteers or people.',
    title: 'How the load is shared',
    none: 'No curve is drawn: it takes 25 volunteers in service, so that no point tells of fewer than five.',
    note: 'Contacts of the last 28 days, volunteers in service from the least to the most busy.',
    about: 'Lorenz curve of contacts over volunteers.',
    alike: 'all alike',
    steps: [
      'Count the contacts of each volunteer in service over the days of the load.',
      'Order them from the least to the most busy and add the contacts up, fifth by fifth.',
    ],
  },
  volunteers: {
    finding: (offers: number) =>
      offers === 0
        ? 'Volunteers: nobody carries too much'
        : `Volunteers: an offer of support is due to ${formatCount(offers)}`,
    note: 'By pseudonym. Their load is that of the last 28 days; an offer is for them, and nothing here judges anybody.',
    analystsOnly: 'The list of volunteers, with their load and what to offer them, is for analysts.',
    label: 'Volunteers',
    search: 'Find a volunteer, base, skill or language',
    show: 'Show',
    shows: { all: 'All', ready: 'Ready', offer: 'An offer is due', due: 'Vetting or training ends within 60 days' },
    nobody: 'No volunteer is like that.',
    kinds: { peer: 'Peer', community: 'Community' },
    columns: {
      volunteer: 'Volunteer',
      kind: 'Kind',
      base: 'Base',
      state: 'Ready',
      places: 'Places used',
      offer: 'What to offer',
      vetted: 'Vetted until',
      trained: 'Trained until',
      supervised: 'Supervised',
      contacts: 'Contacts',
      hours: 'Hours',
      rest: 'Days without rest',
      last: 'Last contact',
      skills: 'Skills',
      languages: 'Languages',
    },
    ready: 'Ready',
    never: 'never',
    supervised: 'yes',
    unsupervised: 'no',
    over: 'over',
    today: 'today',
    ago: (days: number) => `${plural(days, 'day')} ago`,
    noneLately: 'none in 28 days',
    nothingDue: 'nothing due',
  },
} as const;
