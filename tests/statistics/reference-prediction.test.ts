import { describe, expect, it } from 'vitest';
import { matrixOf } from '#main/stats/linear-algebra/matrix.ts';
import { binomial } from '#main/stats/regression/families.ts';
import { fitGlm } from '#main/stats/regression/fit-glm.ts';
import { differences } from './compare.ts';
import { hasReference, referenceCase, referenceData } from './reference.ts';
import { csvOf, runProcedure } from './run-procedure.ts';

type Interval = { readonly low: number; readonly high: number };
type Table = { readonly values: readonly (readonly number[])[] };
type Point = Record<'threshold' | 'sensitivity' | 'specificity' | 'ppv' | 'npv' | 'youden', number>;
type Curve = {
  readonly auc: number;
  readonly delong_se: number;
  readonly delong_ci: Interval;
  readonly delong_logit_ci: Interval;
  readonly hanley_mcneil_se: number;
  readonly mann_whitney_U: number;
  readonly youden_best: readonly Point[];
  readonly closest_topleft: readonly Point[];
  readonly 'partial_auc_spec_0.9_1': number;
  readonly 'partial_auc_spec_0.9_1_mcclish_corrected': number;
  readonly n_thresholds: number;
  readonly average_precision_step: number;
  readonly auprc_davis_goadrich: number;
  readonly pr_points_first8: Table;
};

function columnsOf(text: string): Record<string, string[]> {
  const [header = '', ...lines] = text.trim().replaceAll('"', '').split('\n');
  const cells = lines.map((line) => line.split(','));
  return Object.fromEntries(header.split(',').map((name, place) => [name, cells.map((row) => row[place] as string)]));
}

/** Probabilities of a logistic model fitted to all rows. */
function fittedTo(y: readonly number[], predictors: readonly (readonly number[])[]): number[] {
  const design = matrixOf(y.length, 1 + predictors.length);
  design.data.set([...y.map(() => 1), ...predictors.flat()]);
  return [...fitGlm(design, Float64Array.from(y), binomial).fitted];
}

const same = (ours: unknown, theirs: unknown, rel = 1e-8): void =>
  expect(differences(ours, theirs, { default: rel })).toEqual([]);

describe.skipIf(!hasReference)('areas under curves as the reference case has them', () => {
  const curves = hasReference ? (referenceCase('08-roc-asah').reference as Record<string, unknown>) : {};
  const predictors = ['s100b', 'ndka', 'wfns'];
  const run = (more: Record<string, unknown> = {}) =>
    runProcedure({
      procedure: 'roc',
      data: referenceData('aSAH.csv'),
      spec: { outcome: 'outcome', predictors, ...more },
    });

  it('area, error, limits, best thresholds, precision and recall', async () => {
    const found = (await run())['curves'] as { points: { value: number | null }[] }[];
    for (const [place, name] of predictors.entries()) {
      const theirs = curves[name] as Curve;
      const best = ({ youden, ...point }: Point) => ({
        ...point,
        ...(youden === undefined ? {} : { index: youden - 1 }),
      });
      same(found[place], {
        predictor: name,
        auc: theirs.auc,
        se: theirs.delong_se,
        ...theirs.delong_ci,
        logit: theirs.delong_logit_ci,
        hanleyMcNeilSe: theirs.hanley_mcneil_se,
        mannWhitney: theirs.mann_whitney_U,
        youden: theirs.youden_best.map(best),
        closest: theirs.closest_topleft.map(best),
        partial: {
          auc: theirs['partial_auc_spec_0.9_1'],
          corrected: theirs['partial_auc_spec_0.9_1_mcclish_corrected'],
        },
        averagePrecision: theirs.average_precision_step,
        precisionRecallAuc: theirs.auprc_davis_goadrich,
        thresholds: theirs.n_thresholds,
      });
      const falling = (found[place]?.points ?? []).filter(({ value }) => value !== null).reverse();
      same(
        falling.slice(0, theirs.pr_points_first8.values.length),
        theirs.pr_points_first8.values.map(([value, truePositives, falsePositives, sensitivity, ppv]) => ({
          value,
          truePositives,
          falsePositives,
          sensitivity,
          ppv,
        })),
      );
    }
  });

  it('differences in the same people', async () => {
    const found = await run();
    same(found['covariance'], (curves['delong_covariance'] as Table).values);
    const tests = curves['delong_paired_tests'] as Record<
      string,
      Record<'difference' | 'se' | 'z' | 'p' | 'ci_low' | 'ci_high', number>
    >;
    same(
      found['comparisons'],
      Object.entries(tests).map(([name, { difference, se, z, p, ci_low, ci_high }]) => ({
        first: name.split('_vs_')[0],
        second: name.split('_vs_')[1],
        difference,
        se,
        statistic: z,
        p,
        low: ci_low,
        high: ci_high,
      })),
    );
  });

  it('a difference as if in different people', async () => {
    const { outcome = [], s100b = [], ndka = [] } = columnsOf(referenceData('aSAH.csv'));
    const found = await runProcedure({
      procedure: 'roc',
      data: csvOf({
        outcome: [...outcome, ...outcome],
        score: [...s100b, ...ndka],
        who: [...s100b.map(() => 'a'), ...ndka.map(() => 'b')],
      }),
      spec: { outcome: 'outcome', predictors: 'score', by: 'who' },
    });
    const { D, df, p } = curves['delong_unpaired_s100b_vs_ndka_as_if_independent'] as Record<'D' | 'df' | 'p', number>;
    same(found['comparisons'], [{ statistic: D, df, p }]);
  });
});

