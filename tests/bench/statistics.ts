import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTable } from '#main/files/read-table.ts';
import type { DataTable } from '#main/stats/data/table.ts';
import { prepareProcedure, runPrepared } from '#main/stats/procedures/run-procedure.ts';
import { startNativeR } from '../statistics/native-r-session.ts';
import type { RSession } from '../statistics/r-session.ts';
import { csvOf } from '../statistics/run-procedure.ts';
import { startWebR } from '../statistics/webr-session.ts';
import { median, spreadText, type Verdict } from './measure.ts';
import { type Contest, contests } from './statistics-contests.ts';

const growth = 4;
/** How much more than in proportion the time of four times the rows may be: caches and sorting. */
const slack = 1.5;

async function tableOf(columns: ReturnType<Contest['columns']>): Promise<DataTable> {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
  try {
    const file = join(folder, 'data.csv');
    writeFileSync(file, csvOf(columns));
    return await readTable(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds of one run of the procedure on data in memory, its script included. */
async function ourSeconds(contest: Contest, table: DataTable): Promise<number> {
  const prepared = await prepareProcedure(contest.procedure, contest.spec);
  const context = { dataName: 'data.csv', attachments: {}, attachmentNames: {} };
  const started = performance.now();
  for (let repeat = 0; repeat < (contest.repeats ?? 1); repeat += 1) runPrepared(prepared, table, context);
  return (performance.now() - started) / 1_000;
}

/** Seconds that R says it took for the same on a data frame in memory, after a first run that warms it where that is short. */
async function theirSeconds(session: RSession, contest: Contest, data: string): Promise<number> {
  const script = [
    ...contest.packages.map((name) => `library(${name})`),
    'data <- read.csv("data.csv")',
    ...(contest.onceInR ? [] : [`invisible(${contest.r})`]),
    `result <- list(seconds = unname(system.time(${contest.r})[["elapsed"]]))`,
  ].join('\n');
  const { seconds } = (await session.run(script, { 'data.csv': data })) as { readonly seconds: number };
  return Math.max(seconds, 0.001) * (contest.onceInR ? (contest.repeats ?? 1) : 1);
}

async function against(contest: Contest, session: RSession | null, label: string, runs: number): Promise<Verdict> {
  const what = `${contest.name}: time against ${label}`;
  const bar = session?.name.includes('WebAssembly') ? 'less than 1 x' : 'at most 1 x';
  const missing = session ? await session.missing(contest.packages) : [];
  if (!session || missing.length > 0) {
    return { what, measured: `SKIPPED: ${session ? `no ${missing.join(', ')}` : 'not installed'}`, bar, met: true };
  }
  const columns = contest.columns(contest.size);
  const table = await tableOf(columns);
  const data = csvOf(columns);
  await ourSeconds(contest, table);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    ours.push(await ourSeconds(contest, table));
    theirs.push(await theirSeconds(session, contest, data));
  }
  const ratios = ours.map((seconds, run) => seconds / (theirs[run] as number));
  const measured = `${spreadText(ratios, 2)} x (${spreadText(ours, 3)} s, R ${spreadText(theirs, 3)} s)`;
  return { what, measured, bar, met: median(ratios) <= 1 };
}

async function linearity(contest: Contest, runs: number): Promise<Verdict> {
  const small = await tableOf(contest.columns(contest.size));
  const large = await tableOf(contest.columns(contest.size * growth));
  await ourSeconds(contest, small);
  const ratios: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const short = await ourSeconds(contest, small);
    ratios.push((await ourSeconds(contest, large)) / short);
  }
  const most = growth ** (contest.grows ?? 1) * slack;
  return {
    what: `${contest.name}: time for ${growth} times the ${contest.unit}`,
    measured: `${spreadText(ratios, 2)} x`,
    bar: `at most ${most} x`,
    met: median(ratios) <= most,
  };
}

/** The statistics beside R in WebAssembly for what base R covers, and beside the system's R. */
export async function benchStatistics(runs: number): Promise<Verdict[]> {
  const web = await startWebR();
  const native = startNativeR();
  const verdicts: Verdict[] = [];
  try {
    for (const contest of contests) {
      if ((await web.missing(contest.packages)).length === 0) {
        verdicts.push(await against(contest, web, 'R in WebAssembly', runs));
      }
      verdicts.push(await against(contest, native, 'the system’s R', runs));
      verdicts.push(await linearity(contest, runs));
    }
  } finally {
    await web.close();
    await native?.close();
  }
  return verdicts;
}
