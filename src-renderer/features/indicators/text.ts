import { formatDate, plural } from '../../ui/format.ts';

export const text = {
  title: 'Indicators',
  lead: 'One number a month for each question, with the range it usually keeps to. They are about the work, never about a person.',
  emptyTitle: 'Nothing to measure yet',
  emptyText:
    'Import people, then exposures, absences, screenings and support; the indicators that they allow appear here.',
  upTo: 'Up to',
  latest: (day: string) => `latest day held: ${formatDate(day)}`,
  months: 'Months',
  monthOptions: { 12: '12 months', 24: '24 months', 36: '36 months' },
  tooEarly: 'Fewer than two whole months of data lie before this day. Choose a later one.',
  running: 'Working out the indicators',
  tooFew: 'too few to show',
  open: 'Open a row for its chart, its definition and the table behind it.',
  key: 'The icon tells how an indicator varies at its newest month, as NHS England’s Making Data Count draws it: a ring with a letter has run higher (H) or lower (L) than it usually does. “Usual range” lies between the limits of its chart, once twelve months have a value. “Against target” says whether the target lies outside those limits, so that it is met (P) or missed (F) consistently, or inside them, where chance decides (?).',
  unmeasuredTitle: (count: number) => `${plural(count, 'indicator')} not measured`,
  unmeasuredNote: 'Each says what it lacks. None of them is shown as zero.',
  noExtract: 'no extract can tell it',
  needs: (labels: readonly string[]) => `Needs ${labels.join(', ')}: import ${labels.length === 1 ? 'it' : 'them'}`,
  withheldAll: (threshold: number) => `Every month is withheld: fewer than ${threshold} people stand behind each.`,
  stale: (label: string, day: string) =>
    `${label} are held to ${formatDate(day)} only. Months after that stand on nothing and may read too low: look at the months before, or import a newer file.`,
  back: 'All indicators',
  unknownTitle: 'There is no such indicator',
  unknownText: 'The address names none that this version comes with. Choose one from the list.',
  definition: 'What it is',
  chartNote:
    'By month, with its mean and limits (XmR chart: mean ± 2.66 mean moving ranges). Months without a value are left out, not counted as zero.',
  withheldNote: (count: number, threshold: number) =>
    ` ${plural(count, 'month is', 'months are')} withheld: fewer than ${threshold} people.`,
  better: { low: 'lower is better', high: 'higher is better', neither: 'neither is better in itself' },
  noTarget: 'none set',
} as const;

export const domains: readonly { readonly id: string; readonly title: string; readonly ids: readonly string[] }[] = [
  {
    id: 'exposure',
    title: 'Exposure',
    ids: ['exposure-rate', 'exposure-coverage', 'over-threshold', 'exposure-recording'],
  },
  {
    id: 'contact',
    title: 'Signals and first contact',
    ids: ['contacted-in-72-hours', 'contacted-in-28-days', 'time-to-decision', 'signal-precision'],
  },
  {
    id: 'screening',
    title: 'Screening',
    ids: ['screening-uptake', 'caseness-phq-9', 'caseness-gad-7', 'screen-positive-action'],
  },
  {
    id: 'absence',
    title: 'Absence',
    ids: ['absence-rate', 'psychological-absence-rate', 'long-term-absence', 'return-sustained'],
  },
  {
    id: 'support',
    title: 'Support',
    ids: ['referral-to-contact', 'offer-uptake', 'reliable-change', 'family-response', 'pilot-retention'],
  },
  {
    id: 'peers',
    title: 'Peer network',
    ids: ['peer-contacts', 'peer-response', 'peer-caseload', 'peer-supervision'],
  },
];
