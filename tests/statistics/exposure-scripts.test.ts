import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareSchemes } from '#main/analysis/exposure/comparison/compare-schemes.ts';
import { comparisonScript } from '#main/analysis/exposure/comparison/comparison-reading.ts';
import { exposureOutcome } from '#main/analysis/exposure/outcome/exposure-outcome.ts';
import { fittingScript } from '#main/analysis/exposure/outcome/outcome-script.ts';
import { parseExposureOutcomeSpec } from '#main/analysis/exposure/outcome/outcome-spec.ts';
import { exposureOfPairs, screeningPairs } from '#main/analysis/exposure/outcome/screening-pairs.ts';
import { monthEndsBetween } from '#main/analysis/exposure/specs.ts';
import { exposureTrend } from '#main/analysis/exposure/trend/exposure-trend.ts';
import { exposureTrendScript } from '#main/analysis/exposure/trend/trend-script.ts';
import { parseExposureTrendSpec } from '#main/analysis/exposure/trend/trend-spec.ts';
import { signalsScript } from '#main/analysis/signals/signal-script.ts';
import { lookDays, parseSignalsSpec } from '#main/analysis/signals/signal-spec.ts';
import { signals } from '#main/analysis/signals/signals.ts';
import {
  compiled,
  countV1,
  frameOf,
  packedOf,
  randomForce,
  randomFrom,
  tieredV1,
} from '../unit/analysis/exposure/force.ts';
import { dayNumber, spellOn } from '../unit/analysis/exposure/oracle.ts';
import { startNativeR } from './native-r-session.ts';
import { packagesOf, type RSession } from './r-session.ts';
import { startWebR } from './webr-session.ts';

let session: RSession;
beforeAll(async () => {
  session = startNativeR() ?? (await startWebR());
}, 120_000);
afterAll(() => session.close());

const range = { from: '2023-06', to: '2026-05' };

function trendOf(more: Record<string, unknown>, scheme = countV1) {
  const spec = parseExposureTrendSpec({ ...range, scheme: scheme.id, ...more });
  const ends = monthEndsBetween(range.from, range.to);
  if (!spec.ok || !ends.ok) throw new Error('the spec of the test is wrong');
  const force = randomForce(21, { people: 60, events: 4_000 });
  const result = exposureTrend({
    exposures: packedOf(force),
    people: frameOf(force.people),
    fte: new Float64Array(60).fill(0.8),
    eachDutyDay: null,
    compiled: compiled(scheme),
    spec: spec.value,
    monthEnds: ends.value,
    states: ends.value.months.map((_month, at) => (at === 5 ? 'none' : 'held')),
  });
  if (!result.ok) throw new Error(result.error.message);
  return { spec: spec.value, result: result.value };
}

type Found = {
  readonly charts: readonly {
    readonly group: string;
    readonly chart: string;
    readonly centre: number | null;
    readonly lower?: readonly number[];
    readonly upper?: readonly number[];
    readonly flagged?: Readonly<Record<string, string | readonly string[]>>;
  }[];
  readonly funnel: FoundFunnel;
  readonly funnelWithinRoles: FoundFunnel;
};
type FoundFunnel = {
  readonly rate: number;
  readonly tau2: number;
  readonly points: readonly { readonly z: number; readonly rate: number }[];
} | null;

describe('the script of exposure-trend, run in R', () => {
  for (const [name, more, scheme] of [
    ['counts on u charts', {}, countV1],
    ['counts on XmR charts with a baseline', { chart: 'xmr', baseline: 20 }, countV1],
    ['weighted loads by role', { by: 'role', chart: 'xmr' }, tieredV1],
  ] as const) {
    it(`finds the same centres, limits, signals and funnel: ${name}`, async () => {
      const { spec, result } = trendOf(more, scheme);
      const found = (await session.run(exposureTrendScript(spec, result), {})) as Found;
      expect(found.charts).toHaveLength(result.charts.length);
      let flagged = 0;
      result.charts.forEach((own, at) => {
        const theirs = found.charts[at]!;
        expect([theirs.group, theirs.chart]).toEqual([own.group, own.chart]);
        expect(theirs.centre! / own.centre!).toBeCloseTo(1, 10);
        const points = own.points.filter(({ value }) => value !== null);
        points.forEach(({ lower, upper }, k) => {
          expect(theirs.lower![k]).toBeCloseTo(lower!, 9);
          expect(theirs.upper![k]).toBeCloseTo(upper!, 9);
        });
        for (const [rule, months] of Object.entries(theirs.flagged!)) {
          const mine = points.filter(({ signals }) => signals.some((one) => one === rule)).map(({ month }) => month);
          flagged += mine.length;
          expect([months].flat(), `${own.group} ${rule}`).toEqual(mine);
        }
      });
      expect(flagged, 'nothing was flagged, so nothing was compared').toBeGreaterThan(0);
      for (const funnel of ['funnel', 'funnelWithinRoles'] as const) {
        const [theirs, own] = [found[funnel], result[funnel]];
        if (own === null) expect(theirs).toBeNull();
        else {
          expect(theirs!.rate).toBeCloseTo(own.rate, 10);
          expect(theirs!.tau2).toBeCloseTo(own.tau2, 10);
          for (const [k, { z, rate }] of theirs!.points.entries()) {
            expect(z).toBeCloseTo(own.points[k]!.z, 8);
            expect(rate).toBeCloseTo(own.points[k]!.rate, 9);
          }
        }
      }
      expect(found.funnel).not.toBeNull();
    });
  }
});

