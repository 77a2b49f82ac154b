import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { QualityFinding, QualityResult } from '#shared/contract/quality.ts';
import { loadPlanted, planted } from './quality-force.ts';
import { newVault, passphrase, type Session, temporaryFolder, user, writeText } from './test-vault.ts';

const folder = temporaryFolder('quality');
const vault = join(folder, 'vault');
let session: Session;
let quality: QualityResult;

beforeAll(async () => {
  session = await newVault(vault, ['analyst']);
  const empty = await session.call('quality.get', {});
  expect(empty).toMatchObject({ asOf: null, findings: [], freshness: [], coverage: [], volumes: [] });
  await loadPlanted(session, folder);
  quality = await session.call('quality.get', {});
});
afterAll(() => session.engine.close());

const kindOf = <Entry extends { readonly kind: string }>(entries: readonly Entry[], kind: string): Entry =>
  entries.find((entry) => entry.kind === kind)!;
const finding = (topic: QualityFinding['topic'], kind: string): QualityFinding | undefined =>
  quality.findings.find((entry) => entry.topic === topic && entry.kind === kind);

describe('the data quality of a vault with planted faults', () => {
  it('measures freshness to the newest day of any extract, by the rhythm of the batches', () => {
    expect(quality.asOf).toBe(planted.last);
    const duties = kindOf(quality.freshness, 'duties');
    expect(duties).toMatchObject({ to: '2025-11-30'.replace('30', '29'), importedBy: user, from: '2024-01-03' });
    expect(duties.cadenceDays).toBeGreaterThanOrEqual(28);
    expect(duties.cadenceDays).toBeLessThanOrEqual(31);
    expect(duties.lateDays).toBe(duties.daysSince! - duties.cadenceDays!);
    expect(finding('freshness', 'duties')).toMatchObject({ severity: 'act' });
    expect(kindOf(quality.freshness, 'incidents').lateDays).toBe(0);
    // One import is no rhythm.
    expect(kindOf(quality.freshness, 'people')).toMatchObject({ cadenceDays: null, lateDays: null });
  });

  it('finds the unit and month that has no duties, and concludes nothing from a unit of six', () => {
    const duties = kindOf(quality.coverage, 'duties');
    expect(duties.basis).toBe('people');
    const gaps = duties.units.flatMap(({ unit, gaps: found }) =>
      found.flatMap((gap, at) => (gap === null ? [] : [`${unit} ${duties.months[at]} ${gap}`])),
    );
    expect(gaps).toEqual([`${planted.dutyGap.unit} ${planted.dutyGap.month} none`]);
    const south = duties.units.find(({ unit }) => unit === 'South')!;
    expect(new Set(south.people)).toEqual(new Set([40]));
    expect(south.usual).toBe(1);
    expect(duties.units.find(({ unit }) => unit === 'Dive team')!.people[0]).toBe(6);
    expect(finding('coverage', 'duties')!.title).toBe('Duties: no rows for South, May 2025');
  });

  it('finds the column that stopped being filled', () => {
    const reason = quality.missing.find(({ kind, column }) => kind === 'absences' && column === 'reason_code')!;
    expect(reason.stoppedSince).toBe(planted.reasonsStop);
    expect(quality.missing.filter(({ stoppedSince }) => stoppedSince !== null)).toEqual([reason]);
    expect(reason.empty / reason.rows).toBeCloseTo(reason.share, 10);
    const shares = Object.fromEntries(reason.months.map((month, at) => [month, reason.shares[at]]));
    expect([shares['2025-09'], shares['2025-10'], shares['2026-02']]).toEqual([0, 1, 1]);
    expect(finding('missing', 'absences')!.title).toContain('since Oct 2025');
  });

  it('finds the code that gave way to another, and no others', () => {
    const changes = quality.codes.map(({ kind, column, code, change }) => `${kind} ${column} ${code} ${change}`);
    const { from, to } = planted.codeChange;
    expect(changes.sort()).toEqual(
      [`incidents opened_code ${to} appeared`, `incidents opened_code ${from} vanished`].sort(),
    );
    expect(kindOf(quality.codes, 'incidents').rows).toBeGreaterThan(100);
  });

  it('finds that the attendances halved, in words, with the month that it began', () => {
    const attendances = kindOf(quality.volumes, 'attendances');
    expect(attendances.measure).toBe('rate');
    expect(attendances.months).toHaveLength(26);
    expect(attendances.signals.filter(({ current }) => current).map(({ words }) => words)).toContain(
      'three months below the lower limit since Dec 2025',
    );
    expect(finding('volumes', 'attendances')).toMatchObject({ severity: 'look' });
    expect(kindOf(quality.volumes, 'incidents').signals).toEqual([]);
  });

  it('finds arrivals that were entered twice, and an extract that was imported twice', () => {
    const near = kindOf(quality.duplicates.near, 'attendances');
    // Of the last three months' incidents, every sixtieth.
    expect(near.cases).toBeGreaterThanOrEqual(12);
    expect(near.rows).toBe(near.cases * 2);
    expect(quality.duplicates.batches).toMatchObject([{ kind: 'duties', fileName: 'duties-2025-11.csv' }]);
    const [doubled] = quality.duplicates.batches;
    expect(doubled!.read - doubled!.duplicate).toBe(1);
  });

  it('tells who is not among the people, and gives every located note', async () => {
    expect(kindOf(quality.freshness, 'attendances')).toMatchObject({ unknownPeople: 1, unknownRows: 26 });
    expect(finding('checks', 'attendances')!.title).toBe('Attendances: 1 person is not among the imported people');
    const noted = quality.notes.filter(({ code }) => code === 'UNKNOWN_PERSON');
    expect(noted).toHaveLength(9);
    expect(noted.reduce((sum, { count }) => sum + count, 0)).toBe(26);
    const { batch } = noted[0]!;
    const page = await session.call('quality.notes', { batch, code: 'UNKNOWN_PERSON', offset: 0, limit: 10 });
    expect(page.total).toBe(noted[0]!.count);
    expect(page.notes[0]).toMatchObject({ column: 'person_ref', code: 'UNKNOWN_PERSON' });
    expect((await session.call('quality.notes', { batch, code: 'LONG_DUTY', offset: 0, limit: 10 })).total).toBe(0);
    const file = join(folder, 'notes.csv');
    expect(await session.call('quality.saveNotes', { batch, file })).toEqual({ file, rows: page.total });
    expect(readFileSync(file, 'utf8')).toMatch(/^row,column,code,message\r\n\d+,person_ref,UNKNOWN_PERSON,/);
    expect(await session.refused('quality.notes', { batch: 9_999, offset: 0, limit: 1 })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('puts what must be mended first', () => {
    const severities = quality.findings.map(({ severity }) => severity);
    expect(severities).toEqual([...severities].sort((a, b) => 'act look note'.indexOf(a) - 'act look note'.indexOf(b)));
    for (const { title, meaning, action } of quality.findings) {
      for (const words of [title, meaning, action]) expect(words).not.toMatch(/undefined|NaN|null/);
    }
  });

  it('says the same from its cache, and another day only moves what depends on it', async () => {
    expect(await session.call('quality.get', {})).toEqual(quality);
    const later = await session.call('quality.get', { asOf: '2026-03-31' });
    expect(kindOf(later.freshness, 'incidents').daysSince).toBe(31);
    expect(later.coverage).toEqual(quality.coverage);
    expect(await session.refused('quality.get', { asOf: '2026-02-30' })).toMatchObject({ code: 'BAD_SPEC' });
  });

  it('forgets with a batch what was worked out from it', async () => {
    const { batches } = await session.call('imports.list', {});
    const { batch } = batches.find(({ fileName }) => fileName === 'incidents-2026-q1.csv')!;
    await session.call('imports.undo', { batch });
    const without = await session.call('quality.get', {});
    expect(kindOf(without.freshness, 'incidents').to! < '2026-01-01').toBe(true);
  });

  it('is told by the command line too', async () => {
    const last = await session.call('quality.get', {});
    await session.engine.close();
    const passphraseFile = writeText(join(folder, 'passphrase.txt'), `${passphrase}\n`);
    const run = (...args: string[]): string =>
      execFileSync(resolve('node_modules/.bin/node'), [resolve('bin/tidemark.mjs'), 'quality', vault, ...args], {
        encoding: 'utf8',
        env: { ...process.env, TIDEMARK_USER: user, TIDEMARK_PASSPHRASE_FILE: passphraseFile },
      });
    expect(JSON.parse(run('--json'))).toEqual(last);
    expect(run('--as-of', '2026-03-31')).toMatch(/^Data quality as of 2026-03-31\n/);
  });
});
