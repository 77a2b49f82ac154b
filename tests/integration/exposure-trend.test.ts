import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ExposureTrendResult } from '#main/analysis/exposure/trend/exposure-trend.ts';
import { main } from '#main/cli/main.ts';
import { planted } from '#main/services/synthetic/planted.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import {
  csvFile,
  dataKeyOf,
  newVault,
  passphrase,
  type Session,
  temporaryFolder,
  user,
  withStore,
  writeText,
} from './test-vault.ts';

const folder = temporaryFolder('exposure-trend');
const vault = join(folder, 'vault');
let session: Session;

type Trend = ExposureTrendResult & { readonly coverage: number };
const trendOf = async (spec: Record<string, unknown>) => {
  const answer = await session.call('analyses.run', {
    method: 'exposure-trend',
    spec: { from: '2023-04', to: '2026-03', ...spec },
  });
  return { ...answer, result: answer.result as unknown as Trend };
};

beforeAll(async () => {
  session = await newVault(vault, ['analyst']);
  const force = await session.call('synthetic.write', {
    folder: join(folder, 'force'),
    people: 500,
    years: 3,
    seed: 7,
    kinds: ['people', 'exposures'],
  });
  for (const { kind, path } of force.files) await session.call('imports.load', { file: path, kind, mapping: null });
});
afterAll(() => session.engine.close());

