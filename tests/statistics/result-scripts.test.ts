import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import type { AbsenceResult } from '#main/analysis/absence/absence-result.ts';
import type { ReturnStep } from '#main/analysis/absence/return-to-work.ts';
import type { ExposureOutcomeResult } from '#main/analysis/exposure/outcome/exposure-outcome.ts';
import type { ExposureTrendResult } from '#main/analysis/exposure/trend/exposure-trend.ts';
import { familyImpactScript } from '#main/analysis/families/r-script.ts';
import type { Indicator } from '#main/analysis/indicators/evaluate.ts';
import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';
import type { FamilyImpactResult, FamilyMediation } from '#shared/domain/family-impact.ts';
import { familiesFrom, familyImpactOf } from '../fixtures/family-answers.ts';
import { foretellableForce, lastScreened } from '../fixtures/foretellable-force.ts';
import { csvFile, newVault, type Session, temporaryFolder } from '../integration/test-vault.ts';
import { startNativeR } from './native-r-session.ts';

/** The script of each result of a small synthetic force, alone in an R that has no file of its own to read. */
const native = startNativeR();
const folder = temporaryFolder('result-scripts');
let session: Session | null = null;

async function startSession(vault: string): Promise<Session> {
  session = await newVault(join(folder, vault));
  return session;
}

beforeAll(async () => {
  if (!native) return;
  const { call } = await startSession('vault');
  const force = await call('synthetic.write', {
    folder: join(folder, 'force'),
    people: 500,
    years: 3,
    seed: 7,
    kinds: ['people', 'exposures', 'absences', 'screenings', 'families'],
  });
  for (const { kind, path } of force.files) await call('imports.load', { file: path, kind, mapping: null });
});
afterAll(async () => {
  await session?.engine.close();
  await native?.close();
});

