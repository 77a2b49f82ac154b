import type { QualityResult } from '#shared/contract/quality.ts';
import { formatDate, formatMonth, plural } from '../../ui/format.ts';

export const text = {
  title: 'Data quality',
  lead: 'How far the extracts can be trusted, and what to mend first. Counts of rows and people only; nobody is singled out.',
  running: 'Reading what is held',
  emptyTitle: 'There is nothing to judge yet',
  emptyText:
    'Import the people first, then duties, exposures or attendances. From the second extract of a kind on, its rhythm and its usual volumes can be told.',
  emptyTextReader: 'An analyst imports the first extracts; then their quality is shown here.',
  importFile: 'Import a file',
  asOf: (day: string | null) => (day === null ? '' : `As of ${formatDate(day)}, the newest day held.`),
  nothingFound: 'Nothing stands out',
  nothingFoundText: 'No extract is late, nothing has stopped being filled, and volumes are as usual.',
  severity: { act: 'Mend', look: 'Look', note: 'Note' },
  more: (count: number) => `Show ${plural(count, 'more note')}`,
  fewer: 'Show fewer',
  freshnessNote:
    'Late is told by the rhythm of the extracts themselves: the median of the days between them, and a quarter of it as grace.',
  coverageNote: (basis: 'postings' | 'people', lastIsWhole: boolean) =>
    `Of the people in post in a unit and month (by ${basis === 'postings' ? 'their postings' : 'the people extract'}), those with at least one row, in per cent. Units of fewer than 10 people are marked “few”: nothing is concluded from them.${lastIsWhole ? '' : ' The last month has not ended.'}`,
  coveragePick: 'Extract',
  missingNote: 'Fields that may be empty. Only those that are empty somewhere are listed.',
  codesNote: (seen: number, tested: number) =>
    `${plural(seen, 'code')} looked at; the share of ${plural(tested, 'code')} compared between the last three months and the months before, at a false discovery rate of 1%.`,
  duplicatesNote: 'Equal rows count once whatever happens. What is nearly equal counts twice, and may be one thing.',
  batchesNote: 'Batches that brought rows which were held already.',
  notesNote: 'What was noted when the files were checked. The rows were kept. Open a line to list them.',
  saveNotes: 'Save the list…',
  savedNotes: (rows: number) => `Saved ${plural(rows, 'line')}.`,
  notesTitle: (batch: number) => `Noted in batch ${batch}`,
  partial: (shown: number, all: number) => `The first ${plural(shown, 'line')} of ${plural(all, 'row')}.`,
} as const;

/** How each part is worked out, for whoever asks. */
export const workedOut: readonly { readonly title: string; readonly lines: readonly string[] }[] = [
  {
    title: 'Freshness',
    lines: [
      'The day asked about is the newest day of any extract that tells of what happened, and never later than today.',
      'The rhythm is the median of the days between the last days of successive batches, from three batches on.',
      'An extract is late once the days since its last day exceed the rhythm by more than a quarter of it, and by 2 at least.',
      'Rows of a day after the last import are counted apart and move nothing else.',
    ],
  },
  {
    title: 'Coverage',
    lines: [
      'A person is in the unit of the posting that reaches into the month and began last; without postings, in the unit of the people extract while in service.',
      'The usual share of a unit is the median over its whole months with rows, from three on.',
      'A month without any row is a gap where chance would leave none in fewer than 1 of 100 such months: (1 − usual) to the power of the people.',
      'A month is low where a third or less of the expected people have a row, and ten or more were expected.',
    ],
  },
  {
    title: 'Missing fields',
    lines: [
      'A field has stopped being filled where it is at least 90% empty from some month to the last one, over 20 rows or more, and was at most half empty before.',
    ],
  },
  {
    title: 'Codes',
    lines: [
      'Appeared: first seen in the last quarter of the time, or in the newest of several batches, in five rows or more.',
      'Vanished: seen in at least 80% of the months before and in none of the last three, where chance (Poisson) would leave none in fewer than 1 of 100 cases.',
      'Used more or less: a quasi-binomial comparison of the last three months with up to 24 before, its spread taken from those months; Benjamini and Hochberg’s false discovery rate of 1% over all codes; and a change by half or more and by at least 1% of the rows.',
    ],
  },
  {
    title: 'Volumes',
    lines: [
      'XmR chart over whole months: mean ± 2.66 mean moving ranges, ranges beyond 3.267 of their mean left out once; the NHS’s four rules. The last three months are judged by those before them where twelve remain. No limits under 12 months.',
      'Rows for each 100 people in post and 30 days where it is known who was in post, else rows.',
    ],
  },
  {
    title: 'Duplicates',
    lines: [
      'One person at one incident twice within an hour, in the last 92 days of the extract; one person screened twice with one instrument within 2 days.',
    ],
  },
];

