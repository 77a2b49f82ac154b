import { parseAbsenceSpec } from '#main/analysis/absence/spec.ts';
import { outcomeInstrument } from '#main/analysis/exposure/outcome/outcome-instrument.ts';
import { parseExposureOutcomeSpec } from '#main/analysis/exposure/outcome/outcome-spec.ts';
import { parseExposureLoadSpec, parseExposureSeriesSpec } from '#main/analysis/exposure/specs.ts';
import { parseExposureTrendSpec } from '#main/analysis/exposure/trend/trend-spec.ts';
import { parseIndicatorsSpec } from '#main/analysis/indicators/spec.ts';
import { parsePeriodSpec } from '#main/analysis/screening/period-spec.ts';
import type { AnalysisQuestion } from '#main/workers/analysis-thread.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import type { VaultContext } from '../call-context.ts';
import { provenanceOf } from './provenance.ts';
import { schemeNamed } from './schemes.ts';

type Method = {
  /** Rises when the same snapshot and spec would give other numbers. */
  readonly version: string;
  /** Extract kinds that the result is made from. */
  readonly kinds: readonly string[];
  readonly ask: (spec: Readonly<Record<string, unknown>>) => Result<AnalysisQuestion>;
};

function withScheme<Spec extends { readonly scheme: string }>(
  parsed: Result<Spec>,
  question: (spec: Spec, scheme: Scheme) => AnalysisQuestion,
): Result<AnalysisQuestion> {
  if (!parsed.ok) return parsed;
  const scheme = schemeNamed(parsed.value.scheme);
  return scheme.ok ? ok(question(parsed.value, scheme.value)) : scheme;
}

function overPeriod(
  method: 'exposure-period' | 'screening-summary',
  spec: Readonly<Record<string, unknown>>,
): Result<AnalysisQuestion> {
  const parsed = parsePeriodSpec(method, spec);
  return parsed.ok ? ok({ method, spec: parsed.value }) : parsed;
}

function outcomeQuestion(given: Readonly<Record<string, unknown>>): Result<AnalysisQuestion> {
  const parsed = parseExposureOutcomeSpec(given);
  if (!parsed.ok) return parsed;
  const instrument = outcomeInstrument(parsed.value);
  if (!instrument.ok) return instrument;
  const { definition, scale, cutOff } = instrument.value;
  const spec = { ...parsed.value, instrument: definition.code, scale, cutOff: cutOff?.name ?? null };
  if (spec.from > spec.to) {
    return fail(
      'BAD_SPEC',
      'The period of exposure-outcome ends before it begins.',
      'Nothing was run. Correct "from" and "to".',
    );
  }
  const [first, second] = [schemeNamed('count-v1'), schemeNamed('tiered-v1')];
  if (!first.ok) return first;
  if (!second.ok) return second;
  const compared = [first.value, second.value] as const;
  return withScheme(ok(spec), (checked, scheme) => ({ method: 'exposure-outcome', spec: checked, scheme, compared }));
}

/** What exposures are made from: imported rows, and attendances by the code rules. */
const exposureKinds = ['people', 'exposures', 'incidents', 'attendances'] as const;

const methods: Readonly<Record<string, Method>> = {
  'exposure-load': {
    version: '1',
    kinds: exposureKinds,
    ask: (spec) =>
      withScheme(parseExposureLoadSpec(spec), (parsed, scheme) => ({ method: 'exposure-load', spec: parsed, scheme })),
  },
  'exposure-series': {
    version: '1',
    kinds: exposureKinds,
    ask: (spec) =>
      withScheme(parseExposureSeriesSpec(spec), (parsed, scheme) => ({
        method: 'exposure-series',
        spec: parsed,
        scheme,
      })),
  },
  'exposure-trend': {
    version: '1',
    kinds: [...exposureKinds, 'duties'],
    ask: (spec) =>
      withScheme(parseExposureTrendSpec(spec), (parsed, scheme) => ({
        method: 'exposure-trend',
        spec: parsed,
        scheme,
      })),
  },
  'exposure-outcome': {
    version: '1',
    kinds: [...exposureKinds, 'screenings'],
    ask: outcomeQuestion,
  },
  'exposure-period': {
    version: '1',
    kinds: exposureKinds,
    ask: (spec) => overPeriod('exposure-period', spec),
  },
  'screening-summary': {
    version: '1',
    kinds: ['people', 'screenings'],
    ask: (spec) => overPeriod('screening-summary', spec),
  },
  absence: {
    version: '1',
    kinds: ['people', 'postings', 'absences'],
    ask: (spec) => {
      const parsed = parseAbsenceSpec(spec);
      return parsed.ok ? ok({ method: 'absence', spec: parsed.value }) : parsed;
    },
  },
  indicators: {
    version: '1',
    kinds: [...exposureKinds, 'postings', 'absences', 'screenings', 'support', 'peer_contacts', 'peer_requests'],
    ask: (spec) => {
      const parsed = parseIndicatorsSpec(spec);
      if (!parsed.ok) return parsed;
      // The trigger rules of the built-in scheme, which every force shares, decide who is over a threshold.
      const scheme = schemeNamed('count-v1');
      return scheme.ok ? ok({ method: 'indicators', spec: parsed.value, scheme: scheme.value }) : scheme;
    },
  },
};

export { schemeNamed };

export const analysisMethods: readonly string[] = Object.keys(methods);

const mostTries = 3;

/** Runs a domain analysis and states what it was made from. */
export async function runAnalysis(
  context: VaultContext,
  name: string,
  spec: Readonly<Record<string, unknown>>,
): Promise<Result<AnalysisResult>> {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) {
    return fail(
      'UNKNOWN_METHOD',
      `There is no analysis called “${name}”.`,
      `Nothing was run. The analyses are: ${analysisMethods.join(', ')}.`,
    );
  }
  const question = method.ask(spec);
  if (!question.ok) return question;
  const asked = question.value;
  const { vault } = context;
  const wantsRows = 'rows' in asked.spec && asked.spec.rows;
  if (wantsRows && !vault.roles.some((role) => role === 'analyst' || role === 'clinician')) {
    return fail(
      'FORBIDDEN',
      'Your role sees totals, not single people.',
      'Nothing was run. Ask again without rows, or ask an analyst.',
    );
  }
  context.progress({ stage: 'Working it out', done: 0, total: null, unit: 'steps' });
  const scheme = 'scheme' in asked ? asked.scheme.id : null;
  // Where a batch has come or gone while the answer was made, the question is put again.
  for (let tries = 1; ; tries += 1) {
    const before = provenanceOf(vault, method.kinds, { scheme, coverage: null });
    const answer = await vault.analysis.ask(asked, context.signal);
    const provenance = provenanceOf(vault, method.kinds, { scheme, coverage: answer.coverage });
    if (provenance.snapshot !== before.snapshot && tries < mostTries) continue;
    return ok({
      method: name,
      version: method.version,
      asOf: answer.asOf,
      spec: { ...asked.spec },
      result: { ...answer.result },
      reading: [...answer.reading],
      warnings: [...answer.warnings],
      provenance,
      r: answer.r,
    });
  }
}