function outcomeOf(people: number, more: Record<string, unknown>) {
  const spec = parseExposureOutcomeSpec({ instrument: 'PHQ-9', from: '2023-09-01', to: '2026-05-01', ...more });
  if (!spec.ok) throw new Error(spec.error.message);
  const force = randomForce(22, { people, events: people * 40 });
  const random = randomFrom(22);
  const screenings = force.people.flatMap((_who, person) =>
    Array.from({ length: 6 }, (_none, wave) => {
      const day = dayNumber('2023-08-01') + wave * 150 + Math.floor(random() * 60);
      return { person, day, completed: true, score: Math.floor(random() * 18 + (random() < 0.3 ? 6 : 0)) };
    }),
  );
  const frame = frameOf(force.people);
  const exposures = packedOf(force);
  const common = {
    screenings,
    people: frame,
    serviceStart: force.people.map((_who, at) => dayNumber('2010-01-01') + at * 17),
    recorded: { firstDay: dayNumber('2023-06-01'), lastDay: dayNumber('2026-05-31') },
    fromDay: dayNumber(spec.value.from),
    toDay: dayNumber(spec.value.to),
  };
  const count = compiled(countV1);
  const isCase = spec.value.outcome === 'case' ? (score: number) => score >= 10 : null;
  const compared = [count, compiled(tieredV1)] as const;
  const result = exposureOutcome({ ...common, exposures, spec: spec.value, compiled: count, compared, isCase });
  if (!result.ok) throw new Error(result.error.message);
  const { pairs } = screeningPairs({ ...common, longestWindowDays: 365, needsService: true });
  const exposure = exposureOfPairs(pairs, exposures, null, spec.value.windowDays);
  const rows = pairs.map(({ person, score, role, serviceYears, prior }, at) =>
    [person, isCase ? Number(isCase(score)) : score, exposure[at], role, serviceYears, prior].join(','),
  );
  const csv = `person,outcome,exposure,role,service,prior\n${rows.join('\n')}\n`;
  return { spec: spec.value, result: result.value, csv };
}

type Told = { readonly estimate: number; readonly low: number; readonly high: number };

describe('the fits that the script of exposure-outcome gives a recipe for, run in R', () => {
  for (const [name, people, more] of [
    ['a score, by CR1', 260, {}],
    ['caseness, by CR1', 260, { outcome: 'case', knots: 3 }],
    ['a score of few people, by CR2', 90, { adjust: ['prior'] }],
  ] as const) {
    it(`finds the same slope, curve and tests: ${name}`, async (context) => {
      const { spec, result, csv } = outcomeOf(people, more);
      const script = fittingScript(spec, result);
      const missing = await session.missing(packagesOf(script));
      if (missing.length > 0) return context.skip(`${session.name} has no ${missing.join(', ')}`);
      expect(result.errors).toBe(people < 200 ? 'CR2' : 'CR1');
      expect(result.knots.length).toBeGreaterThan(2);
      const found = (await session.run(script, { 'pairs.csv': csv })) as {
        readonly pairs: number;
        readonly slope: readonly Told[];
        readonly curve: readonly Told[];
        readonly overall: { readonly statistic: number; readonly p: number };
        readonly nonlinear: { readonly statistic: number; readonly p: number };
        readonly aic: number;
      };
      expect(found.pairs).toBe(result.pairs);
      expect(found.aic).toBeCloseTo(result.aic, 6);
      const near = (theirs: Told, own: Told) => {
        for (const key of ['estimate', 'low', 'high'] as const) expect(theirs[key]).toBeCloseTo(own[key], 7);
      };
      near([found.slope].flat()[0] as Told, result.slope);
      for (const [at, own] of result.curve.entries()) near(found.curve[at] as Told, own);
      for (const key of ['overall', 'nonlinear'] as const) {
        expect(found[key].statistic).toBeCloseTo(result[key]!.statistic, 6);
        expect(found[key].p).toBeCloseTo(result[key]!.p, 7);
      }
    });
  }
});

