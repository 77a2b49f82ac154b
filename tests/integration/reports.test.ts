import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ReportSpec } from '#shared/contract/report-spec.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { blocksOf, countsOf, tablesOf } from './report-tables.ts';
import { copyVault, csvFile, newSession, newVault, type Session, temporaryFolder, unlocked } from './test-vault.ts';

const folder = temporaryFolder('reports');
const vault = join(folder, 'vault');
const written = ['pdf', 'docx', 'html'].map((kind) => `exposure-and-wellbeing.${kind}`);
const spec: ReportSpec = { template: 'exposure-and-wellbeing', from: '2025-04-01', to: '2026-03-31' };
let session: Session;

beforeAll(async () => {
  const maker = newSession();
  const force = await maker.call('synthetic.write', {
    folder: join(folder, 'force'),
    people: 250,
    years: 1,
    seed: 5,
    kinds: ['people', 'exposures', 'screenings'],
  });
  session = await newVault(vault);
  for (const { kind, path } of force.files) await session.call('imports.load', { file: path, kind, mapping: null });
});

const previewed = async (of: Session, asked: ReportSpec): Promise<ReportDocument> =>
  (await of.call('reports.preview', { spec: asked })).document as unknown as ReportDocument;

/** Every sentence of the document, wherever it stands. */
function words(document: ReportDocument): string {
  return JSON.stringify(document);
}

