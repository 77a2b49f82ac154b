import type { PairVerdict } from '#shared/domain/review.ts';

export const duplicatesText = {
  lead: 'Two records of one paper count as one. What is certain is taken as one by itself; what may be is asked about here, and every answer can be undone.',
  title: 'Records that may be one',
  show: 'Show',
  verdicts: {
    asked: 'waiting for an answer',
    same: 'taken as one',
    apart: 'kept apart',
  } satisfies Record<PairVerdict, string>,
  nothing: {
    asked: 'No pair of records waits for an answer.',
    same: 'No two records are taken as one.',
    apart: 'No two records that looked alike are kept apart.',
  } satisfies Record<PairVerdict, string>,
  shown: (from: number, to: number, total: number) => `${from} to ${to} of ${total}`,
  before: 'Before',
  after: 'Next',
  why: 'Why',
  byRule: 'by the rule',
  by: (name: string) => `by ${name}`,
  same: 'They are one',
  apart: 'Keep them apart',
  undo: 'Ask again',
  pair: (first: number, second: number) => `Records ${first} and ${second}`,
  heads: { field: 'What it says', record: (record: number) => `Record ${record}` },
  fields: {
    title: 'Title',
    authors: 'Authors',
    year: 'Year',
    journal: 'Journal',
    volume: 'Volume and issue',
    pages: 'Pages',
    doi: 'DOI',
    type: 'Type',
  },
} as const;