describe('exposure-trend on a vault', () => {
  it('finds the step that was planted in one unit, and nothing of the kind in its twin', async () => {
    const { result, reading, provenance } = await trendOf({ baseline: 24 });
    expect(result).toMatchObject({ basis: 'FTE days in post', per: 100, monthsWithoutDuties: 0 });
    expect(result.months.map(({ state }) => state)).toEqual(new Array(36).fill('held'));
    const highs = (unit: string) =>
      result.charts
        .find(({ group }) => group === unit)!
        .signals.filter(({ direction, to }) => direction === 'high' && to >= '2025-07');
    expect(highs(planted.step.unit).map(({ rule }) => rule)).toEqual(expect.arrayContaining(['outside', 'shift']));
    expect(highs(planted.steadyUnit).map(({ rule }) => rule)).not.toContain('outside');
    expect(reading.join('\n')).toMatch(/\d+ of \d+ charts signal; about [\d.]+ would even if nothing had changed/);
    expect(provenance).toMatchObject({ scheme: 'count-v1', coverage: result.coverage });
    const own = result.heat.groups.indexOf(planted.step.unit);
    const rates = result.heat.cells[own]!.map(({ rate }) => rate!);
    const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(meanOf(rates.slice(-9)) / meanOf(rates.slice(0, 27))).toBeGreaterThan(1.4);
    expect(result.funnel!.points.map(({ group }) => group)).toEqual(result.heat.groups);
    // Over the months of the step alone, beside the other response teams.
    const within = (await trendOf({ from: '2025-07' })).result.funnelWithinRoles!;
    const alike = within.points.filter(({ group }) => group.includes('Response'));
    expect(alike.length).toBeGreaterThan(4);
    expect([...alike].sort((a, b) => b.z - a.z)[0]!.group).toBe(planted.step.unit);
    expect(within.notCompared).toContain('Dog Unit');
  });

  it('counts as many exposures as there are, by every grouping and category', async () => {
    const [unit, role, force, each] = await Promise.all(
      [{}, { by: 'role' }, { by: 'force' }, { by: 'force', category: 'each' }].map(trendOf),
    );
    const sumOf = ({ charts }: Trend) =>
      charts.reduce((sum, { points }) => sum + points.reduce((own, { count }) => own + count, 0), 0);
    for (const answer of [unit, role, force, each]) {
      expect(sumOf(answer!.result)).toBe(unit!.result.events);
    }
    expect(force!.result.charts).toHaveLength(1);
    expect(force!.result.funnel).toBeNull();
    expect(each!.result.charts.length).toBeGreaterThan(15);
    const one = await trendOf({ by: 'force', category: 'RTC_FATAL' });
    const same = each!.result.charts.find(({ category }) => category === 'RTC_FATAL')!;
    expect(one.result.charts[0]).toEqual(same);
  });

  it('gives the same bytes again, and marks units under ten people as not for sharing', async () => {
    const [first, second] = [await trendOf({}), await trendOf({})];
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    const small = first.result.groups.filter(({ people }) => people < 10);
    expect(small.length).toBeGreaterThan(0);
    for (const { group, share } of first.result.groups) {
      expect(share, group).toBe(!small.some((own) => own.group === group));
    }
    const hidden = first.result.charts.filter(({ share, signals }) => !share && signals.length > 0);
    for (const { group } of hidden) expect(first.reading.join('\n')).not.toContain(`${group}:`);
    const { heat, charts } = first.result;
    heat.cells.forEach((cells, at) => {
      const own = charts.find(({ group }) => group === heat.groups[at])!;
      cells.forEach(({ rate, denominator, reason }, month) => {
        const point = own.points[month]!;
        if (reason === null) expect([rate, denominator]).toEqual([point.value, point.denominator]);
        else expect([rate, denominator]).toEqual([null, null]);
        if (point.count > 0 && point.count < 5) expect(reason).not.toBeNull();
      });
    });
    const reasons = (name: string) => new Set(heat.cells[heat.groups.indexOf(name)]!.map(({ reason }) => reason));
    for (const { group, share } of first.result.groups) {
      if (share) expect([...reasons(group)].every((one) => one === null || one === 'few exposures')).toBe(true);
      else expect(reasons(group)).toContain('few people');
    }
  });

  it('leaves months out that the records do not hold', async () => {
    const { result, reading } = await trendOf({ from: '2022-10', to: '2026-06' });
    expect(result.months.filter(({ state }) => state === 'none')).toHaveLength(9);
    expect(result.charts[0]!.points[0]).toMatchObject({ value: null });
    expect(reading.join('\n')).toContain('9 months have no data at all and are left out');
  });

  it('weighs by a scheme on XmR charts, and says that it is not approved', async () => {
    const { result, warnings } = await trendOf({ scheme: 'tiered-v1', by: 'force' });
    expect(result.charts[0]!.chart).toBe('xmr');
    expect(warnings.join()).toContain('not approved');
    const refused = await session.refused('analyses.run', {
      method: 'exposure-trend',
      spec: { from: '2023-04', to: '2026-03', scheme: 'tiered-v1', chart: 'u' },
    });
    expect(refused).toMatchObject({ code: 'BAD_SPEC', message: expect.stringContaining('u chart is for counts') });
  });

  it('divides by duty days once duties are held for every month, each person and day once', async () => {
    const people = readFileSync(join(folder, 'force', 'people.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[0]!);
    const dutiesOf = (from: string, to: string): string[] => {
      const lines: string[] = [];
      for (let day = dayOfIso(from)!; day <= dayOfIso(to)!; day += 3) {
        const date = isoOfDay(day);
        for (const [at, who] of people.entries()) {
          if (at % 2 === 0) lines.push(`${who},${date}T07:00:00Z,${date}T12:00:00Z`);
          if (at % 10 === 0) lines.push(`${who},${date}T13:00:00Z,${date}T15:00:00Z`);
        }
      }
      return lines;
    };
    const load = (name: string, lines: string[]) =>
      session.call('imports.load', {
        file: csvFile(folder, name, 'person_ref,start,end', lines),
        kind: 'duties',
        mapping: null,
      });
    const before = await trendOf({ by: 'force' });
    await load('duties-1.csv', dutiesOf('2023-04-01', '2026-02-27'));
    const part = await trendOf({ by: 'force' });
    expect(part.result).toMatchObject({ basis: 'FTE days in post', monthsWithoutDuties: 1 });
    expect(part.reading[0]).toContain('because duties are missing for 1 month');
    expect(part.provenance.snapshot).not.toBe(before.provenance.snapshot);
    await load('duties-2.csv', dutiesOf('2026-03-01', '2026-03-31'));
    const whole = await trendOf({ by: 'force' });
    expect(whole.result.basis).toBe('duty days');
    const { denominator } = whole.result.charts[0]!.points.at(-1)!;
    // Eleven days of every second person, whoever was in post.
    expect(denominator).toBeLessThanOrEqual((11 * people.length) / 2);
    expect(denominator).toBeGreaterThan((11 * people.length) / 2 / 2);
  }, 120_000);

  it('divides by the same duty days when they are read packed, and by none that were undone', async () => {
    const whole = await trendOf({});
    await session.call('vault.lock', {});
    const packed = withStore(vault, await dataKeyOf(vault), (connection) =>
      connection.prepare("SELECT sum(length(bytes)) FROM packed WHERE name = 'duty-days'").pluck().get(),
    );
    expect(packed).toBeGreaterThan(0);
    await session.call('vault.unlock', { folder: vault, user, passphrase });
    expect(JSON.stringify(await trendOf({}))).toBe(JSON.stringify(whole));
    const { batches } = await session.call('imports.list', {});
    await session.call('imports.undo', { batch: Math.max(...batches.map(({ batch }) => batch)) });
    expect((await trendOf({ by: 'force' })).result).toMatchObject({
      basis: 'FTE days in post',
      monthsWithoutDuties: 1,
    });
  }, 120_000);

  it('refuses a wrong spec on the command line with exit 3, naming the key', async () => {
    await session.engine.close();
    const who = ['--user', user, '--passphrase-file', writeText(join(folder, 'secret.txt'), passphrase)];
    for (const [spec, words] of [
      [{ from: '2023-04' }, '"to"'],
      [{ from: '2023-04', to: '2026-03', colour: 1 }, 'colour'],
      [{ from: '2023-04', to: '2026-03', by: 'team' }, '"by"'],
      [{ from: '2023-04', to: '2026-03', category: 'NOPE' }, 'category code'],
      [{ from: '2023-04', to: '2026-03', baseline: 11 }, '"baseline"'],
      [{ from: '2026-04', to: '2026-03' }, 'no month ends'],
      [{ from: '2023-04', to: '2026-03', scheme: 'mine' }, 'no weighting scheme'],
    ] as const) {
      const file = writeText(join(folder, 'spec.json'), JSON.stringify(spec));
      let err = '';
      const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
        err += String(text);
        return true;
      });
      const exit = await main(['analyse', vault, 'exposure-trend', '--spec', file, ...who]);
      spy.mockRestore();
      expect([exit, err], JSON.stringify(spec)).toEqual([3, expect.stringContaining(words)]);
    }
  });
});