/** A result, and what R makes of its script; skipped where there is no R. Base R must do. */
async function inR<Result, Found>(context: TestContext, method: string, spec: Record<string, unknown>) {
  if (!native || !session) return context.skip('the system has no R');
  const { result, r } = await session.call('analyses.run', { method, spec });
  expect(r).not.toMatch(/^[^#]*(read\.csv\("|library\(|::)/m);
  return { result: result as unknown as Result, found: (await native.run(r, {})) as Found };
}

type PathInR = Readonly<Record<'estimate' | 'low' | 'high' | 'p', number>>;
type FamiliesInR = {
  readonly crossover: readonly (PathInR & { readonly path: string })[];
  readonly rSquared: readonly number[];
  readonly steps: readonly (PathInR & { readonly from: string; readonly to: string })[];
  readonly total: readonly PathInR[];
  readonly indirect: readonly number[];
};

const stations: Readonly<Record<string, string>> = {
  exposure: 'officer-exposure',
  distress: 'officer-distress',
  conflict: 'officer-conflict',
  partner: 'partner-distress',
};

/** Steps, total and indirect ways of a mediation. */
function sameWays({ diagram, total, indirect }: FamilyMediation, found: FamiliesInR): void {
  const same = (theirs: PathInR, own: PathInR) => {
    for (const key of ['estimate', 'low', 'high'] as const) expect(theirs[key]).toBeCloseTo(own[key], 9);
    expect(theirs.p / own.p).toBeCloseTo(1, 6);
  };
  expect(found.steps).toHaveLength(diagram.arrows.length);
  for (const step of found.steps) {
    same(step, diagram.arrows.find(({ from, to }) => from === stations[step.from] && to === stations[step.to])!);
  }
  same(found.total[0]!, total);
  expect(found.indirect).toHaveLength(3);
  found.indirect.forEach((value, at) => {
    expect(value).toBeCloseTo(indirect[at]!.estimate, 9);
  });
}

const period = { from: '2023-04', to: '2026-03' };

describe('the script of a result, alone in R', () => {
  it('exposure-trend: charts, signals and funnels', async (context) => {
    type Chart = { readonly centre: number; readonly upper: readonly number[] };
    type Found = {
      readonly charts: readonly (Chart & { readonly flagged: Readonly<Record<string, string | readonly string[]>> })[];
      readonly funnel: { readonly tau2: number };
      readonly funnelWithinRoles: { readonly points: readonly { readonly z: number }[] };
    };
    const { result, found } = await inR<ExposureTrendResult, Found>(context, 'exposure-trend', period);
    expect(found.charts).toHaveLength(result.charts.length);
    result.charts.forEach(({ centre, points, signals }, at) => {
      const theirs = found.charts[at]!;
      expect(theirs.centre / centre!).toBeCloseTo(1, 10);
      expect(theirs.upper.at(-1)! / points.at(-1)!.upper!).toBeCloseTo(1, 9);
      expect(Object.values(theirs.flagged).flat().length > 0).toBe(signals.length > 0);
    });
    expect(found.funnel.tau2).toBeCloseTo(result.funnel!.tau2, 10);
    const within = result.funnelWithinRoles!.points;
    found.funnelWithinRoles.points.forEach(({ z }, at) => {
      expect(z).toBeCloseTo(within[at]!.z, 8);
    });
  });

  it('indicators: the mean, the limits and the rules of each run chart', async (context) => {
    type Found = Readonly<
      Record<
        string,
        { readonly centre: number; readonly lower: number; readonly signals: Readonly<Record<string, unknown>> }
      >
    >;
    const { result, found } = await inR<{ readonly indicators: readonly Indicator[] }, Found>(context, 'indicators', {
      asOf: '2026-03-31',
    });
    const drawn = result.indicators.filter(({ chart }) => chart.centre !== null);
    expect(Object.keys(found)).toEqual(drawn.map(({ id }) => id));
    expect(drawn.length).toBeGreaterThan(5);
    for (const { id, chart } of drawn) {
      const theirs = found[id]!;
      expect(theirs.centre).toBeCloseTo(chart.centre!, 9);
      expect(theirs.lower).toBeCloseTo(chart.lower!, 9);
      const flagged = chart.points
        .filter(({ state }) => state === 'measured')
        .flatMap((point, at) => (point.signals.length > 0 ? [at + 1] : []));
      expect([theirs.signals['any'] ?? []].flat(), id).toEqual(flagged);
    }
  });

  it('absence: figures, returns, months and the adjusted p', async (context) => {
    type Figures = {
      readonly group: string;
      readonly ratePercent: number;
      readonly frequency: number;
      readonly severityDays: number;
    };
    type Found = {
      readonly figures: readonly (Figures & { readonly psychologicalShare: number | null })[];
      readonly returns: readonly ReturnStep[];
      readonly months: { readonly centre: number; readonly upper: number };
      readonly pHolm: readonly { readonly group: string; readonly adjusted: number }[];
    };
    const spec = { from: '2024-01-01', to: '2026-03-31', by: 'role' };
    const { result, found } = await inR<AbsenceResult, Found>(context, 'absence', spec);
    const shown = [{ group: 'All', figures: result.all }, ...result.groups].filter(({ figures }) => figures !== null);
    expect(found.figures.map(({ group }) => group)).toEqual(shown.map(({ group }) => group));
    shown.forEach(({ figures: own }, at) => {
      const theirs = found.figures[at]!;
      for (const key of ['ratePercent', 'frequency', 'severityDays'] as const) {
        expect(theirs[key]).toBeCloseTo(own![key]!, 9);
      }
      if (own!.psychological) expect(theirs.psychologicalShare).toBeCloseTo(own!.psychological.share!, 10);
    });
    const { all, psychological, groups } = result.returnToWork;
    const steps = [all!, ...psychological, ...groups].flatMap((curve) => curve.steps);
    expect(steps.length).toBeGreaterThan(100);
    expect(found.returns).toHaveLength(steps.length);
    steps.forEach((own, at) => {
      for (const key of ['stillAbsent', 'low', 'high'] as const) {
        if (own[key] !== null) expect(found.returns[at]![key], `${key} ${at}`).toBeCloseTo(own[key], 9);
      }
    });
    expect([found.months.centre, found.months.upper].map((value) => value.toFixed(9))).toEqual(
      [result.months.centre!, result.months.upper!].map((value) => value.toFixed(9)),
    );
    for (const { group, adjusted } of found.pHolm) {
      expect(adjusted).toBeCloseTo(result.rates!.groups.find((one) => one.group === group)!.pHolm!, 10);
    }
    expect(found.pHolm.length).toBeGreaterThan(2);
  });

  it('family-impact: the arrows of couples, and every way from exposure to the partner', async (context) => {
    const { result, found } = await inR<FamilyImpactResult, FamiliesInR>(context, 'family-impact', { samples: 200 });
    const { crossover, mediation } = result;
    if (crossover.refused !== null || mediation.refused !== null) throw new Error('refused');
    const { arrows } = crossover.diagram;
    found.crossover.forEach(({ path, estimate, low, high }, at) => {
      expect(path).toBe(arrows[at]!.id);
      expect(estimate).toBeCloseTo(arrows[at]!.estimate, 9);
      // Of couples who all answered everything, so narrower than the result's.
      expect(arrows[at]!.high - arrows[at]!.low).toBeGreaterThan(0.999 * (high - low));
    });
    expect(found.crossover).toHaveLength(4);
    sameWays(mediation, found);
  });

  it('family-impact: intervals too, of couples who all answered everything', async (context) => {
    if (!native) return context.skip('the system has no R');
    const answer = familyImpactOf(familiesFrom(12, 130));
    if (!answer.ok) throw new Error(answer.error.message);
    const { crossover, mediation } = answer.value.result;
    if (crossover.refused !== null || mediation.refused !== null) throw new Error('refused');
    const found = (await native.run(
      familyImpactScript(answer.value, { samples: 200, seed: 1 } as never),
      {},
    )) as FamiliesInR;
    crossover.diagram.arrows.forEach((arrow, at) => {
      for (const key of ['estimate', 'low', 'high'] as const)
        expect(found.crossover[at]![key]).toBeCloseTo(arrow[key], 9);
      expect(found.crossover[at]!.p / arrow.p).toBeCloseTo(1, 6);
    });
    expect(found.rSquared[0]).toBeCloseTo(crossover.rSquared.officer, 10);
    expect(found.rSquared[1]).toBeCloseTo(crossover.rSquared.partner, 10);
    sameWays(mediation, found);
  });

  for (const outcome of ['score', 'case'] as const) {
    it(`exposure-outcome: slope, curve and tests of a ${outcome}`, async (context) => {
      type Told = Readonly<Record<'estimate' | 'low' | 'high', number>>;
      type Test = { readonly statistic: number; readonly p: number };
      type Found = {
        readonly slope: readonly Told[];
        readonly curve: readonly Told[];
        readonly overall: Test;
        readonly nonlinear: Test | null;
      };
      const spec = { instrument: 'PHQ-9', from: '2023-10-01', to: '2026-03-31', outcome, adjust: ['prior'] };
      const { result, found } = await inR<ExposureOutcomeResult, Found>(context, 'exposure-outcome', spec);
      const near = (theirs: Told, own: Told) => {
        for (const key of ['estimate', 'low', 'high'] as const) expect(theirs[key]).toBeCloseTo(own[key], 9);
      };
      near(found.slope[0]!, result.slope);
      expect(result.curve.length).toBeGreaterThan(4);
      for (const [at, own] of result.curve.entries()) near(found.curve[at]!, own);
      for (const key of ['overall', 'nonlinear'] as const) {
        const own = result[key];
        if (own === null) expect(found[key]).toBeNull();
        else {
          // The columns of a spline are nearly the same, and their covariance loses digits when it is inverted.
          expect(found[key]!.statistic / own.statistic).toBeCloseTo(1, 6);
          expect(found[key]!.p / own.p).toBeCloseTo(1, 6);
        }
      }
    });
  }

  it('early-warning: the model applied, and what follows from its figures', async (context) => {
    type Found = {
      readonly perDeviation: readonly number[];
      readonly chanceAtMeans: number;
      readonly netBenefit: readonly { readonly treatAll: number }[];
      readonly temporal: { readonly prevalence: number; readonly scaledBrier: number };
      readonly corrected: { readonly auc: number; readonly brier: number };
      readonly pHolm: readonly { readonly adjusted: number }[];
    };
    if (!native || !session) return context.skip('the system has no R');
    await session.engine.close();
    const { call } = await startSession('foretellable');
    for (const { kind, header, lines } of foretellableForce(900)) {
      await call('imports.load', { file: csvFile(folder, `${kind}.csv`, header, lines), kind, mapping: null });
    }
    const spec = { asOf: lastScreened, folds: 2, resamples: 20 };
    const { result, found } = await inR<EarlyWarningResult, Found>(context, 'early-warning', spec);
    const model = result.model!;
    found.perDeviation.forEach((value, at) => {
      expect(value).toBeCloseTo(model.terms[at]!.perDeviation, 12);
    });
    const logit = model.terms.reduce((sum, { mean, coefficient }) => sum + mean * coefficient, model.intercept);
    expect(found.chanceAtMeans).toBeCloseTo(1 / (1 + Math.exp(-logit)), 12);
    expect(found.netBenefit.map(({ treatAll }) => treatAll.toFixed(10))).toEqual(
      result.netBenefit.map(({ treatAll }) => treatAll.toFixed(10)),
    );
    const { temporal, optimism } = result.validation;
    expect(found.temporal.prevalence).toBeCloseTo(temporal!.prevalence!, 12);
    expect(found.temporal.scaledBrier).toBeCloseTo(temporal!.scaledBrier!, 10);
    // The resamples take both from bins, the script from the exact figures.
    expect(found.corrected.auc).toBeCloseTo(optimism!.correctedAuc, 4);
    expect(found.corrected.brier).toBeCloseTo(optimism!.correctedBrier, 4);
    const tested = result.fairness.filter(({ p }) => p !== null);
    expect(tested.length).toBeGreaterThan(1);
    expect(found.pHolm.map(({ adjusted }) => adjusted.toFixed(12))).toEqual(
      tested.map(({ pHolm }) => pHolm!.toFixed(12)),
    );
  });
});
