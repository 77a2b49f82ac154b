import type { ReleasedCounts } from '#main/disclosure/released-counts.ts';
import type { ReportRelease } from './made-report.ts';

/** What several parts of one report let out, as one release; the threshold is that of the first. */
export function releasedTogether([own, ...more]: readonly [ReportRelease, ...ReportRelease[]]): ReportRelease {
  const all = [own, ...more];
  const of = (measures: 'workforce' | 'clinical'): ReleasedCounts => ({
    cells: all.flatMap(({ body }) => body[measures].cells),
    sums: all.flatMap(({ body }) => body[measures].sums),
    threshold: own.body[measures].threshold,
  });
  return {
    body: { workforce: of('workforce'), clinical: of('clinical') },
    counts: all.reduce((sum, { counts }) => sum + counts, 0),
    withheld: all.reduce((sum, { withheld }) => sum + withheld, 0),
  };
}