const eventColumns = 'proximity,attribution,first_on_scene,known_victim,minutes_on_scene';
const flag = (value: boolean | null): string => (value === null ? '' : value ? '1' : '0');

describe('the script of signals, run in R', () => {
  for (const [name, scheme, spec] of [
    ['counts, week by week', countV1, { asOf: '2026-05-31' }],
    ['tiers, month by month', tieredV1, { from: '2024-01-01', to: '2026-05-31', every: 'month', clearAfterDays: 45 }],
  ] as const) {
    it(`raises, joins and clears the same by rule: ${name}`, async () => {
      const parsed = parseSignalsSpec(spec);
      if (!parsed.ok) throw new Error(parsed.error.message);
      const looks = lookDays(parsed.value);
      const clearAfterDays = parsed.value.clearAfterDays ?? 28;
      const force = randomForce(41, { people: 100, events: 3_500 });
      const own = compiled(scheme);
      const { rules, total } = signals({
        ...{ exposures: packedOf(force), people: frameOf(force.people), compiled: own },
        ...{ looks, clearAfterDays, rows: false },
      });
      const posts = force.people.flatMap(({ name: who, listed, spells }) =>
        listed ? spells.map(({ role, from, to }) => [who, role, from ?? '', to ?? ''].join(',')) : [],
      );
      const events = force.events.map((e) =>
        [e.person, e.date, e.category, e.proximity, e.attribution, flag(e.first), flag(e.known), e.minutes].join(','),
      );
      const found = (await session.run(signalsScript({ compiled: own, looks, clearAfterDays }), {
        'posts.csv': `person,role,from,to\n${posts.join('\n')}\n`,
        'exposures.csv': `person,day,category,${eventColumns}\n${events.join('\n')}\n`,
      })) as readonly Record<string, number>[];
      expect(found.map((row) => [row['signals'], row['new'], row['again'], row['standing']])).toEqual(
        rules.map((rule) => [rule.signals, rule.new, rule.again, rule.standing]),
      );
      const sum = (key: string) => found.reduce((all, row) => all + row[key]!, 0);
      expect([sum('joined'), sum('cleared')]).toEqual([total.joined, total.cleared]);
      expect(total.signals).toBeGreaterThan(20);
    });
  }
});

describe('the script of scheme-comparison, run in R', () => {
  it('finds the same rank correlation and the same table of thirds', async () => {
    const force = randomForce(42, { people: 90, events: 2_500 });
    const asOf = '2026-03-31';
    const { rankCorrelation, byBand } = compareSchemes({
      ...{ exposures: packedOf(force), people: frameOf(force.people), asOfDay: dayNumber(asOf), rows: false },
      compared: [compiled(countV1), compiled(tieredV1)],
    });
    const lines = force.people.flatMap((who) => {
      const post = spellOn(who, asOf);
      const start = [who.name, post?.role ?? '', post?.unit ?? '', post ? 1 : 0];
      const own = force.events.filter(({ person }) => person === who.name);
      if (own.length === 0) return post ? [[...start, '', '', '', '', '', '', ''].join(',')] : [];
      return own.map((e) =>
        [...start, e.date, e.category, e.proximity, e.attribution, flag(e.first), flag(e.known), e.minutes].join(','),
      );
    });
    const script = comparisonScript([countV1, tieredV1], dayNumber(asOf), { unmapped: 0, notTraumatic: 0 });
    const found = (await session.run(script, {
      'exposures.csv': `person,role,unit,in_post,day,category,${eventColumns}\n${lines.join('\n')}\n`,
    })) as { readonly rankCorrelation: number; readonly byBand: readonly (readonly number[])[] };
    expect(found.rankCorrelation).toBeCloseTo(rankCorrelation!.estimate, 9);
    expect(found.byBand).toEqual(byBand);
  });
});
