import { ExpectedError } from '#shared/domain/result.ts';
import type { DataTable } from '../../data/table.ts';
import { clusterRobust } from '../../meta-analysis/cluster-robust.ts';
import { naturalScale } from '../../meta-analysis/effect-sizes.ts';
import type { HeterogeneityMethod } from '../../meta-analysis/heterogeneity.ts';
import { fitRandomEffects, type RandomEffectsFit } from '../../meta-analysis/random-effects.ts';
import { readStudies, type Studies } from '../../meta-analysis/read-studies.ts';
import { type EffectModel, meanModel, regressionModel } from '../../meta-analysis/weighted-moments.ts';
import type { Outcome, Procedure, RunContext } from '../procedure.ts';
import { mixedModelOutcome } from './mixed-model.ts';
import { moderatorResults } from './moderators.ts';
import {
  deletionRows,
  finiteOrNull,
  heterogeneityKeys,
  type MeanRow,
  meanRow,
  predictionLimits,
  smallStudyKeys,
  weightRows,
} from './rows.ts';
import { metaScript } from './script.ts';
import { effectSource, type MetaSpec, metaColumns, metaSchema, moderatorFormula, roleColumns } from './spec.ts';

function run(table: DataTable, spec: MetaSpec, context: RunContext): Outcome {
  const source = effectSource(spec);
  const known = (name: string): boolean => table.columns.has(name);
  const columns = roleColumns(spec, known);
  const studies = readStudies(table, {
    effects:
      source.kind === 'given'
        ? source
        : { kind: 'measure', measure: spec.measure as NonNullable<MetaSpec['measure']>, columns },
    study: spec.study ?? null,
    moderators: moderatorFormula(spec),
    factors: spec.factors,
  });
  const warnings = openingWarnings(studies, spec);
  if (spec.measure === 'PLO' && source.kind === 'measure' && isMixed(spec)) {
    const mixed = mixedModelOutcome(table, spec, studies, columns, context, warnings);
    if (mixed) return mixed;
  }
  const method = spec.method === undefined ? 'REML' : spec.method === 'CE' ? 'EE' : spec.method;
  return inverseVarianceOutcome(table, { ...spec, method }, method, studies, columns, context, warnings);
}

function isMixed({ method }: MetaSpec): boolean {
  return method === undefined || method === 'ML' || method === 'FE' || method === 'EE' || method === 'CE';
}

function openingWarnings(studies: Studies, spec: MetaSpec): string[] {
  const warnings: string[] = [];
  const { corrected, y } = studies;
  if (corrected > 0 && spec.measure !== undefined) {
    warnings.push(
      `${corrected === 1 ? 'One study has' : `${corrected} studies have`} a count of 0: ½ was added to its cells.`,
    );
  }
  if (y.length === 1) warnings.push('There is only one study, so the result is that study’s own.');
  return warnings;
}

function inverseVarianceOutcome(
  table: DataTable,
  spec: MetaSpec,
  method: HeterogeneityMethod,
  studies: Studies,
  columns: ReturnType<typeof roleColumns>,
  context: RunContext,
  warnings: string[],
): Outcome {
  const { y, v, design, clusters } = studies;
  const k = y.length;
  const model = design ? regressionModel(y, v, design.matrix) : meanModel(y, v);
  refuseTooFew(model, studies);
  const test = k === 1 ? 'z' : spec.test;
  if (k === 1 && spec.test === 'knha')
    warnings.push('One study gives no residual variance, so limits and p are normal.');
  if (spec.test === 'knha' && (method === 'FE' || method === 'EE')) {
    warnings.push('The method of Knapp and Hartung is not meant for a model with a fixed effect.');
  }
  const fit = fitRandomEffects(model, method, test);
  refuseUnrepresentable(fit);
  if (fit.severalMaxima) warnings.push('The likelihood of tau2 has more than one maximum; the highest was taken.');
  const robust = clusters ? clusterRobust(model, fit.atTau2, fit.coefficients, clusters.codes) : null;
  if (clusters) {
    warnings.push(
      `${k} effects come from ${clusters.count} studies: errors, limits and p are robust to their dependence (CR2, Satterthwaite); \`modelBased\` ignores it.`,
    );
  }
  const place = studies.hasIntercept ? model.estimable.indexOf(0) : -1;
  const rows = meanRows(fit, robust, place, spec.confidence, warnings);
  if (design && place >= 0)
    warnings.push('The estimate is the intercept: the effect where every moderator is 0 or at its reference.');
  if (place < 0) warnings.push('Without an intercept there is no one estimate; the terms hold the effects.');
  const prediction = place < 0 ? noPrediction : predictionLimits(rows.main, fit.tau2, spec.confidence, method);
  const natural = naturalScale(spec.measure ?? null);
  const onNatural = (value: number | null): number | null =>
    value === null || !natural ? null : finiteOrNull(natural(value));
  return {
    n: k,
    excluded: studies.excluded,
    studies: clusters ? clusters.count : k,
    method,
    model: 'inverse-variance',
    ...rows.main,
    ...(rows.modelBased ? { modelBased: rows.modelBased } : {}),
    ...heterogeneityKeys(model, fit, spec.confidence, warnings),
    ...prediction,
    ...(natural
      ? {
          natural: {
            estimate: onNatural(rows.main.estimate),
            low: onNatural(rows.main.low),
            high: onNatural(rows.main.high),
            predictionLow: onNatural(prediction.predictionLow),
            predictionHigh: onNatural(prediction.predictionHigh),
          },
        }
      : {}),
    logLik: finiteOrNull(fit.logLik),
    weights: weightRows(studies, fit),
    ...smallStudyKeys(studies, method, test, spec.confidence, warnings),
    leaveOneOut: design ? [] : deletionRows(studies, fit, method, test, spec.confidence, warnings),
    ...moderatorResults(studies, model, fit, robust, method, spec, warnings),
    warnings,
    r: metaScript({ table, spec, method, test, columns, studies, model, place, dataName: context.dataName }),
  };
}

