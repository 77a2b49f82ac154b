import { describe, expect, it } from 'vitest';
import { meanMovingRange, meanRange, meanSd, sdOfRange } from '#main/stats/control-charts/chart-constants.ts';
import { differences } from './compare.ts';
import { hasReference, referenceCase, referenceData } from './reference.ts';
import { csvOf, runProcedure } from './run-procedure.ts';

type Numbers = readonly number[];
type Columns = Record<string, string[]>;

function columnsOf(text: string): Columns {
  const [header = '', ...lines] = text.trim().replaceAll('"', '').split('\n');
  const cells = lines.map((line) => line.split(','));
  return Object.fromEntries(header.split(',').map((name, place) => [name, cells.map((row) => row[place] as string)]));
}

/** The rows of one organisation. */
function organisation(name: string): Columns {
  const all = columnsOf(referenceData('nhs_ae_attendances_6orgs.csv'));
  const kept = (all['org_code'] ?? []).map((code) => code === name);
  return Object.fromEntries(
    Object.entries(all).map(([key, values]) => [key, values.filter((_value, row) => kept[row] === true)]),
  );
}

const same = (ours: unknown, theirs: unknown, rel = 1e-9): void =>
  expect(differences(ours, theirs, { default: rel })).toEqual([]);

const spc = (data: string, spec: Record<string, unknown>) => runProcedure({ procedure: 'spc', data, spec });
const reference = <T>(id: string): T => (hasReference ? referenceCase(id).reference : {}) as T;

describe.skipIf(!hasReference)('constants of control charts', () => {
  const constants = reference<Record<string, Record<string, number>> & Record<'E2_mr2' | 'D4_mr2', number>>(
    '11-spc-constants',
  );

  it('are those of the integrals', () => {
    const all = (name: string, f: (n: number) => number) =>
      same(Object.fromEntries(Object.keys(constants[name] ?? {}).map((n) => [n, f(Number(n))])), constants[name]);
    all('d2', meanRange);
    all('d3', sdOfRange);
    all('c4', meanSd);
    all('A2', (n) => 3 / (meanRange(n) * Math.sqrt(n)));
    all('A3', (n) => 3 / (meanSd(n) * Math.sqrt(n)));
    all('D4_factor', (n) => 1 + (3 * sdOfRange(n)) / meanRange(n));
    all('B4', (n) => 1 + (3 * Math.sqrt(1 - meanSd(n) ** 2)) / meanSd(n));
    same(
      Array.from({ length: 24 }, (_none, k) =>
        Math.max(0, 1 - (3 * Math.sqrt(1 - meanSd(k + 2) ** 2)) / meanSd(k + 2)),
      ),
      constants['B3'],
    );
    same(
      Array.from({ length: 9 }, (_none, k) => Math.max(0, 1 - (3 * sdOfRange(k + 2)) / meanRange(k + 2))),
      constants['D3_factor'],
    );
    same(3 / meanMovingRange, constants.E2_mr2);
    same(1 + (3 * sdOfRange(2)) / meanMovingRange, constants.D4_mr2);
  });
});

type Xmr = Record<
  'n' | 'mean' | 'mr_bar' | 'upl' | 'lpl' | 'near_upper' | 'near_lower' | 'mr_upper_limit_3.267',
  number
> &
  Record<'outside' | 'shift_points' | 'trend_points' | 'two_of_three_points' | 'any_special_cause', Numbers> & {
    readonly latest: { readonly value: number; readonly side: number; readonly outside: boolean };
  };

