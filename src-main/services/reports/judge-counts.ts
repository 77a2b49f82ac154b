import type { CaseFinding } from '#main/analysis/screening/screening-summary.ts';
import {
  type CountedAs,
  type CountsToRelease,
  joinReleases,
  keyOf,
  type ReleasedCounts,
} from '#main/disclosure/released-counts.ts';
import { decideSystem } from '#main/workers/run-suppression.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import {
  clinicalCounts,
  eventsAs,
  type Group,
  peopleAs,
  type Response,
  screenedAs,
  workforceCounts,
} from './counts-to-release.ts';
import type { Shown } from './published-cells.ts';
import type { ReportFacts } from './report-facts.ts';
import { assessedAs, positiveAs } from './screen-counts.ts';
import { type Bin, binAs } from './spread-bins.ts';

/** What a release held, as the log keeps it. */
export type ReleaseBody = { readonly workforce: ReleasedCounts; readonly clinical: ReleasedCounts };

/** Every count of a report as it may be shown, decided for all its tables and the earlier releases together. */
export type JudgedCounts = {
  readonly events: (group: Group) => Shown;
  readonly people: (group: Group) => Shown;
  /** A bar of the histogram of exposures per person. */
  readonly bin: (bin: Pick<Bin, 'from' | 'to'>) => Shown;
  readonly assessed: (instrument: string, family: string) => Shown;
  readonly positive: (instrument: string, finding: CaseFinding) => Shown;
  readonly screened: (instrument: string, response: Response) => Shown;
  /** What the log of releases keeps of it. */
  readonly body: ReleaseBody;
  readonly counts: number;
  readonly withheld: number;
};

type Judged = { readonly shown: ReadonlyMap<string, Shown>; readonly released: ReleasedCounts };

/**
 * Decides one system of counts with the earlier releases that share counts with it.
 *
 * @throws ExpectedError DISCLOSURE where no choice is safe
 */
export async function judgeTogether(
  counts: CountsToRelease,
  earlier: readonly ReleasedCounts[],
  signal: AbortSignal,
): Promise<Judged> {
  const { threshold } = counts;
  const joined = joinReleases(counts, earlier);
  const { reasons } = await decideSystem(joined.system, joined.rules, signal);
  const shown = new Map<string, Shown>();
  for (const cell of counts.cells) {
    if (!cell.shown) continue;
    const index = joined.indexOf.get(keyOf(cell)) ?? -1;
    const isSmall = cell.value > 0 && cell.value < threshold;
    const reason = isSmall ? 'primary' : (reasons[index] ?? null);
    shown.set(keyOf(cell), { value: reason === null ? cell.value : null, reason });
  }
  const cells = counts.cells.map(({ group, from, to, value, shown: isShown }) => {
    const published = isShown && shown.get(keyOf({ group, from, to }))?.value !== null;
    return { group, from, to, value, published, shown: isShown };
  });
  return { shown, released: { cells, sums: counts.sums, threshold } };
}

/**
 * Judges counts with the tables beside the main ones, or without them where earlier releases leave no way to show them: a
 * report without its histogram or its positive screens is better than none.
 */
async function judgeWithSides(
  countsOf: (withSides: boolean) => CountsToRelease,
  earlier: readonly ReleasedCounts[],
  signal: AbortSignal,
): Promise<Judged> {
  try {
    return await judgeTogether(countsOf(true), earlier, signal);
  } catch (error) {
    if (earlier.length === 0 || !(error instanceof ExpectedError) || error.error.code !== 'DISCLOSURE') throw error;
    return judgeTogether(countsOf(false), earlier, signal);
  }
}

/**
 * Decides what of a report's counts may be shown, given what was released before.
 * @throws ExpectedError DISCLOSURE where no choice is safe
 */
export async function judgeCounts(
  facts: ReportFacts,
  earlier: readonly ReleaseBody[],
  signal: AbortSignal,
): Promise<JudgedCounts> {
  const workforce = await judgeWithSides(
    (withSides) => workforceCounts(facts, withSides),
    earlier.map((release) => release.workforce),
    signal,
  );
  const clinical = await judgeWithSides(
    (withSides) => clinicalCounts(facts, withSides),
    earlier.map((release) => release.clinical),
    signal,
  );
  const from =
    ({ shown }: Judged) =>
    (as: CountedAs): Shown =>
      shown.get(keyOf(as)) ?? { value: null, reason: 'primary' };
  const all = [...workforce.shown.values(), ...clinical.shown.values()];
  return {
    events: (group) => from(workforce)(eventsAs(group, facts.spec)),
    people: (group) => from(workforce)(peopleAs(group, facts.spec)),
    bin: (bin) => from(workforce)(binAs(bin, facts.spec)),
    assessed: (instrument, family) => from(clinical)(assessedAs(instrument, family, facts.spec)),
    positive: (instrument, finding) => from(clinical)(positiveAs(instrument, finding, facts.spec)),
    screened: (instrument, response) => from(clinical)(screenedAs(instrument, response, facts.spec)),
    body: { workforce: workforce.released, clinical: clinical.released },
    counts: all.length,
    withheld: all.filter(({ value }) => value === null).length,
  };
}
