import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { simulationCells } from '../tests/simulation/cells.ts';
import { barsOf, type CellTally, runCell } from '../tests/simulation/run-cell.ts';

/**
 * `npm run simulate [-- --replications N --only WORD --seed N]`: how often intervals cover the planted truth, and how often true
 * null hypotheses are rejected, over 2,000 replications of each design. Ends with 1 where a share is outside its bars.
 */

type Job = { readonly replications: number; readonly seed: number };

if (isMainThread) process.exitCode = await main();
else work(workerData as Job);

function work({ replications, seed }: Job): void {
  parentPort?.on('message', (place: number) => {
    const cell = simulationCells[place];
    if (cell) parentPort?.postMessage({ place, tally: runCell(cell, replications, seed) });
  });
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}

async function main(): Promise<number> {
  const job: Job = { replications: Number(option('replications') ?? 2_000), seed: Number(option('seed') ?? 1) };
  const word = option('only')?.toLowerCase() ?? '';
  const places = simulationCells.flatMap((cell, place) => (cell.name.toLowerCase().includes(word) ? [place] : []));
  console.log(`${places.length} designs, ${job.replications} replications each, seed ${job.seed}; bars in brackets.`);
  let outside = 0;
  await shareOut(places, job, (place, tally) => {
    outside += report(place, tally);
  });
  console.log(outside === 0 ? '\nEvery share is within its bars.' : `\n${outside} shares are outside their bars.`);
  return outside === 0 ? 0 : 1;
}

function shareOut(places: readonly number[], job: Job, done: (place: number, tally: CellTally) => void): Promise<void> {
  const waiting = [...places];
  const threads = Math.min(availableParallelism(), Math.max(1, waiting.length));
  return new Promise((resolve, reject) => {
    let running = 0;
    const next = (worker: Worker): void => {
      const place = waiting.shift();
      if (place === undefined) {
        void worker.terminate();
        running -= 1;
        if (running === 0) resolve();
        return;
      }
      worker.postMessage(place);
    };
    for (let thread = 0; thread < threads; thread += 1) {
      const worker = new Worker(new URL(import.meta.url), { workerData: job });
      running += 1;
      worker.on('error', reject);
      worker.on('message', ({ place, tally }: { readonly place: number; readonly tally: CellTally }) => {
        done(place, tally);
        next(worker);
      });
      next(worker);
    }
  });
}

/** Prints a cell; how many of its shares are outside their bars. */
function report(place: number, tally: CellTally): number {
  const cell = simulationCells[place];
  if (!cell) return 0;
  console.log(`\n${cell.name}${tally.without > 0 ? ` (${tally.without} draws without an estimate)` : ''}`);
  if (cell.bars) console.log(`  bars of its own: ${cell.bars.why}`);
  let outside = 0;
  for (const { parameter, kind, readings, hits } of tally.parameters) {
    const share = hits / readings;
    const [least, most] = barsOf(cell, kind);
    const met = share >= least && share <= most;
    if (!met) outside += 1;
    const error = Math.sqrt((share * (1 - share)) / readings);
    console.log(
      `  ${met ? 'met ' : 'MISS'}  ${kind} ${(100 * share).toFixed(1)}% ± ${(100 * error).toFixed(1)}  [${100 * least}–${100 * most}]  ${parameter}`,
    );
  }
  return outside;
}