describe.skipIf(!hasReference)('XmR charts with the rules of the NHS', () => {
  const cases = reference<{
    readonly by_org: Record<string, Record<string, Xmr>>;
    readonly nile: Xmr;
    readonly nile_first28_baseline: Xmr;
  }>('11-xmr-nhs');

  const check = async (data: string, spec: Record<string, unknown>, theirs: Xmr): Promise<void> => {
    const found = await spc(data, { chart: 'xmr', rules: 'nhs', ...spec });
    same(
      found,
      {
        n: theirs.n,
        centre: theirs.mean,
        averageMovingRange: theirs.mr_bar,
        upper: theirs.upl,
        lower: theirs.lpl,
        movingRangeLimit: theirs['mr_upper_limit_3.267'],
        signals: {
          outside: theirs.outside,
          shift: theirs.shift_points,
          trend: theirs.trend_points,
          twoOfThree: theirs.two_of_three_points,
          any: theirs.any_special_cause,
        },
        latest: theirs.latest,
      },
      1e-10,
    );
    const points = found['points'] as { centre: number; sigma: number; signals: unknown[] }[];
    const [first] = points;
    same([first!.centre + 2 * first!.sigma, first!.centre - 2 * first!.sigma], [theirs.near_upper, theirs.near_lower]);
    expect(points.flatMap(({ signals }, i) => (signals.length > 0 ? [i + 1] : []))).toEqual(theirs.any_special_cause);
  };

  it.each(Object.keys(cases.by_org ?? {}))('%s', async (name) => {
    const data = csvOf(organisation(name));
    const theirs = cases.by_org[name] as Record<string, Xmr>;
    const share = { y: 'breaches', denominator: 'attendances' };
    await check(data, { y: 'attendances', time: 'period' }, theirs['attendances'] as Xmr);
    await check(data, { y: 'attendances', screen: true }, theirs['attendances_screened'] as Xmr);
    await check(data, { y: 'attendances', exactConstant: true }, theirs['attendances_exact_constant'] as Xmr);
    await check(data, share, theirs['breach_proportion'] as Xmr);
    await check(data, { ...share, baseline: 24 }, theirs['breach_proportion_first24_baseline'] as Xmr);
  });

  it('the Nile', async () => {
    await check(referenceData('nile.csv'), { y: 'flow', time: 'year' }, cases.nile);
    await check(referenceData('nile.csv'), { y: 'flow', baseline: [1, 28] }, cases.nile_first28_baseline);
  });
});

describe.skipIf(!hasReference)('charts of counts', () => {
  type Chart = Record<'pbar' | 'ubar' | 'cbar' | 'center', number> &
    Record<'lcl' | 'ucl', number | Numbers> & { beyond: Numbers };
  const cases = reference<
    Record<string, Chart> & { laney_p_rf4: { sigma_z: number; lcl: Numbers; ucl: Numbers; beyond: Numbers } }
  >('11-attribute-charts');
  const limits = (found: Record<string, unknown>) => found['points'] as { lower: number; upper: number }[];

  it('p, np and c, limits from the trial rows', async () => {
    const juice = referenceData('qcc_orangejuice.csv');
    const p = await spc(juice, { y: 'D', denominator: 'size', chart: 'p', baseline: 30 });
    const { pbar, lcl, ucl, beyond } = cases['p_orangejuice'] as Chart;
    same(p, { centre: pbar, lower: lcl, upper: ucl, signals: { outside: beyond } });
    const np = await spc(juice, { y: 'D', denominator: 'size', chart: 'np', baseline: 30 });
    const { center, lcl: low, ucl: high } = cases['np_orangejuice'] as Chart;
    same(np, { centre: center, lower: low, upper: high });
    const c = await spc(referenceData('qcc_circuit.csv'), { y: 'x', chart: 'c', baseline: 26 });
    const circuit = cases['c_circuit'] as Chart;
    same(c, { centre: circuit.cbar, lower: circuit.lcl, upper: circuit.ucl, signals: { outside: circuit.beyond } });
  });

  it('u, where chance suffices', async () => {
    const cloth = await spc(referenceData('qcc_dyedcloth.csv'), { y: 'x', denominator: 'size', chart: 'u' });
    const { ubar, lcl, ucl, beyond } = cases['u_dyedcloth'] as Chart;
    same(cloth, { centre: ubar, laney: false, signals: { outside: beyond } });
    same(
      limits(cloth).map(({ lower }) => lower),
      lcl,
    );
    same(
      limits(cloth).map(({ upper }) => upper),
      ucl,
    );
    const computers = await spc(referenceData('qcc_pcmanufact.csv'), { y: 'x', denominator: 'size', chart: 'u' });
    const made = cases['u_pcmanufact'] as Chart;
    same(computers, { centre: made.ubar, lower: made.lcl, upper: made.ucl });
  });

  it('p and p′ where chance does not suffice', async () => {
    const data = csvOf(organisation('RF4'));
    const spec = { y: 'breaches', denominator: 'attendances', chart: 'p' };
    const plain = await spc(data, spec);
    const { pbar, lcl, ucl, beyond } = cases['p_rf4'] as Chart;
    const { sigma_z, ...laney } = cases.laney_p_rf4;
    same(plain, {
      centre: pbar,
      signals: { outside: beyond },
      overdispersion: { sigmaZ: sigma_z, overdispersed: true },
    });
    same(
      limits(plain).map(({ lower }) => lower),
      lcl,
    );
    same(
      limits(plain).map(({ upper }) => upper),
      ucl,
    );
    const widened = await spc(data, { ...spec, laney: true });
    same(widened, { signals: { outside: laney.beyond } });
    same(
      limits(widened).map(({ lower }) => lower),
      laney.lcl,
    );
    same(
      limits(widened).map(({ upper }) => upper),
      laney.ucl,
    );
    same(
      (plain['points'] as { laney: { lower: number } }[]).map((point) => point.laney.lower),
      laney.lcl,
    );
    const u = await spc(data, { ...spec, chart: 'u' });
    expect(u['laney']).toBe(true);
  });
});

