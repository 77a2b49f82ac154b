import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ForceSize, writeForceExtracts } from './force-extracts.ts';
import { median, spreadText, type Verdict } from './measure.ts';

const people = 12_000;
const sizes: readonly ForceSize[] = [1, 5, 10].map((millions) => ({
  people,
  incidents: millions * 200_000,
  attendances: millions * 1_000_000,
}));

type Files = { readonly people: string; readonly incidents: string; readonly attendances: string };
type Measured = Readonly<Record<string, number>>;

function filesOf(folder: string, size: ForceSize): Files {
  const place = join(folder, `force-${size.attendances}`);
  mkdirSync(place, { recursive: true });
  const files = {
    people: join(place, 'people.csv'),
    incidents: join(place, 'incidents.csv'),
    attendances: join(place, 'attendances.csv'),
  };
  if (!existsSync(files.attendances)) writeForceExtracts(size, files);
  return files;
}

function importInTidemark(folder: string, files: Files, size: ForceSize): Measured {
  const script = fileURLToPath(new URL('./scale-child.ts', import.meta.url));
  const vault = join(folder, 'vault-at-scale');
  const output = execFileSync(process.execPath, [script, vault, files.people, files.incidents, files.attendances], {
    encoding: 'utf8',
  });
  rmSync(vault, { recursive: true, force: true });
  const measured = JSON.parse(output) as Measured;
  if (measured['attendances'] !== size.attendances || measured['incidents'] !== size.incidents) {
    throw new Error(
      `the import accepted ${measured['attendances']} attendances and ${measured['incidents']} incidents`,
    );
  }
  return measured;
}

const tables = {
  people: 'people (person_ref TEXT PRIMARY KEY, role TEXT, unit TEXT, service_start TEXT)',
  incidents:
    'incidents (incident_ref TEXT PRIMARY KEY, created_at TEXT, opened_code TEXT, closed_codes TEXT, grade TEXT, unit TEXT)',
  attendances:
    'attendances (incident_ref TEXT, person_ref TEXT, arrived_at TEXT, cleared_at TEXT, role TEXT, attribution TEXT, PRIMARY KEY (incident_ref, person_ref, arrived_at))',
} as const;

/** Seconds that `sqlite3 .import` takes for the same files, into plain tables with the same keys. */
function importInSqlite(folder: string, files: Files, size: ForceSize): number {
  const database = join(folder, 'plain-at-scale.db');
  rmSync(database, { force: true });
  for (const table of Object.values(tables)) execFileSync('sqlite3', [database, `CREATE TABLE ${table}`]);
  const started = performance.now();
  for (const name of ['incidents', 'attendances'] as const) {
    execFileSync('sqlite3', [database, '.mode csv', `.import --skip 1 ${files[name]} ${name}`], { stdio: 'pipe' });
  }
  const seconds = (performance.now() - started) / 1_000;
  const count = execFileSync('sqlite3', [database, 'SELECT count(*) FROM attendances'], { encoding: 'utf8' });
  if (Number(count) !== size.attendances) throw new Error(`sqlite3 took ${count} rows`);
  rmSync(database, { force: true });
  return seconds;
}

function rate(rows: number, seconds: number): string {
  return `${Math.round(rows / seconds / 1_000)} thousand rows/s`;
}

function value(measured: readonly Measured[], name: string): number[] {
  return measured.map((one) => one[name] ?? Number.NaN);
}

function totalSeconds(measured: readonly Measured[]): number[] {
  return measured.map((one) => (one['incidentSeconds'] ?? 0) + (one['attendanceSeconds'] ?? 0));
}

function verdictsOfForce(force: readonly Measured[], sqlite: readonly number[], size: ForceSize): Verdict[] {
  const rows = size.attendances + size.incidents;
  const ours = totalSeconds(force);
  const ratios = sqlite.map((seconds, run) => seconds / (ours[run] as number));
  const undo = force.map((one) => (one['undoSeconds'] ?? 0) / (one['attendanceSeconds'] ?? 1));
  const clicks = value(force, 'slowestClickMs');
  const left = Math.max(...value(force, 'rowsLeft'));
  const against: Verdict =
    sqlite.length === 0
      ? {
          what: 'import of a force against sqlite3 .import',
          measured: 'SKIPPED: sqlite3 is not installed (apt-get install sqlite3)',
          bar: '≥ 2 ×',
          met: true,
        }
      : {
          what: `import of 5,000,000 attendances and 1,000,000 incidents against sqlite3 .import with the same keys (${rate(rows, median(sqlite))})`,
          measured: `${spreadText(ratios, 2)} × at ${rate(rows, median(ours))}`,
          bar: '≥ 2 ×',
          met: median(ratios) >= 2,
        };
  return [
    against,
    {
      what: 'undoing 5,000,000 attendances, in the time that loading them took',
      measured: `${spreadText(undo, 2)} ×`,
      bar: '≤ 1 ×',
      met: median(undo) <= 1,
    },
    {
      what: 'rows of them left in the store, read with the data key',
      measured: `${left}`,
      bar: '0',
      met: left === 0,
    },
    {
      what: 'the slowest of two calls every 150 ms while that goes on',
      measured: `${spreadText(clicks, 0)} ms`,
      bar: '< 100 ms',
      met: median(clicks) < 100,
    },
  ];
}

function verdictsOfGrowth(small: readonly Measured[], large: readonly Measured[]): Verdict[] {
  const memory = small.map((one, run) => (large[run]?.['loadedMiB'] ?? 0) / (one['loadedMiB'] ?? 1));
  const cost = totalSeconds(small).map((seconds, run) => (totalSeconds(large)[run] ?? 0) / 10 / seconds);
  return [
    {
      what: `memory at 10 million attendances in that at 1 million (${spreadText(value(small, 'loadedMiB'), 0)} MiB)`,
      measured: `${spreadText(memory, 2)} ×`,
      bar: '≤ 1.15 ×',
      met: median(memory) <= 1.15,
    },
    {
      what: 'cost of a row at 10 million attendances in that at 1 million',
      measured: `${spreadText(cost, 2)} ×`,
      bar: '< 1.5 ×',
      met: median(cost) < 1.5,
    },
  ];
}

/** Import of a force's history: beside `sqlite3 .import` in the same run, and how it grows. */
export function benchImportAtScale(folder: string, runs: number): Verdict[] {
  mkdirSync(folder, { recursive: true });
  const [small, force, large] = sizes as [ForceSize, ForceSize, ForceSize];
  const compare = spawnSync('sqlite3', ['--version']).status === 0;
  const measured = { small: [] as Measured[], force: [] as Measured[], large: [] as Measured[] };
  const sqlite: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    measured.small.push(importInTidemark(folder, filesOf(folder, small), small));
    measured.force.push(importInTidemark(folder, filesOf(folder, force), force));
    if (compare) sqlite.push(importInSqlite(folder, filesOf(folder, force), force));
    measured.large.push(importInTidemark(folder, filesOf(folder, large), large));
  }
  return [...verdictsOfForce(measured.force, sqlite, force), ...verdictsOfGrowth(measured.small, measured.large)];
}