export function freshnessTitle({ freshness }: QualityResult): string {
  const late = freshness.filter(({ lateDays }) => (lateDays ?? 0) > 0);
  const known = freshness.filter(({ lateDays }) => lateDays !== null);
  if (late.length === 0) {
    return known.length === 0
      ? 'Freshness: the rhythm of the extracts is not known yet'
      : `Freshness: ${known.length === 1 ? 'the extract' : `all ${known.length} extracts`} with a known rhythm ${known.length === 1 ? 'is' : 'are'} on time`;
  }
  const worst = late.reduce((most, entry) => ((entry.lateDays ?? 0) > (most.lateDays ?? 0) ? entry : most));
  const others = late.length - 1;
  return `Freshness: ${worst.label.toLowerCase()} are ${plural(worst.lateDays ?? 0, 'day')} late${others > 0 ? `, and ${plural(others, 'other extract')}` : ''}`;
}

export function coverageTitle(entry: QualityResult['coverage'][number]): string {
  const gaps = entry.units.flatMap(({ unit, gaps: found }) =>
    found.flatMap((gap, at) => (gap === 'none' ? [`${unit} in ${formatMonth(entry.months[at] ?? '')}`] : [])),
  );
  const [first] = gaps;
  if (first === undefined) return `Coverage of ${entry.label.toLowerCase()}: no unit and month is without rows`;
  return `Coverage of ${entry.label.toLowerCase()}: none for ${first}${gaps.length > 1 ? ` and ${plural(gaps.length - 1, 'other unit and month', 'other units and months')}` : ''}`;
}

export function missingTitle(columns: QualityResult['missing']): string {
  const stopped = columns.filter(({ stoppedSince }) => stoppedSince !== null);
  const [first] = stopped;
  if (!first) return 'Missing fields: none has stopped being filled';
  return `Missing fields: ${first.column} of ${first.label.toLowerCase()} is no longer filled since ${formatMonth(first.stoppedSince ?? '')}${stopped.length > 1 ? `, and ${plural(stopped.length - 1, 'other')}` : ''}`;
}

export function codesTitle(changes: QualityResult['codes']): string {
  if (changes.length === 0) return 'Codes: none appeared, vanished or changed its share';
  const count = (change: string): number => changes.filter((entry) => entry.change === change).length;
  const parts = [
    [count('appeared'), 'appeared'],
    [count('vanished'), 'vanished'],
    [count('more') + count('less'), 'changed share'],
  ] as const;
  return `Codes: ${parts
    .filter(([some]) => some > 0)
    .map(([some, what]) => `${some} ${what}`)
    .join(', ')}`;
}

export function duplicatesTitle({ near, batches }: QualityResult['duplicates']): string {
  const cases = near.reduce((sum, entry) => sum + entry.cases, 0);
  const what =
    cases === 0 ? 'nothing stands nearly twice' : `${plural(cases, 'case')} that may be one thing entered twice`;
  return `Duplicates: ${what}${batches.length > 0 ? `; ${plural(batches.length, 'batch', 'batches')} with rows held already` : ''}`;
}

export function volumeTitle(volume: QualityResult['volumes'][number]): string {
  const current = volume.signals.filter((signal) => signal.current);
  const words = [...new Set((current.length > 0 ? current : []).map((signal) => signal.words))];
  if (words.length > 0) return `${volume.label}: ${words[0]}`;
  if (volume.limits === null) return `${volume.label}: too few months for limits`;
  return `${volume.label}: as usual${volume.signals.length > 0 ? ', with signals earlier' : ''}`;
}

export const changeWords = {
  appeared: 'appeared',
  vanished: 'vanished',
  more: 'used more',
  less: 'used less',
} as const;