describe.skipIf(!hasReference)('samples, cumulative sums and moving averages', () => {
  type Chart = { readonly center: number; readonly lcl: number; readonly ucl: number };
  const cases = reference<{
    readonly center: number;
    readonly sigma_rbar_d2: number;
    readonly sigma_sbar_c4: number;
    readonly sigma_pooled_uncorrected: number;
    readonly xbar_limits_rbar: Numbers;
    readonly xbar_limits_sbar: Numbers;
    readonly xbar_beyond_rbar: Numbers;
    readonly r_chart: Chart;
    readonly s_chart: Chart;
    readonly cusum: { positive: Numbers; negative: Numbers; signal_above_5: Numbers; signal_below: Numbers };
    readonly ewma: { value: Numbers; half_width: Numbers; signal: Numbers };
    readonly nile_cusum: {
      center: number;
      sigma: number;
      positive: Numbers;
      negative: Numbers;
      first_signal_negative: number;
      first_signal_positive: null;
    };
    readonly nile_ewma: { value: Numbers; half_width: Numbers; signal: Numbers };
  }>('11-xbar-cusum-ewma');
  const rings = hasReference ? referenceData('qcc_pistonrings.csv') : '';
  const nile = hasReference ? referenceData('nile.csv') : '';
  const spec = { y: 'diameter', subgroup: 'sample', baseline: 25 };
  const sums = (points: unknown) => {
    const list = points as { positive: number; negative: number }[];
    return { positive: list.map(({ positive }) => positive), negative: list.map(({ negative }) => negative) };
  };
  const averages = (points: unknown) => {
    const list = points as { ewma: number; upper: number; centre: number }[];
    return { value: list.map((point) => point.ewma), half_width: list.map(({ upper, centre }) => upper - centre) };
  };

  it('x̄, R and S', async () => {
    const xbar = await spc(rings, { ...spec, chart: 'xbar' });
    const [lower, upper] = cases.xbar_limits_rbar;
    same(xbar, {
      centre: cases.center,
      lower,
      upper,
      signals: { outside: cases.xbar_beyond_rbar },
      sigmaEstimates: { range: cases.sigma_rbar_d2, sd: cases.sigma_sbar_c4, pooled: cases.sigma_pooled_uncorrected },
    });
    const bySd = await spc(rings, { ...spec, chart: 'xbar', sigma: 'sd' });
    same(bySd, { lower: cases.xbar_limits_sbar[0], upper: cases.xbar_limits_sbar[1] });
    const range = await spc(rings, { ...spec, chart: 'r' });
    same(range, { centre: cases.r_chart.center, lower: cases.r_chart.lcl, upper: cases.r_chart.ucl });
    const sd = await spc(rings, { ...spec, chart: 's' });
    same(sd, { centre: cases.s_chart.center, lower: cases.s_chart.lcl, upper: cases.s_chart.ucl });
  });

  it('cumulative sums and moving averages of the sample means', async () => {
    const means = ((await spc(rings, { ...spec, chart: 'xbar' }))['points'] as { mean: number }[]).map(
      ({ mean }) => mean,
    );
    const data = csvOf({ mean: means });
    const given = { y: 'mean', target: cases.center, sd: cases.sigma_rbar_d2 / Math.sqrt(5) };
    const found = await runProcedure({ procedure: 'cusum', data, spec: { ...given, h: 5, k: 0.5 } });
    const { positive, negative, signal_above_5 } = cases.cusum;
    // Deviations of a few thousandths from 74: the values hold eleven digits of them.
    same(sums(found['points']), { positive, negative }, 1e-8);
    same(
      found['signals'],
      signal_above_5.map((index) => ({ index, direction: 'high' })),
    );
    const average = await runProcedure({ procedure: 'ewma', data, spec: { ...given, lambda: 0.2, width: 3 } });
    const { value, half_width, signal } = cases.ewma;
    same(averages(average['points']).value, value);
    same(averages(average['points']).half_width, half_width, 1e-8);
    same(
      average['signals'],
      signal.map((index) => ({ index })),
    );
  });

  it('of the Nile, target and sd from its first 28 years', async () => {
    const found = await runProcedure({
      procedure: 'cusum',
      data: nile,
      spec: { y: 'flow', baseline: 28, h: 5, k: 0.5 },
    });
    const { center, sigma, positive, negative, first_signal_negative } = cases.nile_cusum;
    same(found, { target: center, sd: sigma, firstLow: first_signal_negative, firstHigh: null });
    same(sums(found['points']), { positive, negative });
    const average = await runProcedure({
      procedure: 'ewma',
      data: nile,
      spec: { y: 'flow', time: 'year', target: center, sd: sigma },
    });
    const { value, half_width, signal } = cases.nile_ewma;
    same(averages(average['points']), { value, half_width });
    same(
      average['signals'],
      signal.map((index) => ({ index })),
    );
  });
});