describe('what a report gives away', () => {
  it.each([[undefined], [2], [10], [30]])(
    'is no count under its threshold, in no table and no chart (%s)',
    async (threshold) => {
      const asked = threshold === undefined ? spec : { ...spec, threshold, clinicalThreshold: Math.max(threshold, 10) };
      const document = await previewed(session, asked);
      let withheld = 0;
      for (const { caption, data } of tablesOf(document)) {
        const least = data.threshold ?? Math.max(threshold ?? 5, 10);
        for (const value of countsOf(data).flat()) {
          if (value === null) withheld += 1;
          else expect(value === 0 || value >= least, `${caption}: ${value}`).toBe(true);
        }
      }
      expect(withheld).toBeGreaterThan(0);
      for (const block of blocksOf(document)) {
        if (block.kind !== 'figure') continue;
        const least = block.data.threshold ?? 10;
        const { chart } = block;
        const values =
          chart.kind === 'heat-map'
            ? chart.values.flat()
            : chart.kind === 'trend'
              ? chart.series.flatMap(({ values: each }) => each)
              : chart.kind === 'bars' && chart.decimals === 0
                ? chart.bars.map(({ value }) => value)
                : chart.kind === 'histogram'
                  ? chart.bins.map(({ count }) => count)
                  : [];
        for (const value of values)
          expect(typeof value !== 'number' || value === 0 || value >= least, `${block.title}: ${String(value)}`).toBe(
            true,
          );
      }
    },
  );

  it('is nothing that one subtraction would give back', async () => {
    const document = await previewed(session, spec);
    const all = tablesOf(document);
    const only = (list: readonly (number | null)[]): boolean => list.filter((value) => value === null).length === 1;
    const kinds = countsOf(all.find(({ data }) => data.columns[0]!.label === 'Kind')!.data).map(([count]) => count!);
    expect(kinds.at(-1)).not.toBeNull();
    expect(only(kinds.slice(0, -1))).toBe(false);
    const grid = countsOf(all.find(({ caption }) => caption === 'Exposures by unit and month')!.data);
    const months = countsOf(all.find(({ data }) => data.columns[0]!.label === 'Month')!.data).map(([count]) => count!);
    const unitTable = all.find(({ data }) => data.columns[0]!.label === 'Unit' && data.columns.length === 4)!.data;
    const unitTotals = new Map(
      unitTable.rows.map(({ cells }) => [cells[0]!.kind === 'text' ? cells[0]!.text : '', cells[2]!]),
    );
    const gridTable = all.find(({ caption }) => caption === 'Exposures by unit and month')!.data;
    grid.forEach((row, at) => {
      const name = gridTable.rows[at]!.cells[0]!;
      const total = unitTotals.get(name.kind === 'text' ? name.text : '');
      if (total?.kind === 'number') expect(only(row), 'a row with its total').toBe(false);
    });
    months.forEach((total, column) => {
      if (total !== null) expect(only(grid.map((row) => row[column]!)), 'a month with its total').toBe(false);
    });
    for (const column of [1, 2]) {
      const cells = unitTable.rows.map(({ cells: row }) => (row[column]!.kind === 'number' ? 1 : null));
      if (cells.at(-1) !== null) expect(only(cells.slice(0, -1)), `units, column ${column}`).toBe(false);
    }
  });

  it('is not in its sentences either, where a whole force is small', async () => {
    const small = await newVault(join(folder, 'small'));
    const people = csvFile(
      folder,
      'small-people.csv',
      'person_ref,role,unit',
      Array.from({ length: 12 }, (_, at) => `P${at},R,U`),
    );
    const events = csvFile(folder, 'small-exposures.csv', 'person_ref,occurred_at,category', [
      'P1,2025-06-01T10:00,RTC_FATAL',
      'P2,2025-06-02T10:00,RTC_FATAL',
      'P2,2025-06-03T10:00,RTC_FATAL',
    ]);
    await small.call('imports.load', { file: people, kind: 'people', mapping: null });
    await small.call('imports.load', { file: events, kind: 'exposures', mapping: null });
    const text = words(await previewed(small, spec));
    expect(text).not.toMatch(/\b3 exposures/);
    expect(text).not.toMatch(/"value":"?3\b/);
    // Two of twenty-six did not answer: neither they nor those who did may be told, by a number or by a share.
    const items = Array.from({ length: 7 }, (_, at) => `item_${at + 1}`).join(',');
    const answers = Array.from({ length: 26 }, (_, at) =>
      at < 24
        ? `P${at},GAD-7,completed,2025-06-01,2025-06-02,1,1,1,1,1,1,1`
        : `P${at},GAD-7,declined,2025-06-01,,,,,,,,`,
    );
    const header = `person_ref,instrument,status,invited_on,taken_on,${items}`;
    const file = csvFile(folder, 'small-screenings.csv', header, answers);
    await small.call('imports.load', { file, kind: 'screenings', mapping: null });
    const told = words(await previewed(small, spec));
    expect(told).toMatch(/Who was invited and who answered/);
    expect(told).not.toMatch(/24 of 26|92%|"value":(2|24)\b/);
    await small.engine.close();
  });

  it('can be built where there is nothing at all', async () => {
    const nothing = await newVault(join(folder, 'nothing'));
    const document = await previewed(nothing, spec);
    expect(words(document)).toMatch(/No exposures were recorded in the period/);
    expect(words(document)).toMatch(/Nobody was screened in the period/);
    await nothing.engine.close();
  });
});

describe('a report that was built', () => {
  const first = join(folder, 'first');
  const read = (where: string, name: string): Buffer => readFileSync(join(where, name));
  type Manifest = {
    run: unknown;
    results: { name: string; sha256: string }[];
    report: { title: string; spec: { threshold: number } };
  };
  const manifestOf = (where: string): Manifest => JSON.parse(read(where, 'manifest.json').toString()) as Manifest;

  beforeAll(async () => {
    await session.call('reports.build', { spec, folder: first });
  });

  it('is the same, byte for byte, when it is built again by another process at another time', async () => {
    const again = join(folder, 'again');
    const later = copyVault(vault, join(folder, 'later'));
    await session.engine.close();
    const other = await unlocked(later);
    await other.call('reports.build', { spec, folder: again });
    for (const name of [...written, 'facts.json']) {
      expect(read(again, name).equals(read(first, name)), name).toBe(true);
    }
    const [{ run, ...made }, { run: runAgain, ...madeAgain }] = [manifestOf(first), manifestOf(again)];
    expect(madeAgain).toEqual(made);
    expect(runAgain).not.toEqual(run);
    expect((run as { auditHead: string }).auditHead).toMatch(/^\d+:[0-9a-f]{64}$/);
    await other.call('vault.check', { head: (run as { auditHead: string }).auditHead });
    await other.engine.close();
    session = await unlocked(vault);
  });

  it('verifies as equal, and names the very thing that was changed', async () => {
    expect(await session.call('reports.verify', { folder: first })).toMatchObject({ equal: true, differences: [] });
    const kept = new Map(
      [...written, 'facts.json', 'signature.json', 'manifest.json'].map((name) => [name, read(first, name)]),
    );
    const wheres = async (): Promise<string[]> => {
      const { equal, differences } = await session.call('reports.verify', { folder: first });
      expect(equal).toBe(differences.length === 0);
      for (const [name, bytes] of kept) writeFileSync(join(first, name), bytes);
      return [...new Set(differences.map(({ where }) => where))];
    };
    for (const name of written) {
      const bytes = Buffer.from(kept.get(name)!);
      bytes[bytes.length >> 1] = bytes[bytes.length >> 1]! ^ 1;
      writeFileSync(join(first, name), bytes);
      expect(await wheres()).toEqual([`file ${name}`]);
      rmSync(join(first, name));
      expect(await wheres()).toEqual([`file ${name}`]);
    }
    const facts = read(first, 'facts.json').toString();
    writeFileSync(join(first, 'facts.json'), facts.replace('What people were exposed to', 'What people saw'));
    expect(await wheres()).toEqual(expect.arrayContaining(['What people were exposed to', 'file facts.json']));
    const forged = (change: (manifest: Manifest) => void): void => {
      const manifest = manifestOf(first);
      change(manifest);
      writeFileSync(join(first, 'manifest.json'), `${JSON.stringify(manifest)}\n`);
    };
    forged((manifest) => {
      manifest.results[0]!.sha256 = 'f'.repeat(64);
    });
    expect(await wheres()).toEqual(
      expect.arrayContaining([`result ${manifestOf(first).results[0]!.name}`, 'manifest.json']),
    );
    forged((manifest) => {
      manifest.report.title = 'Another title';
    });
    expect(await wheres()).toEqual(expect.arrayContaining(['report', 'manifest.json']));
    writeFileSync(join(first, 'manifest.json'), 'not a manifest');
    expect((await session.refused('reports.verify', { folder: first })).code).toBe('CORRUPT');
    rmSync(join(first, 'signature.json'));
    expect((await session.refused('reports.verify', { folder: first })).code).toBe('BAD_FILE');
    for (const [name, bytes] of kept) writeFileSync(join(first, name), bytes);
    expect(await wheres()).toEqual([]);
  });

  it('differs when one row of the data does, and is equal again when that is undone', async () => {
    const row = csvFile(folder, 'one-more.csv', 'person_ref,occurred_at,category', [
      'P000001,2026-01-15T12:34:56,RTC_FATAL',
    ]);
    const { batch } = await session.call('imports.load', { file: row, kind: 'exposures', mapping: null });
    const { differences } = await session.call('reports.verify', { folder: first });
    const wheres = differences.map(({ where }) => where);
    const figure = differences.find(({ where }) => where.includes('Jan 2026 › Exposures'));
    const [kept, again] = [...(figure?.what.matchAll(/“([\d,]+)”/g) ?? [])].map(([, digits]) =>
      Number(digits!.replace(',', '')),
    );
    expect(again).toBe(kept! + 1);
    expect(differences.find(({ where }) => where === 'snapshot')?.what).toContain(`Come since: batch ${batch}`);
    expect(wheres).toEqual(expect.arrayContaining(['snapshot', 'document', 'result exposure-period']));
    expect(wheres).not.toContain('result screening-summary');
    await session.call('imports.undo', { batch: batch! });
    expect((await session.call('reports.verify', { folder: first })).equal).toBe(true);
    // A row outside the period changes what the report was made from, and says so.
    const before = csvFile(folder, 'long-ago.csv', 'person_ref,occurred_at,category', [
      'P000001,2001-01-15T12:34:56,RTC_FATAL',
    ]);
    await session.call('imports.load', { file: before, kind: 'exposures', mapping: null });
    expect((await session.call('reports.verify', { folder: first })).differences.map(({ where }) => where)).toContain(
      'snapshot',
    );
  });

  const runsR = spawnSync('Rscript', ['--version']).status === 0;
  it.skipIf(!runsR)(
    'travels with a script for R that gives its tables, and finds a figure that does not follow',
    () => {
      const run = (script: string) =>
        spawnSync('Rscript', ['--vanilla', '-'], {
          input: script,
          encoding: 'utf8',
          env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
        });
      const script = read(first, 'tables.R').toString();
      const { status, stdout } = run(script);
      const worked = Number(/(\d+) figures worked out again .* 0 not the same/.exec(stdout)?.[1]);
      expect(status).toBe(0);
      expect(worked).toBeGreaterThan(20);
      expect(stdout).toContain('Who was invited and who answered, people counted once');
      const counts = /(# Who was invited and who answered[^#]*?c2 = as\.numeric\(c\()(\d+)/;
      expect(script).toMatch(counts);
      const wrong = run(script.replace(counts, (_, before: string, count: string) => `${before}${Number(count) * 2}`));
      expect(wrong.status).toBe(1);
      expect(wrong.stdout).toMatch(/NOT THE SAME: table\d+ \/ Share row 1/);
    },
  );

  it('says that what it was made with cannot be run here, where its options are none of this version', async () => {
    const manifest = read(first, 'manifest.json');
    const forged = JSON.parse(manifest.toString()) as { report: { spec: { template: string } } };
    forged.report.spec.template = 'of-tomorrow';
    writeFileSync(join(first, 'manifest.json'), JSON.stringify(forged));
    const { equal, notRerun } = await session.call('reports.verify', { folder: first });
    expect(equal).toBe(false);
    expect(notRerun).toEqual([
      { where: 'report', what: expect.stringContaining('not ones that this version can run') },
    ]);
    writeFileSync(join(first, 'manifest.json'), manifest);
  });

  it('is listed, and goes into no folder that holds something else', async () => {
    const { reports } = await session.call('reports.list', {});
    expect(reports[0]).toMatchObject({ folder: first, from: spec.from, to: spec.to, present: true });
    expect((await session.refused('reports.build', { spec, folder })).code).toBe('BAD_INPUT');
    for (const bad of [
      { ...spec, from: '2026-02-30' },
      { ...spec, to: '2025-01-01' },
    ]) {
      expect((await session.refused('reports.build', { spec: bad, folder: join(folder, 'never') })).code).toBe(
        'BAD_SPEC',
      );
    }
    await session.engine.close();
  });
});
