import { formatCount, plural } from '../../ui/format.ts';

const left: Readonly<Record<string, string>> = {
  notScored: 'Without a score',
  noEarlierScreening: 'Without an earlier screening',
  exposuresNotHeld: 'Exposures not held for the whole window',
  notInPost: 'In no post on the day',
  serviceStartUnknown: 'Start of service not known',
};

export const doseText = {
  noneTitle: 'No screenings yet',
  noneText: 'Import screenings beside the exposures; how scores go with exposure appears here.',
  refusedTitle: 'No curve can be drawn from these screenings',
  refusedAction: 'Choose another instrument, a later day or a shorter window above.',
  form: 'What is looked at',
  instrument: 'Instrument',
  scale: 'Scale',
  outcome: 'Outcome',
  score: 'The score',
  caseOf: (name: string, atLeast: number | null, atMost: number | null) =>
    `Case by ${name}: ${atLeast === null ? `${atMost ?? ''} or less` : `${atLeast} or more`}`,
  running: 'Working out how scores go with exposure',
  cause:
    'Associations, not causes. People who meet more may differ in other ways. Nothing here is about one person; it is for offering support, never for judging anyone.',
  causeTitle: 'How to read this',
  curveNote: (above: number, last: string) =>
    `Same role, length of service and earlier score; the shade is the 95% interval, the point is what the rest is compared with. Below: the pairs of screenings by exposure; bars under 5 pairs are left out. Drawn up to ${last}; ${above < 5 ? 'fewer than 5 pairs' : plural(above, 'pair')} met that or more.`,
  windowsNote: (days: number) =>
    `What one more goes with, by a straight line, when exposure is counted over other lengths of time. ${days} days is what is drawn above; the comparison does not choose it.`,
  whoTitle: 'Who is in it',
  used: 'Pairs of screenings used',
  people: 'People',
  cases: 'Cases at the later screening',
  completed: 'Completed screenings',
  unanswered: 'Invitations not answered',
  left: (reason: string) => left[reason] ?? reason,
  schemesTitle: 'Does it depend on the weights?',
  schemesNote: (first: string, second: string) =>
    `The same pairs counted under ${first} and under ${second}. Plain counts are what the evidence prefers.`,
  noSchemes: 'Not assessable: everybody has the same exposure under one of the schemes.',
  agreement: 'Rank correlation of the two',
  sameBand: 'Same third under both',
  otherBand: 'Moved to another third',
  smallCount: (count: number) => (count > 0 && count < 5 ? 'under 5' : formatCount(count)),
} as const;
