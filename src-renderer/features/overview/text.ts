import { formatDate, formatMean, formatMonth, formatShare, plural } from '../../ui/format.ts';

export const text = {
  title: 'Overview',
  lead: 'What the vault holds, and how fresh it is.',
  leadAdministrator: 'What waits for you, and what was done since you were last here.',
  waiting: 'Waiting for you',
  waitingNote: 'Signals that are not on the list yet are looked for when you open it.',
  openWorklist: 'Open the worklist',
  nothingWaiting: 'Nothing is waiting for you.',
  nothingElse: 'Nothing else is waiting for you.',
  emptyTitle: 'Import people first',
  emptyText:
    'The vault is empty. Begin with the people extract: exposures and screenings are joined to it. Then import exposures.',
  emptyTextReader: 'The vault is empty. An analyst imports the first extracts, people before exposures.',
  changed: (since: string) => `What changed since ${since}`,
  unchanged: (since: string) => `Nothing has changed since ${since}`,
  unchangedNote: 'Imports, code rules, schemes and models are listed here when something happens to them.',
  importPeople: 'Import people',
  importFile: 'Import a file',
  inPost: 'People in post',
  inPostNote: (people: number) => `of ${plural(people, 'person', 'people')} held`,
  exposures: 'Exposures',
  exposuresNote: (first: string | null) => (first === null ? 'none yet' : `since ${formatDate(first)}`),
  coverage: 'Coverage',
  coverageNote: (attendances: number) =>
    attendances === 0
      ? 'of exposure rows have a code with a rule'
      : 'of exposure rows and attendances have a code with a rule',
  coverageNone: 'no exposure rows yet',
  latest: 'Latest day',
  latestNote: 'last day with any event',
  screenings: 'Screenings',
  screeningsNote: 'invitations and scores',
  freshness: 'How fresh each extract is',
  freshnessNote: 'Import order: people, then exposures, then screenings.',
  never: 'never',
  unmapped: (codes: number) => (codes === 0 ? 'Every code has a rule' : `${plural(codes, 'code')} without a rule`),
  unmappedNote:
    'Rows with these codes are kept but not counted, so loads may be too low. Give codes of incidents a rule in Data, Code lists; categories of exposures get theirs in the Map step, when their file is imported again.',
  unmappedNone: 'All exposure rows are either counted or known not to be traumatic.',
  unknownPeople: (count: number) =>
    `${plural(count, 'person', 'people')} in exposures or screenings but not in the people extract`,
  unknownPeopleNote:
    'They are kept under their pseudonyms, but belong to no unit or role and are not in post. A newer people extract usually holds them.',
  underAliases: (count: number) =>
    `${plural(count, 'of them is another reference', 'of them are other references')} of people who are known`,
  underAliasesNote: (batches: readonly number[]) =>
    `Their rows were loaded before it was known whose the references are, and rows are never changed. Undo ${batches.length === 1 ? `batch ${batches[0]}` : `batches ${batches.slice(0, -1).join(', ')} and ${batches.at(-1)}`}, then load the same files again: the rows then go to the right people.`,
  monthsNote: 'Counted exposures by month, everybody included. Whole months only.',
  indicators: 'Indicators',
  indicatorsNote:
    'The main ones by month beside their mean, and how each varies at its newest month. Open a row for its chart.',
  indicatorsRunning: 'Working out the indicators',
  indicatorsAll: 'See all indicators',
  indicatorsNone: 'None of the main ones can be measured from what is held yet.',
  workedOut: [
    'People in post: people whose service has begun and not ended on the latest day.',
    'Exposures: rows whose code has a category; the same person, time, category and incident counts once.',
    'Coverage: exposure rows and attendances whose code has a rule, divided by all of them.',
    'Exposures of attendances are made by the code rules: one a person, incident and category; one that was imported too counts once.',
    'Months: an exposure belongs to the month of its local calendar day.',
  ],
} as const;

/** The finding of the monthly chart: the last whole month beside the mean of the twelve before. */
export function monthsFinding(months: readonly { readonly month: string; readonly events: number }[]): string {
  const last = months.at(-1);
  if (!last) return 'Exposures by month';
  const before = months.slice(-13, -1);
  const words = `${formatMonth(last.month)}: ${plural(last.events, 'exposure')}`;
  if (before.length < 6) return words;
  const mean = before.reduce((sum, entry) => sum + entry.events, 0) / before.length;
  if (mean === 0) return words;
  const change = last.events / mean - 1;
  const beside = `the mean of the ${before.length} months before (${formatMean(mean)})`;
  if (Math.abs(change) < 0.02) return `${words}, about ${beside}`;
  return `${words}, ${formatShare(Math.abs(change))} ${change > 0 ? 'above' : 'below'} ${beside}`;
}
