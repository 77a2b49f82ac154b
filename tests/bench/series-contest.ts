import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isoOfDay, lastDayOfMonth } from '#shared/domain/dates.ts';
import { randomStream } from '#shared/domain/random.ts';
import { writeLines } from './force-extracts.ts';
import { median, spreadText, type Verdict } from './measure.ts';

const people = 50_000;
const monthCount = 60;
const lastMonth = 2026 * 12 + 2;
const lastDay = lastDayOfMonth(lastMonth);
const spanDays = 1_826;
const bar = 10;

type Sums = ReadonlyMap<string, readonly number[]>;

type Contestant = { readonly name: string; readonly run: (folder: string, out: string) => number };

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

function seconds(command: string, parameters: readonly string[]): number {
  return Number(execFileSync(command, parameters, { encoding: 'utf8' }).trim());
}

function runs(command: string, parameters: readonly string[]): boolean {
  return spawnSync(command, parameters).status === 0;
}

/** Those that this machine has. DuckDB is looked for in the folder that TIDEMARK_DUCKDB names (`npm install @duckdb/node-api` there). */
function contestants(): { readonly found: readonly Contestant[]; readonly missing: readonly string[] } {
  const python = ['/usr/bin/python3', 'python3'].find((name) => runs(name, ['-c', 'import pandas, numpy']));
  const duckdb = process.env['TIDEMARK_DUCKDB'] ?? '';
  const all: readonly [Contestant, boolean][] = [
    [
      {
        name: 'R data.table',
        run: (folder, out) => seconds('Rscript', [here('./contest/series.R'), folder, out]),
      },
      runs('Rscript', ['-e', 'library(data.table)']),
    ],
    [
      {
        name: 'pandas',
        run: (folder, out) => seconds(python ?? '', [here('./contest/series.py'), folder, out]),
      },
      python !== undefined,
    ],
    [
      {
        name: 'DuckDB',
        run: (folder, out) => seconds(process.execPath, [here('./contest/series-duckdb.mjs'), folder, out, duckdb]),
      },
      existsSync(join(duckdb, 'node_modules', '@duckdb', 'node-api')),
    ],
  ];
  return {
    found: all.flatMap(([one, there]) => (there ? [one] : [])),
    missing: all.flatMap(([one, there]) => (there ? [] : [one.name])),
  };
}

/** The same force twice: as extracts for a vault, and as the plain columns that the others start from. */
function writeForce(folder: string, events: number): void {
  const random = randomStream(20_261_126, 'series contest');
  const posts = Array.from({ length: people }, () => ({
    unit: `U${random.nextBelow(60)}`,
    role: `R${random.nextBelow(14)}`,
    from: random.nextBelow(3) === 0 ? lastDay - random.nextBelow(spanDays) : 0,
    to: random.nextBelow(5) === 0 ? lastDay - random.nextBelow(spanDays) : 99_999,
  }));
  const post = (at: number) => posts[at] as (typeof posts)[number];
  const person = Uint32Array.from({ length: events }, () => random.nextBelow(people));
  const day = Uint32Array.from({ length: events }, () => lastDay - random.nextBelow(spanDays));
  writeLines(join(folder, 'people-extract.csv'), 'person_ref,unit,role,service_start,service_end', people, (at) => {
    const { unit, role, from, to } = post(at);
    return `P${at},${unit},${role},${from === 0 ? '' : isoOfDay(from)},${to === 99_999 ? '' : isoOfDay(to)}`;
  });
  writeLines(join(folder, 'exposures-extract.csv'), 'person_ref,occurred_at,category,incident_ref', events, (at) => {
    return `P${person[at]},${isoOfDay(day[at] as number)}T12:00:00Z,RTC_FATAL,I${at}`;
  });
  writeLines(join(folder, 'people.csv'), 'person,unit,role,from,to', people, (at) => {
    const { unit, role, from, to } = post(at);
    return `${at},${unit},${role},${from},${to}`;
  });
  writeLines(join(folder, 'events.csv'), 'person,day', events, (at) => `${person[at]},${day[at]}`);
  writeLines(join(folder, 'months.csv'), 'month,day', monthCount, (at) => {
    const end = lastDayOfMonth(lastMonth - monthCount + 1 + at);
    return `${isoOfDay(end).slice(0, 7)},${end}`;
  });
}

