import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeExposuresFile, writePeopleFile } from '#main/services/synthetic/index.ts';
import { median, spreadText, type Verdict } from './measure.ts';

const rows = 2_000_000;
const people = 50_000;
const years = 5;
const seed = 20_260_331;
const endDate = '2026-03-31';

function child(script: string, ...parameters: readonly string[]): Readonly<Record<string, number>> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const output = execFileSync(process.execPath, [file, ...parameters], { encoding: 'utf8' });
  return JSON.parse(output) as Record<string, number>;
}

const sqliteColumns = [
  'person_ref',
  'occurred_at',
  'category',
  'incident_ref',
  'proximity',
  'minutes_on_scene',
  'first_on_scene',
  'known_victim',
  'attribution',
  'source',
  'recorded_at',
];

/** Seconds that `sqlite3 .import` takes for the file, into a plain table with the same unique key or with none. */
function sqliteImport(folder: string, file: string, keyed: boolean): number {
  const database = join(folder, 'plain.db');
  rmSync(database, { force: true });
  const key = keyed ? ', UNIQUE (person_ref, occurred_at, category, incident_ref)' : '';
  execFileSync('sqlite3', [
    database,
    `CREATE TABLE t (${sqliteColumns.map((name) => `${name} TEXT`).join(', ')}${key})`,
  ]);
  const started = performance.now();
  execFileSync('sqlite3', [database, '.mode csv', `.import --skip 1 ${file} t`], { stdio: 'pipe' });
  const seconds = (performance.now() - started) / 1_000;
  const count = Number(execFileSync('sqlite3', [database, 'SELECT count(*) FROM t'], { encoding: 'utf8' }));
  if (count !== rows) throw new Error(`sqlite3 took ${count} rows`);
  return seconds;
}

function hasSqlite(): boolean {
  return spawnSync('sqlite3', ['--version']).status === 0;
}

function importVerdicts(ours: readonly number[], keyed: readonly number[], plain: readonly number[]): Verdict[] {
  const rate = (seconds: readonly number[]): string => `${Math.round(rows / median(seconds) / 1_000)} thousand rows/s`;
  const verdict = (name: string, theirs: readonly number[], bar: number): Verdict => {
    const ratios = theirs.map((seconds, run) => seconds / (ours[run] as number));
    return {
      what: `import of 2,000,000 exposures against sqlite3 .import ${name} (${rate(theirs)})`,
      measured: `${spreadText(ratios, 2)} × at ${rate(ours)}`,
      bar: `≥ ${bar} ×`,
      met: median(ratios) >= bar,
    };
  };
  return [verdict('with the same unique key', keyed, 1.5), verdict('with no key', plain, 0.4)];
}

/** Import beside `sqlite3 .import` of the same file in the same run, then the series from the rows and when packed. */
export function benchImportAndSeries(folder: string, runs: number): Verdict[] {
  mkdirSync(folder, { recursive: true });
  const peopleFile = join(folder, 'people.csv');
  const exposuresFile = join(folder, 'exposures.csv');
  const vault = join(folder, 'vault');
  if (!existsSync(peopleFile)) writePeopleFile(peopleFile, { people, years, seed, endDate });
  if (!existsSync(exposuresFile)) writeExposuresFile(exposuresFile, { rows, people, years, seed, endDate });
  const ours: number[] = [];
  const memory: number[] = [];
  const keyed: number[] = [];
  const plain: number[] = [];
  const compare = hasSqlite();
  for (let run = 0; run < runs; run += 1) {
    if (compare) keyed.push(sqliteImport(folder, exposuresFile, true));
    const measured = child('./import-child.ts', vault, peopleFile, exposuresFile);
    if (measured['accepted'] !== rows) throw new Error(`the import accepted ${measured['accepted']} rows`);
    ours.push(measured['seconds'] ?? 0);
    memory.push(measured['maxRssMiB'] ?? 0);
    if (compare) plain.push(sqliteImport(folder, exposuresFile, false));
  }
  const verdicts: Verdict[] = compare ? importVerdicts(ours, keyed, plain) : [skipped];
  verdicts.push({
    what: 'memory of the process that imports 2,000,000 exposures',
    measured: `${spreadText(memory, 0)} MiB`,
    bar: '< 400 MiB',
    met: median(memory) < 400,
  });
  return [...verdicts, ...seriesVerdicts(folder, vault, runs)];
}

const skipped: Verdict = {
  what: 'import against sqlite3 .import',
  measured: 'skipped: sqlite3 is not installed (apt-get install sqlite3)',
  bar: '≥ 1.5 × and ≥ 0.4 ×',
  met: true,
};

function seriesVerdicts(folder: string, vault: string, runs: number): Verdict[] {
  const fromRows: number[] = [];
  const packed: number[] = [];
  const held: number[] = [];
  const copy = join(folder, 'vault-copy');
  for (let run = 0; run < runs; run += 1) {
    // A copy that has never been analysed: its first series is from the rows, its next process finds them packed.
    rmSync(copy, { recursive: true, force: true });
    cpSync(vault, copy, { recursive: true });
    const cold = child('./series-child.ts', copy, '2021-04', '2026-03');
    const warm = child('./series-child.ts', copy, '2021-04', '2026-03');
    fromRows.push(cold['first'] ?? 0);
    packed.push(warm['first'] ?? 0);
    held.push(warm['second'] ?? 0);
  }
  rmSync(copy, { recursive: true, force: true });
  const verdict = (what: string, seconds: readonly number[], bar: number): Verdict => ({
    what: `exposure-series, ${people.toLocaleString('en-GB')} people × 60 months, ${what}`,
    measured: `${spreadText(seconds, 2)} s`,
    bar: `< ${bar} s`,
    met: median(seconds) < bar,
  });
  return [
    verdict('first time, from the rows', fromRows, 1.5),
    verdict('packed, read by a new process', packed, 0.3),
    verdict('packed and asked again', held, 0.3),
  ];
}
