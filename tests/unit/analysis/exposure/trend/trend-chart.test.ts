import { describe, expect, it } from 'vitest';
import { chanceOfSignal } from '#main/analysis/exposure/trend/chance-of-signal.ts';
import { type FunnelGroup, groupFunnel } from '#main/analysis/exposure/trend/group-funnel.ts';
import type { MonthCells } from '#main/analysis/exposure/trend/month-cells.ts';
import type { MonthState } from '#main/analysis/exposure/trend/month-states.ts';
import { roleFunnel } from '#main/analysis/exposure/trend/role-funnel.ts';
import { type TrendChart, trendChart } from '#main/analysis/exposure/trend/trend-chart.ts';
import { lastDayOfMonth, monthOfDay } from '#shared/domain/dates.ts';
import { randomFrom } from '../force.ts';

const options = { chart: 'u', baseline: null, rules: 'nhs' } as const;

function poisson(random: () => number, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count += 1;
  return count;
}

function chartOf(
  counts: readonly number[],
  more: Partial<Parameters<typeof trendChart>[1]> = {},
  states?: MonthState[],
) {
  const months = counts.map((_count, at) => monthOfDay(lastDayOfMonth(2023 * 12 + at)));
  const values = Float64Array.from(counts);
  return trendChart(
    {
      months,
      states: states ?? counts.map(() => 'held'),
      counts: values,
      loads: values,
      denominators: new Float64Array(counts.length).fill(1_000),
    },
    { ...options, ...more },
  );
}

const rulesOf = (chart: TrendChart): string[] => [...new Set(chart.signals.map(({ rule }) => rule))].sort();

describe('how often a stable chart signals all the same', () => {
  // The long run: 10,000 charts of each length. TIDEMARK_STABLE_CHARTS asks for more.
  const charts = Number(process.env['TIDEMARK_STABLE_CHARTS'] ?? 10_000);
  for (const [points, share] of [
    [24, 0.16],
    [36, 0.26],
  ] as const) {
    it(`is ${share * 100} ± 2 % for ${points} points with limits from the same points`, () => {
      const found = chanceOfSignal({ points, baseline: points, spread: 'moving-range', rules: 'nhs' }, charts);
      expect(Math.abs(found - share), String(found)).toBeLessThanOrEqual(0.02);
    });
  }

  it('is the same each time, grows with the length, and is nothing without rules', () => {
    const of = (points: number, rules: 'nhs' | 'none' = 'nhs') =>
      chanceOfSignal({ points, baseline: points, spread: 'known', rules }, 1_000);
    expect(of(24)).toBe(of(24));
    expect(of(60)).toBeGreaterThan(of(24));
    expect(of(24, 'none')).toBe(0);
  });
});

describe('a chart of monthly counts', () => {
  it('signals a planted shift upwards, with its months in words, and nothing without one', () => {
    const random = randomFrom(5);
    const steady = Array.from({ length: 30 }, () => poisson(random, 40));
    const shifted = steady.map((count, at) => (at < 21 ? count : Math.round(count * 1.8)));
    expect(rulesOf(chartOf(steady))).toEqual([]);
    const chart = chartOf(shifted, { baseline: 18 });
    expect(rulesOf(chart)).toContain('shift');
    expect(rulesOf(chart)).toContain('outside');
    const shift = chart.signals.find(({ rule }) => rule === 'shift')!;
    expect(shift).toMatchObject({ direction: 'high', to: '2025-06' });
    expect(shift.from >= '2024-09' && shift.from <= '2024-10').toBe(true);
    expect(shift.words).toMatch(/^\w{3} 2024 to Jun 2025: \d+ months in a row above the mean\.$/);
    expect(chart.signals.every(({ direction }) => direction === 'high')).toBe(true);
  });

  it('fires each of the four rules by itself, where its months are planted', () => {
    const flat = Array.from({ length: 24 }, (_none, at) => 100 + (at % 2 === 0 ? 4 : -4));
    const put = (at: number, values: readonly number[]) => flat.map((value, i) => values[i - at] ?? value);
    const rulesWith = (counts: number[]) => rulesOf(chartOf(counts, { baseline: 12 }));
    expect(rulesWith(flat)).toEqual([]);
    // The counts vary less than chance, so sigma is that of the Poisson: 10.
    expect(rulesWith(put(20, [131]))).toEqual(['outside']);
    expect(rulesWith(put(15, [104, 103, 104, 103, 104, 103, 104]))).toEqual(['shift']);
    expect(rulesWith(put(14, [94, 96, 98, 99.9, 102, 104, 106]))).toEqual(['trend']);
    expect(rulesWith(put(18, [122, 101, 121]))).toEqual(['twoOfThree']);
  });

  it('has no zero for a month without data, and passes over it', () => {
    const counts = Array.from({ length: 18 }, (_none, at) => (at === 7 ? 0 : 40 + (at % 3)));
    const states = counts.map((_count, at): MonthState => (at === 7 ? 'none' : at === 17 ? 'part' : 'held'));
    const chart = chartOf(counts, {}, states);
    expect(chart.points[7]).toMatchObject({ value: null, lower: null, upper: null, signals: [] });
    expect(chart.points[17]).toMatchObject({ value: null });
    expect(chart.charted).toBe(16);
    expect(chart.signals).toEqual([]);
    expect(chart.notes[0]).toContain('1 month between the first and the last');
    // As a zero it would have been a signal.
    expect(rulesOf(chartOf(counts))).toContain('outside');
    expect(chartOf(counts).notes.join()).toContain('Nothing was recorded in Aug 2023');
  });

  it('draws no limits from fewer than 12 months, from a baseline that is too long, or from nothing', () => {
    const few = chartOf(Array.from({ length: 11 }, () => 30));
    expect(few).toMatchObject({ centre: null, signals: [], baseline: null });
    expect(few.points[0]!.value).toBe(3);
    expect(few.notes[0]).toContain('limits need 12');
    expect(
      chartOf(
        Array.from({ length: 14 }, () => 30),
        { baseline: 20 },
      ).notes[0],
    ).toContain('longer than');
    expect(chartOf(Array.from({ length: 14 }, () => 0)).notes[0]).toContain('Nothing was recorded');
  });

  it('widens the limits where months vary more than counts by chance', () => {
    const wild = Array.from({ length: 24 }, (_none, at) => 100 + (at % 2 === 0 ? 60 : -60));
    expect(chartOf(wild).chart).toBe('u′');
    expect(chartOf(wild).signals).toEqual([]);
    expect(chartOf(wild.map(() => 100)).chart).toBe('u');
  });

  it('cuts the limits of an XmR chart off at zero, without a signal from it', () => {
    const counts = Array.from({ length: 24 }, (_none, at) => (at % 2 === 0 ? 0 : 8));
    const chart = chartOf(counts, { chart: 'xmr' });
    expect(chart.points[0]).toMatchObject({ lower: 0, value: 0, signals: [] });
  });
});