const noPrediction = { predictionLow: null, predictionHigh: null };

function meanRows(
  fit: RandomEffectsFit,
  robust: ReturnType<typeof clusterRobust> | null,
  place: number,
  confidence: number,
  warnings: string[],
): { readonly main: MeanRow; readonly modelBased: MeanRow | null } {
  const p = fit.p;
  if (place < 0) return { main: meanRow(Number.NaN, Number.NaN, null, confidence), modelBased: null };
  const estimate = fit.coefficients[place] as number;
  const own = meanRow(estimate, Math.sqrt(fit.covariance.data[place * p + place] as number), fit.df, confidence);
  if (!robust) return { main: own, modelBased: null };
  const df = robust.df[place] as number;
  if (robust.studies <= p || !Number.isFinite(df)) {
    warnings.push('There are too few studies for robust errors, so errors, limits and p are not available.');
    return { main: { ...meanRow(estimate, Number.NaN, null, confidence), estimate }, modelBased: own };
  }
  if (df < 4)
    warnings.push(
      `The robust test has only ${df.toFixed(1)} degrees of freedom: with fewer than 4, its p is not to be trusted.`,
    );
  const se = Math.sqrt(robust.covariance.data[place * p + place] as number);
  return { main: meanRow(estimate, se, df, confidence), modelBased: own };
}

function refuseTooFew(model: EffectModel, { y, design }: Studies): void {
  const p = model.basis.columns;
  if (!design || (p > 0 && y.length > p)) return;
  throw new ExpectedError(
    'REFUSED_MODEL',
    p === 0
      ? 'The moderators leave nothing to estimate.'
      : `There are ${y.length} effects for ${p} coefficients, so nothing is left to judge heterogeneity by.`,
    'Nothing was computed. Use fewer moderators.',
  );
}

function refuseUnrepresentable(fit: RandomEffectsFit): void {
  const numbers = [fit.tau2, fit.q.statistic, fit.i2, fit.h2, fit.logLik, ...fit.coefficients, ...fit.covariance.data];
  if (numbers.every(Number.isFinite)) return;
  throw new ExpectedError(
    'REFUSED_MODEL',
    'The effects or their variances are so large, so small or so far apart that their weights cannot be computed.',
    'Nothing was computed. Look at the largest and smallest values, and at their units.',
  );
}

export const meta: Procedure<MetaSpec> = {
  name: 'meta',
  summary: 'Pools the effects of studies: fixed or random effects, heterogeneity, moderators, small-study effects.',
  schema: metaSchema,
  columns: metaColumns,
  run,
  example: {
    question: 'What is the pooled log risk ratio of eleven trials, and how much do they differ?',
    data: `trial,events,treated,controlEvents,controls\n${[
      'A,12,110,20,108',
      'B,5,60,9,62',
      'C,31,240,45,236',
      'D,8,75,7,80',
      'E,0,40,4,41',
      'F,22,150,41,152',
      'G,14,98,15,101',
      'H,40,310,78,305',
      'I,9,66,8,70',
      'J,17,120,30,118',
      'K,6,88,12,85',
    ].join('\n')}\n`,
    spec: {
      measure: 'RR',
      ai: 'events',
      n1i: 'treated',
      ci: 'controlEvents',
      n2i: 'controls',
      study: 'trial',
      test: 'knha',
    },
  },
};
