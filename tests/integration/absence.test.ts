import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '#main/cli/main.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { randomStream } from '#shared/domain/random.ts';
import { csvFile, newVault, passphrase, temporaryFolder, unlocked, user, writeText } from './test-vault.ts';

const folder = temporaryFolder('absence');
const vault = join(folder, 'vault');
const who = ['--user', user, '--passphrase-file', writeText(join(folder, 'passphrase.txt'), passphrase)];
const first = dayOfIso('2024-01-01')!;

afterEach(() => vi.unstubAllEnvs());

async function analyse(spec: unknown, name = 'spec') {
  const lines: string[] = [];
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      if (stream === 'stdout') lines.push(String(text));
      return true;
    }),
  );
  const file = writeText(join(folder, `${name}.json`), JSON.stringify(spec));
  try {
    const exit = await main(['analyse', vault, 'absence', '--spec', file, '--json', ...who]);
    return { exit, out: lines.join(''), json: JSON.parse(lines.join('')) };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

beforeAll(async () => {
  const stream = randomStream(20_261_126, 'absence vault');
  const below = (count: number): number => stream.nextBelow(count);
  const people = Array.from({ length: 130 }, (_, at) => `P${at}`);
  const unitOf = (at: number): string => (at < 60 ? 'North' : at < 120 ? 'South' : 'Dive team');
  const absences = people.flatMap((ref, at) => {
    const spells = at < 60 ? below(3) : below(5);
    return Array.from({ length: spells }, (_, spell) => {
      const start = first + 80 * spell + below(40);
      const length = below(6) === 0 ? 40 + below(30) : below(8);
      return `${ref},${isoOfDay(start)},${isoOfDay(start + length)},${['I7', 'Back pain', 'XYZ'][below(3)]}`;
    });
  });
  const session = await newVault(vault, ['analyst']);
  const files = {
    people: csvFile(
      folder,
      'people.csv',
      'person_ref,role,unit,sex,birth_year,fte',
      people.map(
        (ref, at) => `${ref},Response,${unitOf(at)},${at % 2 ? 'F' : 'M'},${1965 + (at % 40)},${at % 5 ? 1 : 0.6}`,
      ),
    ),
    postings: csvFile(folder, 'postings.csv', 'person_ref,unit,role,from,to,fte', [
      'P0,South,Response,2024-07-01,,0.5',
    ]),
    absences: csvFile(folder, 'absences.csv', 'person_ref,start,end,reason_code', [
      ...absences,
      'P129,2024-12-20,,Stress',
      'Nobody,2024-02-01,2024-02-02,I7',
    ]),
  };
  for (const [kind, file] of Object.entries(files)) await session.call('imports.load', { file, kind, mapping: null });
  await session.engine.close();
});

describe('tidemark analyse DIR absence', () => {
  it('counts the extracts day by day, withholds the small unit, and says what it leaves out', async () => {
    const run = await analyse({ from: '2024-01-01', to: '2024-12-31', by: 'unit' });
    expect(run.exit).toBe(0);
    const { result, reading, warnings, provenance, r } = run.json;
    expect(provenance.batches.map(({ kind }: { kind: string }) => kind)).toEqual(['people', 'postings', 'absences']);
    const lines = readFileSync(join(folder, 'absences.csv'), 'utf8').trim().split('\n').slice(1);
    const days = new Set(
      lines.flatMap((line) => {
        const [ref, start, end] = line.split(',') as [string, string, string];
        const [from, to] = [dayOfIso(start)!, Math.min(dayOfIso(end) ?? 1e9, dayOfIso('2024-12-31')!)];
        return ref === 'Nobody'
          ? []
          : Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => `${ref} ${from + at}`);
      }),
    );
    expect(result.all.days.calendar).toBe(days.size);
    expect(result.all.people).toBe(130);
    const figures = new Map(result.groups.map((one: { group: string; figures: unknown }) => [one.group, one.figures]));
    expect([...figures.keys()]).toEqual(['Dive team', 'North', 'South']);
    expect(figures.get('Dive team'), 'ten people, but fewer absent, and one of the others with them').toBeNull();
    expect(result.withheldGroups).toBeGreaterThan(1);
    expect(result.reasons.find(({ reason }: { reason: string }) => reason === 'I7')).toMatchObject({
      group: 'PSYCHOLOGICAL',
      by: 'codes of northumbria',
    });
    expect(result.notes.strangers).toEqual({ people: 1, rows: 1 });
    expect(warnings.join(' ')).toMatch(/1 absences belong to people|Reason codes without a rule: XYZ/);
    expect(reading.join(' ')).toMatch(/too few people stand behind it/);
    expect(result.rows).toBeUndefined();
    expect(run.out).not.toMatch(/P129|Nobody/);
    expect(r).toContain('# The force month by month');
    expect(result.months.points).toHaveLength(12);
    expect(result.months.points.filter(({ state }: { state: string }) => state === 'measured').length).toBeGreaterThan(
      6,
    );
  });

  it('compares groups by a negative binomial model and follows spells with late entry', async () => {
    const { json } = await analyse({ from: '2024-02-01', to: '2024-11-30', by: 'sex', days: 'working' });
    const { rates, returnToWork, groups, all } = json.result;
    expect(groups.map(({ group }: { group: string }) => group)).toEqual(['F', 'M']);
    expect(rates.groups).toHaveLength(2);
    expect(rates.groups.filter(({ ratio }: { ratio: unknown }) => ratio !== null)).toHaveLength(1);
    expect(returnToWork.lateEntries).toBeGreaterThan(0);
    expect(returnToWork.all.points[0].stillAbsent).toBeLessThan(1);
    expect(all.days.working).toBeLessThan(all.days.calendar);
  });

  it('gives the same bytes every time', async () => {
    const spec = { from: '2024-01-01', to: '2024-12-31', by: 'age-band', gapDays: 2, bridgeWeekends: true };
    expect((await analyse(spec)).out).toBe((await analyse(spec)).out);
  });

  it('says what is wrong with a spec, with exit 3, and runs nothing', async () => {
    for (const [spec, word] of [
      [{ from: '2024-01-01' }, '"to"'],
      [{ from: '2024-12-31', to: '2024-01-01' }, 'ends before it begins'],
      [{ from: '2024-01-01', to: '2024-12-31', by: 'height' }, '"by"'],
      [{ from: '2024-01-01', to: '2024-12-31', minimum: 2 }, '"minimum"'],
    ] as const) {
      const run = await analyse(spec, 'wrong');
      expect(run.exit).toBe(3);
      expect(run.json.error).toMatchObject({ code: 'BAD_SPEC', message: expect.stringContaining(word) });
      expect(run.json.error.hint).toMatch(/^Nothing was run/);
    }
  });

  it('gives single people by pseudonym to an analyst, and to an evaluator only totals', async () => {
    const session = await unlocked(vault);
    const spec = { from: '2024-01-01', to: '2024-12-31', rows: true };
    const { result } = await session.call('analyses.run', { method: 'absence', spec });
    expect((result as { rows: { person: string }[] }).rows).toHaveLength(130);
    await session.call('users.add', { name: 'eva', roles: ['evaluator'], passphrase });
    await session.engine.close();
    const eva = await unlocked(vault, 'eva');
    expect((await eva.refused('analyses.run', { method: 'absence', spec })).code).toBe('FORBIDDEN');
    const totals = await eva.call('analyses.run', { method: 'absence', spec: { ...spec, rows: false } });
    expect(totals.result['rows']).toBeUndefined();
    await eva.engine.close();
  });
});
