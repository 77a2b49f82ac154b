import { formatCount, plural } from './format.ts';

/** What is said of a report before it leaves. */
export const leavingText = {
  files: 'Files',
  marking: 'Marking',
  counts: 'Counts withheld',
  withheldOf: (withheld: number, counts: number) => `${formatCount(withheld)} of ${plural(counts, 'count')}`,
  judged: 'Decided together with',
  judgedAlone: 'Nothing let out before shares a count with it.',
  withdrawn: 'withdrawn',
  more: (count: string) => `and ${count} more`,
  hash: 'SHA-256 of what it says',
  where: 'Where numbers are withheld',
  section: 'Section',
  places: 'Places for a number',
  withheld: 'Withheld',
  nothingWithheld: 'No number in a table or chart is withheld.',
  notes: 'To bear in mind',
} as const;
