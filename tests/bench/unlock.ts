import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeForceExtracts } from './force-extracts.ts';
import { median, spreadText, type Verdict } from './measure.ts';

const attendances = 10_000_000;

function child(...parameters: readonly string[]): Readonly<Record<string, number>> {
  const script = fileURLToPath(new URL('./unlock-child.ts', import.meta.url));
  return JSON.parse(execFileSync(process.execPath, [script, ...parameters], { encoding: 'utf8' })) as Record<
    string,
    number
  >;
}

/** Unlocking a vault of a large force's five years, beyond what the passphrase is meant to cost, and its overview. */
export function benchUnlock(folder: string, runs: number): Verdict[] {
  const place = join(folder, 'unlock');
  const vault = join(place, 'vault');
  mkdirSync(place, { recursive: true });
  const [people, incidents, rows] = ['people', 'incidents', 'attendances'].map((name) => join(place, `${name}.csv`));
  if (!people || !incidents || !rows) throw new Error('the bench names no files');
  writeForceExtracts(
    { people: 12_000, incidents: attendances / 5, attendances },
    { people, incidents, attendances: rows },
  );
  const filled = child('fill', vault, people, incidents, rows);
  if (filled['rows'] !== attendances) throw new Error(`the import accepted ${filled['rows']} attendances`);
  for (const file of [people, incidents, rows]) rmSync(file);
  const seconds: number[] = [];
  const derivation: number[] = [];
  const overview: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const measured = child('unlock', vault);
    seconds.push(measured['seconds'] ?? 0);
    derivation.push(measured['derivation'] ?? 0);
    overview.push(measured['overview'] ?? 0);
  }
  const gigabytes = (statSync(join(vault, 'vault.db')).size / 1e9).toFixed(2);
  rmSync(place, { recursive: true });
  return [
    {
      what: `unlocking a vault of ${attendances.toLocaleString('en-GB')} attendances (${gigabytes} GB), beyond the key derivation`,
      measured: `${spreadText(seconds, 3)} s (the derivation itself ${spreadText(derivation, 3)} s)`,
      bar: '< 1 s',
      met: median(seconds) < 1,
    },
    {
      what: `the overview of that vault, after unlocking it (counting it once, after the import, took ${(filled['counting'] ?? 0).toFixed(1)} s)`,
      measured: `${spreadText(overview, 3)} s`,
      bar: '< 1 s',
      met: median(overview) < 1,
    },
  ];
}
