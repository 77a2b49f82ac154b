import { describe, expect, it } from 'vitest';
import type { EarlyWarningSpec } from '#main/analysis/early-warning/spec.ts';
import { cardParts, countsPrinted, countsToJudge } from '#main/services/reports/model-card/counts-printed.ts';
import { judgeParts } from '#main/services/reports/model-card/judge-parts.ts';
import type { ModelCardFacts } from '#main/services/reports/model-card/model-card-facts.ts';
import { modelCardReport } from '#main/services/reports/model-card/model-card-report.ts';
import { oddsRatio } from '#main/services/reports/model-card/predictors-section.ts';
import { withoutParts } from '#main/services/reports/model-card/without-parts.ts';
import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';
import { documentFacts } from '#shared/report/document-facts.ts';
import { fitResult, unfitResult } from '#tests/fixtures/early-warning-result.ts';

const run: EarlyWarningSpec = {
  ...{ from: null, asOf: '2025-12-31', instrument: 'CBI', scale: 'personal' },
  ...{ cutOff: { score: 50, source: 'the force’s own' }, horizonDays: 180, spellDays: 28 },
  lagDays: { exposures: 7, absences: 7, duties: 7, screenings: 0 },
  ...{ folds: 2, resamples: 200, seed: 1, capacityPerWeek: 10, rows: false },
};

function factsOf(result: EarlyWarningResult, changes: Partial<ModelCardFacts> = {}): ModelCardFacts {
  return {
    spec: {
      ...{ template: 'model-card', run: {}, history: { models: 0, decisions: 0 } },
      ...{ title: 'Early warning: model card', marking: 'OFFICIAL-SENSITIVE', version: '1.0' },
    },
    analysis: {
      ...{ method: 'early-warning', version: '3', asOf: run.asOf, spec: { ...run }, result: {}, r: '' },
      ...{ reading: ['7,032 screenings were followed.'], warnings: [] },
      provenance: {
        ...{ batches: [], snapshot: 'a'.repeat(64), scheme: null, schemeHash: null, coverage: null },
        ...{ codeRules: null, engine: 'tidemark 0' },
      },
    },
    ...{ run, result, kept: null, history: [], withheld: [], synthetic: false },
    ...changes,
  };
}

function said(facts: ModelCardFacts): string {
  return documentFacts(modelCardReport(facts))
    .map(({ where, says }) => `${where}: ${says}`)
    .join('\n');
}

