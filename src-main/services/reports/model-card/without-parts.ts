import { caseDefinition } from '#main/analysis/early-warning/case-definition.ts';
import { readLandmarks } from '#main/analysis/early-warning/early-warning-words.ts';
import { benefitUntold, eventsFound, gateWords } from '#main/analysis/early-warning/model/gate.ts';
import { modelCard } from '#main/analysis/early-warning/model/model-card.ts';
import { tripodItems } from '#main/analysis/early-warning/model/tripod.ts';
import type { EarlyWarningResult, OutcomeCounts, Performance } from '#shared/domain/early-warning.ts';
import type { CardPart } from './counts-printed.ts';
import type { ModelCardFacts } from './model-card-facts.ts';

const noOutcomes: OutcomeCounts = { cases: null, nonCases: null, unknown: null };
/** The counts of a test, and the figures that would tell them. */
const noCounts = { landmarks: null, people: null, events: null, nonEvents: null, prevalence: null, scaledBrier: null };

/** The facts without the counts of the parts that are withheld, in figures and in words. */
export function withoutParts(facts: ModelCardFacts): ModelCardFacts {
  const { withheld, run, analysis } = facts;
  if (withheld.length === 0) return facts;
  const measured = withheld.reduce((result, part) => without[part](result), facts.result);
  const definition = caseDefinition(run);
  const result =
    measured.model === null
      ? measured
      : {
          ...measured,
          modelCard: modelCard(measured, run, definition),
          tripod: tripodItems(measured, run, definition),
        };
  return { ...facts, result, analysis: { ...analysis, reading: readLandmarks(result, run) } };
}

function bare(performance: Performance | null): Performance | null {
  return performance && { ...performance, ...noCounts };
}

const without: Readonly<Record<CardPart, (result: EarlyWarningResult) => EarlyWarningResult>> = {
  today: (result) => ({
    ...result,
    assessable: {
      ...result.assessable,
      assessable: null,
      reasons: result.assessable.reasons.map((reason) => ({ ...reason, people: null })),
    },
    signals: null,
  }),
  tested: withoutTested,
  whole: ({ landmarks, sampleSize, validation, ...result }) => ({
    ...result,
    landmarks: { ...landmarks, ...noOutcomes, screenings: null, people: null },
    sampleSize: { ...sampleSize, held: null },
    validation: {
      ...validation,
      apparent: bare(validation.apparent),
      leaveOneUnitOut: { ...validation.leaveOneUnitOut, overall: bare(validation.leaveOneUnitOut.overall) },
    },
  }),
  'outcome parts': (result) => ({
    ...result,
    landmarks: { ...result.landmarks, caseness: noOutcomes, spell: noOutcomes },
  }),
  waves: (result) => ({ ...result, waves: result.waves.map((wave) => ({ ...wave, ...noOutcomes })) }),
  folds: ({ validation, drift, ...result }) => ({
    ...result,
    validation: {
      ...validation,
      folds: validation.folds.map((fold) => ({ ...fold, ...noCounts, trainedOn: noOutcomes })),
    },
    drift: drift.map((row) => ({ ...row, landmarks: null, events: null })),
  }),
};

function withoutTested(result: EarlyWarningResult): EarlyWarningResult {
  const { validation, rules, fairness, capacity, gate } = result;
  const checks = gate.checks.map((check) => {
    const passed = check.passed === true;
    if (validation.temporal === null) return check;
    if (check.code === 'events') return { ...check, found: eventsFound({ events: null, nonEvents: null }, passed) };
    return check.code === 'net-benefit' && check.passed !== null ? { ...check, found: benefitUntold(passed) } : check;
  });
  return {
    ...result,
    validation: { ...validation, temporal: bare(validation.temporal) },
    rules: { ...rules, performance: bare(rules.performance) },
    fairness: fairness.map((row) => ({ ...row, landmarks: null, events: null })),
    // The good of an offer to everybody tells the share of cases.
    netBenefit: [],
    capacity: {
      ...capacity,
      rows: capacity.rows.map((row) => ({ ...row, sensitivity: null, missedCases: null })),
    },
    gate: { ...gate, checks, ...(result.model === null ? {} : { words: gateWords(checks) }) },
  };
}
