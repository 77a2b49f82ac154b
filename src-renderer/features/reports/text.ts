import { formatDate, plural } from '../../ui/format.ts';

/** The reports that can be built, each with what is usual for it. */
export const templates = {
  'exposure-and-wellbeing': {
    label: 'Exposure and wellbeing',
    title: 'Exposure and wellbeing',
    longestTitle: 200,
    marking: 'OFFICIAL-SENSITIVE',
    note: 'Exposure and wellbeing, as PDF, Word and HTML with a manifest. Units and roles too small to show are withheld.',
  },
  'family-summary': {
    label: 'Summary sheet for families',
    title: 'Police families: what you told us',
    longestTitle: 60,
    marking: 'OFFICIAL',
    note: 'One page in plain words for the families of the force: what the family survey found, what may help and whom to turn to. It says nothing of fewer than 10. Call the numbers on it before you hand it out.',
  },
  'pilot-evaluation': {
    label: 'Evaluation of a pilot',
    title: 'Evaluation of a pilot',
    longestTitle: 200,
    marking: 'OFFICIAL-SENSITIVE',
    note: 'What a pilot set out to do by its locked plan, every deviation from it, what it did and what it cost, with the items of the reporting guideline of its design.',
  },
  'evidence-summary': {
    label: 'Summary of evidence',
    title: 'Summary of evidence',
    longestTitle: 200,
    marking: 'OFFICIAL',
    note: 'What a review found, how sure one may be of it and what follows, with the ways in which a rapid review is less than a full one.',
  },
} as const;

export const text = {
  title: 'Reports',
  lead: 'Reports state method, uncertainty, limits and provenance, and can be verified by anyone who holds the vault.',
  build: 'Build a report',
  template: 'Which report',
  sections: 'Sections of other places',
  sectionsNote:
    'Each comes with its charts, tables, reading and limits, and is left out where it cannot stand beside earlier reports.',
  sectionNames: { families: 'Families', support: 'Support', 'peer-network': 'Peer network', plan: 'Plan' },
  pilot: 'Pilot',
  noPilot: 'No pilot has a locked plan yet.',
  evaluationOf: (pilot: string) => `Evaluation of ${pilot}`,
  review: 'Review',
  noReview: 'There is no review yet.',
  summaryOf: (review: string) => `Summary of evidence: ${review}`,
  onOnePage: 'On one page',
  from: 'From',
  to: 'To',
  reportTitle: 'Title',
  marking: 'Protective marking',
  version: 'Version',
  wrongPeriod: 'The first day is after the last.',
  noData: 'Import exposures first: a report needs data.',
  list: 'Reports built from this vault',
  listNone: 'None yet. Build one above.',
  purpose: 'For whom and why',
  releases: 'What was let out',
  releasesNote:
    'Every report and every bundle is entered here before its files are written. What leaves later is checked together with these, so that no small number can be worked out by comparing two.',
  releasesNone: 'Nothing yet. A report is entered here when it is built, a bundle when it is released.',
  withdraw: 'Withdraw',
  withdrawn: 'withdrawn',
  stands: 'stands',
  withdrawNote:
    'It stays in the log, because what is out is out, and later releases are still checked together with it. Tell those who have it.',
  withdrawHint: 'Kept with the release, and in the audit log.',
  withheldOf: (withheld: number, counts: number) => `${withheld} of ${plural(counts, 'count')}`,
  gone: 'folder not found',
  present: 'in place',
  verify: 'Verify a report',
  verifyNote: 'Runs again what the report’s manifest names and compares every result and file.',
  verifyButton: 'Choose a report’s folder…',
  verifyThis: 'Verify',
  verifying: 'Running the report’s analyses again',
  equal: (compared: number) =>
    `Everything is the same: ${plural(compared, 'result or file', 'results and files')} compared.`,
  notRerun: 'Something cannot be run again here',
  different: (count: number) => `${plural(count, 'difference')} found`,
  differentText:
    'The report or the data has changed since it was built. An undone or newer import is the usual reason; an edited file is another.',
  period: (from: string, to: string) => (from === to ? formatDate(from) : `${formatDate(from)} to ${formatDate(to)}`),
} as const;