describe('a model card', () => {
  it('says the figures of the run in the digits of the run, with odds ratios of its coefficients', () => {
    const words = said(factsOf(fitResult));
    expect(words).toContain('Tells apart (AUC) › The model: 0.74 (0.71 to 0.77)');
    expect(words).toContain(`Exposures in the last 28 days › Shrunken odds ratio: ${Math.exp(0.142).toFixed(2)}`);
    const [exposures] = fitResult.model!.terms.filter(({ code }) => code === 'exposures-28');
    expect(oddsRatio(exposures!)?.estimate).toBeCloseTo(Math.exp(0.161 * 2.1), 12);
    expect(oddsRatio({ ...exposures!, unpenalised: null })).toBeNull();
    expect(words).toContain('Discipline, promotion, vetting or posting decisions.');
    expect(words).toContain('Too small to show, or withheld to protect one that is: Ethnicity (Asian).');
  });

  it('says what failed, what could not be judged, and whom the model is wrong for', () => {
    const words = said(factsOf(unfitResult));
    expect(words).toContain('“Not fit for use”');
    expect(words).toMatch(/Verdict: Not judged/);
    expect(words).toContain('The model is wrong for part-time part-time');
  });

  it('is written of a run without a model too, and claims nothing of it', () => {
    const words = said(
      factsOf({
        ...unfitResult,
        ...{ model: null, calibrationCurve: [], netBenefit: [], fairness: [], drift: [], tripod: [], modelCard: [] },
        validation: {
          ...{ temporal: null, folds: [], apparent: null, optimism: null },
          leaveOneUnitOut: { overall: null, units: [] },
        },
        capacity: { signalsAWeek: 10, threshold: null, rows: [] },
        rules: { words: [], performance: null },
        sampleSize: { needed: null, held: null, criteria: [] },
      }),
    );
    expect(words).toContain('No model was fitted, so there is nothing to test.');
    expect(words).toContain('That is not the same as fair.');
    expect(words).not.toContain('Tells apart');
  });

  it('tells decisions by role, and of a model on other data what was kept', () => {
    const { intercept } = fitResult.model!;
    const terms = fitResult.model!.terms.map(({ code, mean, coefficient }) => ({ code, mean, coefficient }));
    const model = {
      ...{ fit: true as const, version: '2', engine: 'tidemark 0', asOf: '2025-06-30', snapshot: 'b'.repeat(64) },
      ...{ spec: {}, caseWords: fitResult.caseWords, horizonDays: 180, gate: { words: '', checks: [] } },
      ...{ intercept, terms, threshold: 0.18 },
    };
    const kept = { id: 4, hash: 'c'.repeat(64), keptAt: '2025-07-01T09:00:00.000Z', model, isSameData: false };
    const decision = {
      model: 4,
      what: 'used',
      at: '2025-07-02T09:00:00.000Z',
      by: 'clinician',
      reason: 'read it',
    } as const;
    const words = said(factsOf(fitResult, { kept, history: [decision] }));
    expect(words).toMatch(/What: Put into use\n.*By: clinician\n.*Reason: read it/);
    expect(words).toContain(
      'Support is offered from a chance of 18.0%. It was made on data to 2025-06-30 by version 2',
    );
    expect(words).toContain('its options were run again on what is held now');
    expect(words).toContain('“Coefficients of model 4 as it was kept”');
    expect(said(factsOf(fitResult, { kept: { ...kept, isSameData: true } }))).not.toContain('Coefficients of model 4');
  });
});

describe('what a card counts', () => {
  const counts = (result: EarlyWarningResult) =>
    new Set(countsPrinted(result, run).flatMap(({ count }) => (count === null || count < 60 ? [] : [count])));

  it('says none of the counts of a part that is withheld, in figures or in words', () => {
    const facts = factsOf(fitResult, { withheld: cardParts });
    const words = documentFacts(modelCardReport(withoutParts(facts)))
      .map(({ says }) => says)
      .join('\n');
    for (const count of counts(fitResult)) {
      const whole = `(?<![\\d.,])${count.toLocaleString('en-GB')}(?![\\d.,]*\\d|[a-z])`;
      expect(words, String(count)).not.toMatch(new RegExp(whole));
    }
    // What is no count stays.
    expect(words).toContain('0.74 (0.71 to 0.77)');
    expect(counts(withoutParts(facts).result)).toEqual(new Set());
  });

  it('is withheld by part where an earlier card of another day would give a small number away', async () => {
    const told = countsPrinted(fitResult, run);
    const { signal } = new AbortController();
    const alone = await judgeParts(told, [], signal);
    expect(alone.withheld).toEqual([]);
    expect(alone.released.cells).toHaveLength(countsToJudge(told).length);
    const none = { cells: [], sums: [], threshold: 5 };
    const earlierWith = (landmarks: Partial<EarlyWarningResult['landmarks']>) => ({
      workforce: none,
      clinical: {
        ...{ sums: [], threshold: 10 },
        cells: countsToJudge(
          countsPrinted(
            { ...fitResult, landmarks: { ...fitResult.landmarks, ...landmarks } },
            { ...run, asOf: '2025-11-30' },
          ),
        ).map((cell) => ({ ...cell, published: true })),
      },
    });
    const fewMore = await judgeParts(
      told,
      [earlierWith({ spell: { cases: 95, nonCases: 6_800, unknown: 134 } })],
      signal,
    );
    expect(fewMore.withheld).toEqual(['outcome parts']);
    const whole = await judgeParts(told, [earlierWith({ cases: 609 })], signal);
    expect(whole.withheld).toEqual(['whole', 'outcome parts', 'waves', 'folds']);
  });
});
