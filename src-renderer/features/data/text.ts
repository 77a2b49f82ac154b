import { plural } from '../../ui/format.ts';

export const text = {
  title: 'Data',
  lead: 'Every extract that was loaded, and what it holds. Rows are never edited: corrections supersede, and a batch can be taken out again.',
  importFile: 'Import a file',
  resumeImport: 'Go on with the import',
  batches: 'Batches',
  batchesNote: 'Newest first.',
  noneTitle: 'Nothing has been imported yet',
  noneText:
    'Begin with the people extract, then exposures, then screenings. CSV and TSV files, Excel workbooks and references are read as they are.',
  noneTextReader: 'An analyst imports the first extracts, people before exposures.',
  undo: 'Undo',
  undoTitle: (batch: number) => `Take batch ${batch} out again?`,
  undoWhat: (rows: number) =>
    `Its ${plural(rows, 'accepted row')} go, with its rejected rows. What it had superseded comes back. The file itself is not touched and can be imported again.`,
  undoNote:
    'Results made from it no longer re-run to the same digits; reports built before say so when they are verified.',
  undoConfirm: 'Take it out',
  undone: (removed: number, restored: number) =>
    `The batch is out: ${plural(removed, 'row')} removed, ${plural(restored, 'row')} brought back.`,
  rejects: 'Rejected rows',
  rejectsTitle: (batch: number) => `Rejected rows of batch ${batch}`,
  rejectsNote:
    'Row, column and rule. The values stay sealed; the file itself has the rest. Row 1 is the first row under the header.',
  saveRejects: 'Save the list…',
  savedRejects: (rows: number) => `Saved ${plural(rows, 'line')}.`,
  copyRejects: 'Copy the list',
  partial: (shown: number, all: number) => `The first ${plural(shown, 'row')} of ${plural(all, 'rejected row')}.`,
  problemsTitle: 'Problems, by column and rule',
  problemRows: 'First rows with a problem',
} as const;

export const countLabels = {
  read: 'Read',
  accepted: 'Accepted',
  superseded: 'of which supersede',
  duplicate: 'Duplicate',
  rejected: 'Rejected',
} as const;
