import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchEarlyWarning } from '../tests/bench/early-warning.ts';
import { benchImportAndSeries } from '../tests/bench/import-and-series.ts';
import { benchImportAtScale } from '../tests/bench/import-at-scale.ts';
import { benchMatching } from '../tests/bench/matching.ts';
import type { Verdict } from '../tests/bench/measure.ts';
import { benchReports } from '../tests/bench/reports.ts';
import { benchSeriesContest } from '../tests/bench/series-contest.ts';
import { benchStatistics } from '../tests/bench/statistics.ts';
import { benchSuppression } from '../tests/bench/suppression.ts';
import { benchTimetable } from '../tests/bench/timetable.ts';
import { benchUnlock } from '../tests/bench/unlock.ts';

/** `npm run bench [-- --runs=N] [-- --only=import|scale|series|early-warning|statistics|suppression|matching|timetable|unlock|report]` */
const argument = (name: string): string | undefined =>
  process.argv.find((given) => given.startsWith(`--${name}=`))?.slice(name.length + 3);

const runs = Number(argument('runs') ?? 3);
const only = argument('only');
const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
try {
  console.log(`Each figure is the median of ${runs} runs, with its range. Compared commands run in turn.\n`);
  const verdicts: Verdict[] = [];
  if (only === undefined || only === 'import') verdicts.push(...benchImportAndSeries(folder, runs));
  if (only === undefined || only === 'series') verdicts.push(...benchSeriesContest(folder, runs));
  if (only === undefined || only === 'scale') verdicts.push(...benchImportAtScale(folder, runs));
  if (only === undefined || only === 'unlock') verdicts.push(...benchUnlock(folder, runs));
  if (only === undefined || only === 'early-warning') verdicts.push(...benchEarlyWarning(folder, runs));
  if (only === undefined || only === 'statistics') verdicts.push(...(await benchStatistics(runs)));
  if (only === undefined || only === 'suppression') verdicts.push(...(await benchSuppression(runs)));
  if (only === undefined || only === 'matching') verdicts.push(...(await benchMatching(folder, runs)));
  if (only === undefined || only === 'timetable') verdicts.push(...benchTimetable(runs));
  if (only === undefined || only === 'report') verdicts.push(...benchReports(runs));
  for (const verdict of verdicts) {
    console.log(
      `${verdict.measured.startsWith('SKIPPED') ? 'skip' : verdict.met ? 'met ' : 'MISS'}  ${verdict.what}\n      ${verdict.measured}; asked for ${verdict.bar}`,
    );
  }
  process.exitCode = verdicts.every((verdict) => verdict.met) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
