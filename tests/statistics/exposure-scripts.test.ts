import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { monthEndsBetween } from '#main/analysis/exposure/specs.ts';
import { type ExposureTrendResult, exposureTrend } from '#main/analysis/exposure/trend/exposure-trend.ts';
import { exposureTrendScript } from '#main/analysis/exposure/trend/trend-script.ts';
import { parseExposureTrendSpec } from '#main/analysis/exposure/trend/trend-spec.ts';
import { compiled, countV1, frameOf, packedOf, randomForce, tieredV1 } from '../unit/analysis/exposure/force.ts';
import { startNativeR } from './native-r-session.ts';
import type { RSession } from './r-session.ts';
import { startWebR } from './webr-session.ts';

let session: RSession;
beforeAll(async () => {
  session = startNativeR() ?? (await startWebR());
}, 120_000);
afterAll(() => session.close());

const range = { from: '2023-06', to: '2026-05' };
const held = ({ months }: ExposureTrendResult) => months.map(({ state }) => (state === 'held' ? 1 : 0));

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
  readonly funnel: { readonly rate: number; readonly tau2: number; readonly points: readonly { readonly z: number }[] };
};

describe('the script of exposure-trend, run in R', () => {
  for (const [name, more, scheme] of [
    ['counts on u charts', {}, countV1],
    ['counts on XmR charts with a baseline', { chart: 'xmr', baseline: 20 }, countV1],
    ['weighted loads by role', { by: 'role', chart: 'xmr' }, tieredV1],
  ] as const) {
    it(`finds the same centres, limits, signals and funnel: ${name}`, async () => {
      const { spec, result } = trendOf(more, scheme);
      const heldMonths = held(result);
      // Loads are not in the result of weighted charts, but follow from value and denominator.
      const rows = result.charts.flatMap(({ group, points }) =>
        points.map(({ month, value, count, denominator }, at) => {
          const load = scheme === countV1 ? count : ((value ?? 0) * denominator) / 100;
          return [`"${group}"`, '', month, heldMonths[at], count, load, denominator].join(',');
        }),
      );
      const csv = `group,category,month,held,count,load,denominator\n${rows.join('\n')}\n`;
      const found = (await session.run(exposureTrendScript(spec, result), { 'months.csv': csv })) as Found;
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
      expect(found.funnel.rate).toBeCloseTo(result.funnel!.rate, 10);
      expect(found.funnel.tau2).toBeCloseTo(result.funnel!.tau2, 10);
      for (const [k, { z }] of found.funnel.points.entries()) expect(z).toBeCloseTo(result.funnel!.points[k]!.z, 8);
    });
  }
});
