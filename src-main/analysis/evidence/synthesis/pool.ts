import { tQuantile } from '#main/stats/distributions/student-t.ts';
import type { Pooled, SynthesisInterval, SynthesisRefused, SynthesisRow } from '#shared/domain/evidence/synthesis.ts';
import type { ChosenFinding } from './choose-findings.ts';
import { toRead } from './effect.ts';
import { areCounts, type MetaFound, meanAlone, metaOn, metaOnCounts } from './meta-run.ts';
import type { ReviewSynthesisSpec } from './spec.ts';

const fewestStudies = 2;

export type PooledFindings = {
  readonly pooled: Pooled | SynthesisRefused;
  readonly fixed: SynthesisInterval | null;
  /** Null where nothing is pooled. */
  readonly found: MetaFound | null;
  readonly rows: readonly SynthesisRow[];
};

export function studiesIn(rows: readonly SynthesisRow[]): number {
  return new Set(rows.map(({ study }) => study)).size;
}

/**
 * Pools findings from two studies on: REML with limits by Hartung, Knapp, Sidik and Jonkman and a prediction interval, or a fixed
 * effect, CR2 by study where one has several; shares of known counts by a binomial mixed model.
 * @throws ExpectedError REFUSED_MODEL
 */
export function poolFindings(chosen: readonly ChosenFinding[], spec: ReviewSynthesisSpec): PooledFindings {
  const rows = chosen.map(({ row }) => row);
  const studies = studiesIn(rows);
  if (studies < fewestStudies) {
    const refused =
      studies === 0
        ? 'No study has numbers that can be pooled.'
        : 'Only one study has numbers of it: its own result stands, and nothing is pooled.';
    return { pooled: { refused }, fixed: null, found: null, rows };
  }
  const isFixed = spec.model === 'fixed';
  const counted = areCounts(chosen, spec);
  const test = isFixed ? 'z' : spec.test;
  const found = counted
    ? metaOnCounts(chosen, spec.confidence)
    : metaOn(rows, spec, { method: isFixed ? 'FE' : 'REML', test });
  const fixed = metaOn(rows, spec, { method: 'FE', test: 'z', moderators: meanAlone });
  return {
    pooled: {
      ...intervalOf(found, spec),
      model: spec.model,
      method: methodWords(found, spec, rows.length > studies),
      isRobust: rows.length > studies,
      ...{ tau2: found.tau2, tau2Low: found.tau2Low, tau2High: found.tau2High },
      ...{ i2: found.i2, i2Low: found.i2Low, i2High: found.i2High },
      q: { statistic: found.q.statistic, df: found.q.df, p: found.q.p },
      cautious: counted || test !== 'knha' || rows.length > studies ? null : cautiousLimits(found, rows, spec),
    },
    fixed: intervalOf(fixed, spec),
    found,
    rows: rows.map((row, at) => ({ ...row, weight: found.weights[at]?.weight ?? null })),
  };
}

/** On the scale that is read. */
export function intervalOf(found: MetaFound, { measure }: Pick<ReviewSynthesisSpec, 'measure'>): SynthesisInterval {
  const read = toRead(measure);
  const of = (value: number | null): number | null => (value === null ? null : read(value));
  return {
    ...{ estimate: read(found.estimate ?? Number.NaN), low: of(found.low), high: of(found.high) },
    ...{ p: found.p, df: found.df },
    ...{ predictionLow: of(found.predictionLow), predictionHigh: of(found.predictionHigh) },
  };
}

/**
 * Hartung and Knapp's errors are narrower than normal ones where the studies happen to differ less than chance lets expect; then
 * normal errors with t(k − 1) are told too (Jackson et al. 2017, Statistics in Medicine 36:3923).
 */
function cautiousLimits(
  found: MetaFound,
  rows: readonly SynthesisRow[],
  spec: ReviewSynthesisSpec,
): { readonly low: number; readonly high: number } | null {
  const normal = metaOn(rows, spec, { test: 'z', moderators: meanAlone });
  if (found.se === null || normal.se === null || found.estimate === null || found.df === null) return null;
  if (found.se >= normal.se) return null;
  const width = tQuantile(1 - (1 - spec.confidence) / 2, found.df) * normal.se;
  const read = toRead(spec.measure);
  return { low: read(found.estimate - width), high: read(found.estimate + width) };
}

function methodWords(found: MetaFound, { model, test, confidence }: ReviewSynthesisSpec, isRobust: boolean): string {
  const limits = `${Number((100 * confidence).toFixed(4))}% limits`;
  if (found.model === 'binomial mixed model') return `Binomial mixed model of the counts; normal ${limits}.`;
  const errors = isRobust
    ? 'errors by study (CR2) with Satterthwaite’s degrees of freedom'
    : test === 'knha' && model === 'random'
      ? `${limits} by Hartung, Knapp, Sidik and Jonkman`
      : `normal ${limits}`;
  return model === 'fixed'
    ? `One effect for all studies, inverse variance; ${errors}.`
    : `Random effects, restricted maximum likelihood; ${errors}.`;
}
