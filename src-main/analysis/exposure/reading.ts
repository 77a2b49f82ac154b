import type { Scheme } from '#shared/domain/scheme.ts';
import type { Distribution } from './distribution.ts';
import type { ExposureLoadResult } from './exposure-load.ts';
import type { SeriesColumns } from './exposure-series.ts';
import type { AttendanceRows } from './packed-exposures.ts';
import type { MonthEnds } from './specs.ts';
import { categoryLabel, counted, plainDate, plainNumber, plainShare } from './words.ts';

export type LoadReadingContext = {
  readonly scheme: Scheme;
  readonly asOfDay: number;
  readonly windowsDays: readonly number[];
  /** Absent where no attendances are held. */
  readonly attendances?: AttendanceRows | undefined;
};

/** Kinds with fewer events than this are not put into words: they could point at one incident. */
const leastEventsInWords = 10;
const kindsInWords = 3;

const limits =
  'These are recorded exposures: they do not show what went unrecorded, how anyone was affected or who needs help, and they are for offering support, never for judging a person.';

/** What a load says, in three to six plain sentences with their limits. */
export function readExposureLoad(result: ExposureLoadResult, context: LoadReadingContext): readonly string[] {
  const { people, events, eventsInPost } = result;
  const date = plainDate(context.asOfDay);
  if (people === 0) {
    return [
      `Nobody was in post on ${date}, so there is no load to describe.`,
      `${counted(events, 'exposure', 'exposures')} had been recorded by then.`,
      limits,
    ];
  }
  const recorded =
    `By ${date}, ${counted(events, 'exposure', 'exposures')} had been recorded, ` +
    `${plainNumber(eventsInPost)} of them for the ${counted(people, 'person', 'people')} in post on that day.`;
  return [
    recorded,
    coverageWords(result.coverage, context.attendances),
    ...derivedWords(context.attendances),
    ...medianWords(result, context),
    ...kindWords(result),
    ...schemeWords(context.scheme),
    limits,
  ];
}

function coverageWords(coverage: number | null, attendances: AttendanceRows | undefined): string {
  const rows = rowsInWords(attendances);
  if (coverage === null) return 'No exposure rows are held up to that day, so coverage is not known.';
  if (coverage === 1)
    return `Every ${attendances ? 'exposure row and attendance' : 'exposure row'} up to that day had a code with a rule.`;
  return (
    `${plainShare(coverage)} of ${rows} up to that day had a code with a rule; ` +
    `the other ${plainShare(1 - coverage)} are not counted, so these figures may be too low.`
  );
}

/** What coverage is a share of. */
export function rowsInWords(attendances: AttendanceRows | undefined): string {
  return attendances ? 'exposure rows and attendances' : 'exposure rows';
}

/** Where exposures were made of attendances, how many and by what rule. */
function derivedWords(attendances: AttendanceRows | undefined): readonly string[] {
  if (!attendances) return [];
  return [
    `${counted(attendances.derived, 'exposure was', 'exposures were')} made of ${counted(attendances.all, 'attendance', 'attendances')} by the code rules: ` +
      'one a person, incident and category, on the day of the first arrival; one that was also imported directly counts once.',
  ];
}

function medianWords(result: ExposureLoadResult, { windowsDays, scheme }: LoadReadingContext): readonly string[] {
  const spreads = windowsDays
    .map((days) => ({ days, spread: result.distribution[String(days)] ?? null }))
    .filter((entry): entry is { days: number; spread: Distribution } => entry.spread !== null);
  const main = spreads.find(({ days }) => days === scheme.recency.value) ?? spreads.at(-1);
  if (main === undefined) return [];
  const { median, q1, q3, gini } = main.spread;
  const measure = scheme.id === 'count-v1' ? 'number of exposures' : 'weighted load';
  const others = spreads
    .filter(({ days }) => days !== main.days)
    .map(({ days, spread }) => `${plainNumber(spread.median)} over ${counted(days, 'day', 'days')}`);
  const alongside = others.length === 0 ? '' : `; medians over other windows: ${others.join(', ')}`;
  return [
    `Over the last ${counted(main.days, 'day', 'days')} the median ${measure} per person in post was ` +
      `${plainNumber(median)} (middle half ${plainNumber(q1)} to ${plainNumber(q3)}; Gini ${gini.toFixed(2)}, ` +
      `where 0 is the same for everybody)${alongside}.`,
  ];
}

