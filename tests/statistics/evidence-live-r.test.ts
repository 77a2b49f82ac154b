import { afterAll, describe, expect, it, type TestContext } from 'vitest';
import { chooseFindings } from '#main/analysis/evidence/synthesis/choose-findings.ts';
import { reviewSynthesisScript } from '#main/analysis/evidence/synthesis/r-script.ts';
import { reviewSynthesis } from '#main/analysis/evidence/synthesis/review-synthesis.ts';
import { parseReviewSynthesisSpec } from '#main/analysis/evidence/synthesis/spec.ts';
import { isRefused } from '#shared/domain/evidence/synthesis.ts';
import { bcgTrials } from '#tests/fixtures/bcg-trials.ts';
import { startNativeR } from './native-r-session.ts';

/** The script of each synthesis, alone in an R that has no file to read. */
const native = startNativeR();
afterAll(() => native?.close());

type InR = Readonly<Record<'estimate' | 'low' | 'high' | 'p' | 'tau2' | 'i2', number>> & {
  readonly predictionLow?: number;
  readonly predictionHigh?: number;
  readonly fixed: readonly number[];
  readonly between?: number;
  readonly subgroups?: readonly number[];
  readonly egger?: readonly number[];
};

async function both(context: TestContext, findings: readonly object[], options: object, packages: readonly string[]) {
  if (!native || (await native.missing(packages)).length > 0) return context.skip('the system has no R with metafor');
  const parsed = parseReviewSynthesisSpec({ findings, ...options });
  if (!parsed.ok) throw new Error(parsed.error.message);
  const given = parsed.value.findings ?? [];
  const ours = reviewSynthesis(given, parsed.value);
  const script = reviewSynthesisScript(ours, chooseFindings(given, parsed.value).pooled, parsed.value);
  const { pooled } = ours;
  if (isRefused(pooled)) throw new Error(pooled.refused);
  return { ours, pooled, theirs: (await native.run(script, {})) as InR };
}

function same(ours: number | null | undefined, theirs: number | undefined, digits: number): void {
  expect(Math.abs((ours ?? Number.NaN) - (theirs ?? Number.NaN))).toBeLessThan(
    10 ** -digits * Math.max(1, Math.abs(theirs ?? 0)),
  );
}

const keys = ['estimate', 'low', 'high', 'p', 'tau2', 'i2', 'predictionLow', 'predictionHigh'] as const;

describe('syntheses of reviews, in R', () => {
  it('random effects, prediction, subgroups, one effect and Egger, with metafor', async (context) => {
    const { ours, pooled, theirs } = await both(context, bcgTrials(), { measure: 'RR', subgroup: 'allocation' }, [
      'metafor',
    ]);
    for (const key of keys) same(pooled[key], theirs[key], 7);
    same(ours.fixed?.estimate, theirs.fixed[0], 9);
    same(ours.fixed?.high, theirs.fixed[2], 9);
    if (ours.subgroups === null || isRefused(ours.subgroups) || isRefused(ours.smallStudies))
      throw new Error('a part is missing');
    same(ours.subgroups.between.p, theirs.between, 7);
    ours.subgroups.levels.forEach(({ estimate }, at) => {
      same(estimate, theirs.subgroups?.[at], 7);
    });
    same(ours.smallStudies.p, theirs.egger?.[3], 9);
  });

  it('several findings of a study, with clubSandwich', async (context) => {
    const findings = bcgTrials().map((trial, at) => ({ ...trial, study: `Study ${at % 6}`, finding: String(at) }));
    const { pooled, theirs } = await both(context, findings, { measure: 'OR' }, ['metafor', 'clubSandwich']);
    expect(pooled.isRobust).toBe(true);
    for (const key of keys) same(pooled[key], theirs[key], 6);
  });

  it('shares of known counts, by a mixed model', async (context) => {
    const findings = [
      [12, 90],
      [30, 160],
      [8, 75],
      [40, 310],
      [22, 260],
    ].map(([events, n], at) => ({
      ...{ study: `S${at}`, design: 'cross-sectional' },
      reported: { of: 'proportion', events, n },
    }));
    const { pooled, theirs } = await both(context, findings, { measure: 'PLO' }, ['metafor', 'lme4']);
    for (const key of ['estimate', 'low', 'high'] as const) same(pooled[key], theirs[key], 4);
  });
});