function readSums(file: string): Sums {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const names = head.trim().split(',');
  const at = (name: string): number => names.indexOf(name);
  const figures = ['people', 'w28', 'w90', 'w180', 'w365', 'decayed'].map(at);
  return new Map(
    lines.map((line) => {
      const cells = line.trim().split(',');
      const key = ['month', 'unit', 'role'].map((name) => cells[at(name)]).join(' ');
      return [key, figures.map((index) => Number(cells[index]))] as const;
    }),
  );
}

/** The largest difference between two sets of sums, over the larger of 1 and the figure; infinite where a cell is missing. */
function farthest(ours: Sums, theirs: Sums): number {
  if (ours.size !== theirs.size) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (const [key, figures] of ours) {
    const others = theirs.get(key);
    figures.forEach((figure, index) => {
      const gap = Math.abs(figure - (others?.[index] ?? Number.POSITIVE_INFINITY)) / Math.max(1, Math.abs(figure));
      most = Math.max(most, gap);
    });
  }
  return most;
}

function ours(vault: string, out: string): { readonly packed: number; readonly held: number } {
  const span = [`${isoOfDay(lastDayOfMonth(lastMonth - monthCount + 1))}`, isoOfDay(lastDay)];
  const months = span.map((day) => day.slice(0, 7));
  const output = execFileSync(process.execPath, [here('./series-child.ts'), vault, ...months, out], {
    encoding: 'utf8',
  });
  const { first = 0, second = 0 } = JSON.parse(output) as Record<string, number>;
  return { packed: first, held: second };
}

function fill(folder: string, events: number): string {
  mkdirSync(folder, { recursive: true });
  writeForce(folder, events);
  const vault = join(folder, 'vault');
  const files = [join(folder, 'people-extract.csv'), join(folder, 'exposures-extract.csv')];
  execFileSync(process.execPath, [here('./import-child.ts'), vault, ...files]);
  for (const file of files) rmSync(file);
  // The first series packs the columns; what is timed reads them.
  ours(vault, join(folder, 'ours.csv'));
  return vault;
}

/**
 * `exposure-series` of five years' month ends, packed columns in an encrypted vault, read by a new process; in the same run the
 * same sums by R, Python and DuckDB with everything in memory before their clock starts; then twice the events.
 */
export function benchSeriesContest(folder: string, times: number): Verdict[] {
  const place = join(folder, 'series-contest');
  const vault = fill(place, 5_000_000);
  const { found, missing } = contestants();
  const mine: number[] = [];
  const theirs = new Map(found.map(({ name }) => [name, [] as number[]]));
  for (let run = 0; run < times; run += 1) {
    mine.push(ours(vault, join(place, 'ours.csv')).packed);
    for (const { name, run: compute } of found) theirs.get(name)?.push(compute(place, join(place, `${name}.csv`)));
  }
  const sums = readSums(join(place, 'ours.csv'));
  const gaps = found.map(({ name }) => farthest(sums, readSums(join(place, `${name}.csv`))));
  rmSync(place, { recursive: true });
  const double = fill(place, 10_000_000);
  const twice = Array.from({ length: times }, () => ours(double, join(place, 'ours.csv')).packed);
  rmSync(place, { recursive: true });
  const best = [...theirs].sort((a, b) => median(a[1]) - median(b[1]))[0];
  const what = `exposure-series, 5,000,000 events of ${people.toLocaleString('en-GB')} people × ${monthCount} months, packed in the vault`;
  const each = [...theirs].map(([name, taken]) => `${name} ${spreadText(taken, 2)} s`).join(', ');
  const absent = missing.length === 0 ? '' : `; not installed: ${missing.join(', ')}`;
  const ratios = best?.[1].map((taken, run) => taken / (mine[run] as number)) ?? [];
  const growth = median(twice) / median(mine);
  return [
    best === undefined
      ? { what, measured: `SKIPPED: none of ${missing.join(', ')} is installed`, bar: `≥ ${bar} ×`, met: true }
      : {
          what: `${what}, against the best of those here (${each}${absent})`,
          measured: `${spreadText(ratios, 1)} × ${best[0]} at ${spreadText(mine, 2)} s`,
          bar: `≥ ${bar} ×`,
          met: median(ratios) >= bar,
        },
    {
      what: 'the same sums by all of them',
      measured: `farthest apart ${Math.max(0, ...gaps).toExponential(1)}`,
      bar: '≤ 1e-9',
      met: gaps.every((gap) => gap <= 1e-9),
    },
    {
      what: 'the same of 10,000,000 events, over 5,000,000',
      measured: `${growth.toFixed(2)} × at ${spreadText(twice, 2)} s`,
      bar: '≤ 2.2 ×',
      met: growth <= 2.2,
    },
  ];
}