describe.skipIf(!hasReference)('funnels and rare events', () => {
  type Exact = Record<'p2.5' | 'p97.5' | 'p0.1' | 'p99.9', number>;
  const cases = reference<{
    readonly target: number;
    readonly exact_limits: Record<string, Exact>;
    readonly 'normal_limits_99.8': Record<string, Numbers>;
    readonly 'wilson_type_limits_99.8': Record<string, { low: number; high: number }>;
    readonly z_naive: { readonly org: readonly string[]; readonly z: Numbers };
    readonly phi_winsorised: number;
    readonly arcsine: {
      readonly phi_winsorised: number;
      readonly tau2: number;
      readonly z_adjusted: Numbers;
      readonly 'beyond_99.8': Numbers;
    };
    readonly t_chart: {
      readonly n_gaps: number;
      readonly mean_transformed: number;
      readonly mr_bar: number;
      readonly limits_transformed: Numbers;
      readonly limits_days: Numbers;
      readonly center_days: number;
      readonly beyond: Numbers;
    };
  }>('11-funnel-rare');

  it('a funnel of shares with overdispersion', async () => {
    const at = Object.keys(cases.exact_limits).map(Number);
    const found = await spc(referenceData('nhs_ae_2019_03_all_orgs.csv'), {
      chart: 'funnel',
      y: 'breaches',
      denominator: 'attendances',
      subgroup: 'org_code',
      at,
    });
    const { phi_winsorised, tau2, z_adjusted } = cases.arcsine;
    same(found, {
      centre: cases.target,
      phi: cases.phi_winsorised,
      steadyPhi: phi_winsorised,
      tau2,
      signals: { outside: cases.arcsine['beyond_99.8'] },
      points: cases.z_naive.z.map((z, i) => ({ subgroup: cases.z_naive.org[i], z, adjustedZ: z_adjusted[i] })),
      curve: at.map((denominator) => {
        const exact = cases.exact_limits[denominator] as Exact;
        const [low, high] = cases['normal_limits_99.8'][denominator] as Numbers;
        return {
          denominator,
          exact: {
            inner: { low: exact['p2.5'], high: exact['p97.5'] },
            outer: { low: exact['p0.1'], high: exact['p99.9'] },
          },
          normal: { outer: { low, high } },
          wilson: { outer: cases['wilson_type_limits_99.8'][denominator] },
        };
      }),
    });
  });

  it('days between disasters in coal mines', async () => {
    const dates = (columnsOf(referenceData('coal_disasters.csv'))['decimal_date'] ?? []).map(Number);
    const gaps = dates
      .slice(1)
      .map((date, i) => 365.25 * (date - (dates[i] as number)))
      .filter((gap) => gap > 0);
    const found = await spc(csvOf({ gaps }), { chart: 't', y: 'gaps' });
    const { n_gaps, mean_transformed, mr_bar, limits_transformed, limits_days, center_days, beyond } = cases.t_chart;
    same(found, {
      n: n_gaps,
      centre: center_days,
      lower: limits_days[0],
      upper: limits_days[1],
      averageMovingRange: mr_bar,
      transformed: { centre: mean_transformed, lower: limits_transformed[0], upper: limits_transformed[1] },
      signals: { outside: beyond },
    });
  });
});