function kindWords({ events, totals }: ExposureLoadResult): readonly string[] {
  const kinds = Object.entries(totals.category)
    .filter(([, count]) => count >= leastEventsInWords)
    .sort((a, b) => b[1] - a[1])
    .slice(0, kindsInWords)
    .map(([code, count]) => `${categoryLabel(code)} (${plainNumber(count)}, ${plainShare(count / events)})`);
  if (kinds.length === 0) return [];
  const [verb, noun] = kinds.length === 1 ? ['was', 'kind'] : ['were', 'kinds'];
  return [`The most frequent ${noun} ${verb} ${kinds.join('; ')}.`];
}

function schemeWords(scheme: Scheme): readonly string[] {
  if (scheme.id === 'count-v1') return [];
  const standing =
    scheme.status === 'approved' ? '' : `, which is ${scheme.status === 'draft' ? 'a draft' : 'retired'}`;
  return [
    `Loads are weighted by the scheme ${scheme.id}${standing}: a sensitivity view, to be read beside plain counts (count-v1).`,
  ];
}

/** Warnings that go with a load: what would make a reader misjudge the figures. */
export function loadWarnings(
  result: ExposureLoadResult,
  scheme: Scheme,
  attendances?: AttendanceRows,
): readonly string[] {
  const warnings: string[] = [];
  if (result.people === 0) warnings.push('Nobody is in post on that day: there is no distribution.');
  if (result.coverage === null) warnings.push('There are no exposure rows up to that day.');
  else if (result.coverage < leastCoverage) {
    warnings.push(
      `Only ${plainShare(result.coverage)} of ${rowsInWords(attendances)} have a code with a rule: complete the code rules.`,
    );
  }
  if (attendances && attendances.notImported > 0) {
    warnings.push(
      `${counted(attendances.notImported, 'attendance names an incident', 'attendances name incidents')} not imported: load the incidents of those days, or check their numbers.`,
    );
  }
  if (scheme.status !== 'approved') {
    warnings.push(`The scheme ${scheme.id} is not approved (${scheme.status}): use it to compare, not to decide.`);
  }
  return warnings;
}

const leastCoverage = 0.95;

/** What a series says: its span, its people, and the load per person at its two ends, without claiming a trend. */
export function readExposureSeries(columns: SeriesColumns, monthEnds: MonthEnds): readonly string[] {
  const window = columns.windowsDays[0] ?? 0;
  const [start, end] = [perPerson(columns, 0), perPerson(columns, monthEnds.months.length - 1)];
  const span =
    `The series has ${counted(monthEnds.months.length, 'month end', 'month ends')}, ` +
    `${plainDate(monthEnds.days[0] ?? 0)} to ${plainDate(monthEnds.days.at(-1) ?? 0)}.`;
  if (start === null || end === null) {
    return [span, 'At one end of it nobody was in post, so its ends cannot be compared.', limits];
  }
  return [
    span,
    `The mean load per person over the last ${counted(window, 'day', 'days')} was ${plainNumber(start.mean)} at the first ` +
      `(${counted(start.people, 'person', 'people')} in post) and ${plainNumber(end.mean)} at the last (${plainNumber(end.people)} in post).`,
    'Two points are not a trend: recording, people and seasons change too, and a run chart is the test for a change.',
    limits,
  ];
}

/** Mean load of the first window over everybody in post at a month end; null where nobody is. */
function perPerson(
  { months, windowsDays, pairs, people, counts }: SeriesColumns,
  month: number,
): { readonly people: number; readonly mean: number } | null {
  let [inPost, load] = [0, 0];
  for (let pair = 0; pair < pairs.length; pair += 1) {
    inPost += people[pair * months.length + month] ?? 0;
    load += counts[pair * windowsDays.length * months.length + month] ?? 0;
  }
  return inPost === 0 ? null : { people: inPost, mean: load / inPost };
}