describe('a funnel of groups', () => {
  const group = (name: string, count: number, denominator: number): FunnelGroup => ({
    group: name,
    count,
    denominator,
    share: true,
  });

  it('is worked out as the conventions say', () => {
    const groups = [group('a', 30, 1_000), group('b', 64, 1_500), group('c', 20, 900), group('d', 90, 1_100)];
    const found = groupFunnel([...groups, group('nobody', 0, 0)])!;
    const rate = 204 / 4_500;
    const z = groups.map(({ count, denominator }) => {
      const expected = denominator * rate;
      return (Math.sqrt(count / expected) - 1) * 2 * Math.sqrt(expected);
    });
    const sorted = [...z].sort((a, b) => a - b);
    const at = (p: number) => {
      const place = 3 * p;
      const below = Math.floor(place);
      return sorted[below]! + (place - below) * (sorted[Math.min(3, below + 1)]! - sorted[below]!);
    };
    const phi = z.reduce((sum, value) => sum + Math.min(Math.max(value, at(0.1)), at(0.9)) ** 2, 0) / 4;
    const w = groups.map(({ denominator }) => 4 * denominator * rate);
    const total = w.reduce((sum, value) => sum + value, 0);
    const tau2 = (4 * phi - 3) / (total - w.reduce((sum, value) => sum + value ** 2, 0) / total);
    expect(found.phi).toBeCloseTo(phi, 10);
    expect(found.tau2).toBeCloseTo(tau2, 12);
    expect(found.rate).toBeCloseTo(100 * rate, 12);
    expect(found.points).toHaveLength(4);
    expect(found.points[3]!.z).toBeCloseTo(z[3]! / 2 / Math.sqrt(1_100 * rate) / Math.sqrt(1 / w[3]! + tau2), 10);
  });

  it('finds the unit that stands out among many alike, and has none of two groups', () => {
    const random = randomFrom(9);
    const alike = Array.from({ length: 30 }, (_none, at) => group(`unit ${at}`, poisson(random, 60), 2_000));
    expect(groupFunnel(alike)!.points.filter(({ outside }) => outside !== null)).toEqual([]);
    const odd = groupFunnel([...alike, group('odd', 130, 2_000)])!;
    expect(odd.points.filter(({ outside }) => outside !== null).map(({ group: name }) => name)).toEqual(['odd']);
    expect(groupFunnel(alike.slice(0, 2))).toBeNull();
    expect(groupFunnel(alike.map((own) => ({ ...own, count: 0 })))).toBeNull();
  });

  it('sets units beside the same roles elsewhere, without months that are not held', () => {
    // Units a, b, c of role r at 5 in 100 days, d of r and s, e alone in s at 50 in 100; the second month is not held.
    const counts = [50, 0, 50, 0, 100, 0, 25, 250, 0, 1_000];
    const days = [1_000, 0, 1_000, 0, 1_000, 0, 500, 500, 0, 2_000];
    const withSecond = (values: readonly number[]) => Float64Array.from(values.flatMap((value) => [value, 999]));
    const groups = ['a', 'b', 'c', 'd', 'e'];
    const roles = { names: ['r', 's'], counts: withSecond(counts), fteDays: withSecond(days), dutyDays: null };
    const cells = { groups, months: ['2024-01', '2024-02'], roles } as unknown as MonthCells;
    const totals = groups.map((name, at) => {
      const pair = [2 * at, 2 * at + 1] as const;
      return group(name, counts[pair[0]]! + counts[pair[1]]!, days[pair[0]]! + days[pair[1]]!);
    });
    const found = roleFunnel(cells, 'FTE days in post', ['held', 'none'], totals)!;
    const [ofR, ofS] = [225 / 3_500, 1_250 / 2_500];
    expect(found.points.map(({ group: name, expected }) => [name, expected])).toEqual([
      ['a', expect.closeTo(1_000 * ofR, 9)],
      ['b', expect.closeTo(1_000 * ofR, 9)],
      ['c', expect.closeTo(1_000 * ofR, 9)],
      ['d', expect.closeTo(500 * ofR + 500 * ofS, 9)],
    ]);
    expect(found.notCompared).toEqual(['e']);
  });
});
