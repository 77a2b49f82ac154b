import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchImportAndSeries } from '../tests/bench/import-and-series.ts';

const runs = Number(process.argv.find((argument) => argument.startsWith('--runs='))?.slice(7) ?? 3);
const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
try {
  console.log(`Each figure is the median of ${runs} runs, with its range. Compared commands run in turn.\n`);
  const verdicts = benchImportAndSeries(folder, runs);
  for (const verdict of verdicts) {
    console.log(
      `${verdict.met ? 'met ' : 'MISS'}  ${verdict.what}\n      ${verdict.measured}; asked for ${verdict.bar}`,
    );
  }
  process.exitCode = verdicts.every((verdict) => verdict.met) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