describe.skipIf(!hasReference)('a logistic model of low birth weight', () => {
  const reference = (hasReference ? referenceCase('02-logit-birthwt').reference : {}) as {
    readonly auc: {
      readonly auc: number;
      readonly delong_se: number;
      readonly ci_low: number;
      readonly ci_high: number;
    };
    readonly brier: number;
    readonly brier_scaled: number;
    readonly log_loss: number;
    readonly spiegelhalter: { readonly z: number; readonly p_two_sided: number };
    readonly hosmer_lemeshow: Record<'cutpoints' | 'n' | 'observed' | 'expected', number[]> &
      Record<'statistic' | 'df' | 'p', number>;
  };

  it('discriminates and is calibrated as there', async () => {
    const columns = columnsOf(referenceData('birthwt.csv'));
    const numbers = (name: string) => (columns[name] ?? []).map(Number);
    const race = numbers('race');
    const others = ['age', 'lwt', 'smoke', 'ptl', 'ht', 'ui', 'ftv'].map(numbers);
    const dummies = [2, 3].map((level) => race.map((value) => (value === level ? 1 : 0)));
    const low = numbers('low');
    const data = csvOf({ low, risk: fittedTo(low, [...others, ...dummies]) });
    const curve = await runProcedure({ procedure: 'roc', data, spec: { outcome: 'low', predictors: ['risk'] } });
    const { auc, delong_se, ci_low, ci_high } = reference.auc;
    same(curve['curves'], [{ auc, se: delong_se, low: ci_low, high: ci_high }]);
    const found = await runProcedure({ procedure: 'calibration', data, spec: { outcome: 'low', probability: 'risk' } });
    const { cutpoints, n, observed, expected, statistic, df, p } = reference.hosmer_lemeshow;
    same(found, {
      brier: reference.brier,
      brierScaled: reference.brier_scaled,
      logLoss: reference.log_loss,
      hosmerLemeshow: {
        statistic,
        df,
        p,
        groups: n.map((size, k) => ({
          low: cutpoints[k],
          high: cutpoints[k + 1],
          n: size,
          observed: observed[k],
          expected: expected[k],
        })),
      },
      spiegelhalter: { statistic: reference.spiegelhalter.z, p: reference.spiegelhalter.p_two_sided },
      intercept: { estimate: 0 },
      slope: { estimate: 1 },
      observedExpected: { estimate: 1 },
    });
    const external = await runProcedure({
      procedure: 'calibration',
      data,
      spec: { outcome: 'low', probability: 'risk', external: true },
    });
    expect(external['hosmerLemeshow']).toMatchObject({ df: 10, statistic: expect.closeTo(statistic, 8) });
  });
});

describe.skipIf(!hasReference)('a decision curve as the reference case has it', () => {
  type Shown = Record<string, number> & Record<'sens_wilson' | 'spec_wilson', readonly [number, number]>;
  const reference = (hasReference ? referenceCase('08-decision-curve-asah').reference : {}) as {
    readonly auc: number;
    readonly curve: readonly Shown[];
    readonly idi: number;
    readonly continuous_nri: { readonly events: number; readonly nonevents: number };
  };

  it('net benefit, classification, improvement on another model', async () => {
    const columns = columnsOf(referenceData('aSAH.csv'));
    const numbers = (name: string) => (columns[name] ?? []).map(Number);
    const poor = (columns['outcome'] ?? []).map((value) => (value === 'Poor' ? 1 : 0));
    const data = csvOf({
      poor,
      model: fittedTo(poor, ['s100b', 'ndka', 'wfns', 'age'].map(numbers)),
      simple: fittedTo(poor, [numbers('wfns')]),
    });
    const found = await runProcedure({
      procedure: 'decision-curve',
      data,
      spec: {
        outcome: 'poor',
        probability: 'model',
        comparator: 'simple',
        thresholds: reference.curve.map((point) => point['threshold'] as number),
      },
    });
    same(
      found['points'],
      reference.curve.map((point) => ({
        threshold: point['threshold'],
        netBenefit: point['net_benefit_model'],
        comparator: point['net_benefit_wfns_only'],
        treatAll: point['net_benefit_treat_all'],
        treatNone: point['net_benefit_treat_none'],
        interventionsAvoidedPer100: point['net_interventions_avoided_per_100'],
        truePositives: point['tp'],
        falsePositives: point['fp'],
        trueNegatives: point['tn'],
        falseNegatives: point['fn'],
        sensitivity: { estimate: point['sensitivity'], low: point['sens_wilson'][0], high: point['sens_wilson'][1] },
        specificity: { estimate: point['specificity'], low: point['spec_wilson'][0], high: point['spec_wilson'][1] },
        ppv: point['ppv'],
        npv: point['npv'],
        f1: point['f1'],
        mcc: point['mcc'],
        likelihoodRatioPositive: point['lr_positive'],
        likelihoodRatioNegative: point['lr_negative'],
        balancedAccuracy: point['balanced_accuracy'],
      })),
    );
    const { events, nonevents } = reference.continuous_nri;
    same(found['reclassification'], { idi: reference.idi, nri: { events, nonEvents: nonevents } });
    const curve = await runProcedure({ procedure: 'roc', data, spec: { outcome: 'poor', predictors: ['model'] } });
    same(curve['curves'], [{ auc: reference.auc }]);
  });
});
