import type { FullTextState } from '#shared/domain/review.ts';

export const fullTextText = {
  toFind: 'Full texts to find',
  toFindNote:
    'Records that were kept by title and abstract. Mark a row by a click or the space bar, then say what became of its full text.',
  nothing: 'No record waits for its full text.',
  states: {
    sought: 'is being sought',
    retrieved: 'is here',
    'not-retrieved': 'is not to be had',
  } satisfies Record<FullTextState, string>,
  say: {
    retrieved: 'They are here',
    'not-retrieved': 'Not to be had',
    sought: 'Still sought',
  },
  marked: (count: string) => `${count} marked`,
  columns: {
    record: 'No.',
    title: 'Title',
    authors: 'Authors',
    year: 'Year',
    journal: 'Journal',
    place: 'Where it stands',
  },
  places: { 'to-retrieve': 'to find', 'not-retrieved': 'not to be had', 'to-assess': 'here, to be assessed' },
  none: 'Mark at least one record.',
  included: 'Included reports',
  includedNote: 'Several reports of one study count as one study: open a row to say which study it is of.',
  study: 'Study',
  ownStudy: 'one of its own',
  studyTitle: 'Which study is it of?',
  studyHint: 'A short name such as “Christopher 2016”; empty for a study of its own.',
  studySave: 'Save the study',
} as const;
