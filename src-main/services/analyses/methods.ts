import { parseAbsenceSpec } from '#main/analysis/absence/spec.ts';
import { parseEarlyWarningSpec } from '#main/analysis/early-warning/parse-spec.ts';
import { parseComparisonSpec } from '#main/analysis/exposure/comparison/comparison-spec.ts';
import { outcomeInstrument } from '#main/analysis/exposure/outcome/outcome-instrument.ts';
import { parseExposureOutcomeSpec } from '#main/analysis/exposure/outcome/outcome-spec.ts';
import { parseExposureLoadSpec, parseExposureSeriesSpec } from '#main/analysis/exposure/specs.ts';
import { parseExposureTrendSpec } from '#main/analysis/exposure/trend/trend-spec.ts';
import { parseFamilyImpactSpec } from '#main/analysis/families/spec.ts';
import { parseIndicatorsSpec } from '#main/analysis/indicators/spec.ts';
import { parsePeerNetworkSpec } from '#main/analysis/peers/spec.ts';
import { parsePeriodSpec } from '#main/analysis/screening/period-spec.ts';
import { parseSignalsSpec } from '#main/analysis/signals/signal-spec.ts';
import { parseSupportUptakeSpec } from '#main/analysis/support/spec.ts';
import type { Connection } from '#main/store/connection.ts';
import { evidenceName } from '#main/store/evidence-records.ts';
import { lastSupportDay } from '#main/store/support-records.ts';
import type { AnalysisQuestion } from '#main/workers/analysis-thread.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import { type NamedScheme, schemeNamed } from '../schemes/index.ts';
import { casesName, directoryName, matchDecisionsName, targetsName, termsOnOffer } from './beside-batches.ts';
import { engagementMethod } from './engagement-method.ts';
import { type Asked, type Method, plainly, withoutScheme } from './method.ts';
import { pilotMethods } from './pilot-methods.ts';
import { synthesisOf } from './review-findings.ts';

function withScheme<Spec extends { readonly scheme: string }>(
  parsed: Result<Spec>,
  connection: Connection,
  question: (spec: Spec, scheme: Scheme) => AnalysisQuestion,
): Result<Asked> {
  if (!parsed.ok) return parsed;
  const named = schemeNamed(connection, parsed.value.scheme);
  if (!named.ok) return named;
  const { scheme, hash } = named.value;
  return ok({ question: question(parsed.value, scheme), scheme: { id: scheme.id, hash } });
}

/** Where the spec names no half-life, that of the scheme holds. */
function halfLifeOf<Spec extends { readonly halfLifeDays: number }>(
  spec: Spec,
  given: Readonly<Record<string, unknown>>,
  scheme: Scheme,
): Spec {
  return given['halfLifeDays'] === undefined ? { ...spec, halfLifeDays: scheme.recency.value } : spec;
}

function overPeriod(
  method: 'exposure-period' | 'screening-summary',
  spec: Readonly<Record<string, unknown>>,
): Result<Asked> {
  return plainly(parsePeriodSpec(method, spec), (parsed) => ({ method, spec: parsed }));
}

function outcomeQuestion(given: Readonly<Record<string, unknown>>, connection: Connection): Result<Asked> {
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
  const [first, second] = [schemeNamed(connection, 'count-v1'), schemeNamed(connection, 'tiered-v1')];
  if (!first.ok) return first;
  if (!second.ok) return second;
  const compared = [first.value.scheme, second.value.scheme] as const;
  return withScheme(ok(spec), connection, (checked, scheme) => ({
    method: 'exposure-outcome',
    spec: checked,
    scheme,
    compared,
  }));
}

/** Drafts among them: what would move is seen before anybody approves. */
function comparisonQuestion(given: Readonly<Record<string, unknown>>, connection: Connection): Result<Asked> {
  const parsed = parseComparisonSpec(given);
  if (!parsed.ok) return parsed;
  const [first, second] = [parsed.value.first, parsed.value.second].map((id) =>
    schemeNamed(connection, id, 'comparison'),
  ) as [Result<NamedScheme>, Result<NamedScheme>];
  if (!first.ok) return first;
  if (!second.ok) return second;
  return ok({
    question: { method: 'scheme-comparison', spec: parsed.value, compared: [first.value, second.value] },
    scheme: { id: `${parsed.value.first}, ${parsed.value.second}`, hash: null },
  });
}

/** Where the spec names no last day known, it is the newest of the extract. */
function supportQuestion(given: Readonly<Record<string, unknown>>, connection: Connection): Result<Asked> {
  const parsed = parseSupportUptakeSpec(given);
  if (!parsed.ok) return parsed;
  const { until, to } = parsed.value;
  const newest = lastSupportDay(connection);
  const known = until ?? (newest === null ? to : isoOfDay(newest));
  return withoutScheme({
    method: 'support-uptake',
    spec: { ...parsed.value, until: known },
    directory: termsOnOffer(connection),
  });
}

function synthesisQuestion(given: Readonly<Record<string, unknown>>, connection: Connection): Result<Asked> {
  const asked = synthesisOf(given, connection);
  return asked.ok ? withoutScheme({ method: 'review-synthesis', ...asked.value }) : asked;
}

/** What exposures are made from: imported rows, and attendances by the code rules. */
const exposureKinds = ['people', 'exposures', 'incidents', 'attendances'] as const;

export const methods: Readonly<Record<string, Method>> = {
  'exposure-load': {
    version: '1',
    kinds: exposureKinds,
    ask: (spec, connection) =>
      withScheme(parseExposureLoadSpec(spec), connection, (parsed, scheme) => ({
        method: 'exposure-load',
        spec: halfLifeOf(parsed, spec, scheme),
        scheme,
      })),
  },
  'exposure-series': {
    version: '1',
    kinds: exposureKinds,
    ask: (spec, connection) =>
      withScheme(parseExposureSeriesSpec(spec), connection, (parsed, scheme) => ({
        method: 'exposure-series',
        spec: halfLifeOf(parsed, spec, scheme),
        scheme,
      })),
  },
  'exposure-trend': {
    version: '2',
    kinds: [...exposureKinds, 'duties'],
    ask: (spec, connection) =>
      withScheme(parseExposureTrendSpec(spec), connection, (parsed, scheme) => ({
        method: 'exposure-trend',
        spec: parsed,
        scheme,
      })),
  },
  'exposure-outcome': {
    version: '2',
    kinds: [...exposureKinds, 'screenings'],
    ask: outcomeQuestion,
  },
  signals: {
    version: '3',
    kinds: exposureKinds,
    ask: (spec, connection) =>
      withScheme(parseSignalsSpec(spec), connection, (parsed, scheme) => ({
        method: 'signals',
        spec: { ...parsed, clearAfterDays: parsed.clearAfterDays ?? scheme.cooldown_days },
        scheme,
      })),
  },
  'scheme-comparison': {
    version: '1',
    kinds: exposureKinds,
    ask: comparisonQuestion,
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
    version: '2',
    kinds: ['people', 'postings', 'absences'],
    ask: (given) => plainly(parseAbsenceSpec(given), (spec) => ({ method: 'absence', spec })),
  },
  'support-uptake': {
    version: '1',
    kinds: ['people', 'postings', 'support', 'costs'],
    beside: directoryName,
    ask: supportQuestion,
  },
  'early-warning': {
    version: '3',
    kinds: [...exposureKinds, 'postings', 'absences', 'duties', 'screenings'],
    rowsFor: ['clinician'],
    takesLong: true,
    beside: casesName,
    ask: (given) => plainly(parseEarlyWarningSpec(given), (spec) => ({ method: 'early-warning', spec })),
  },
  'peer-network': {
    version: '3',
    kinds: ['volunteers', 'peer_requests', 'peer_contacts'],
    rowsFor: ['analyst'],
    beside: matchDecisionsName,
    ask: (given) => plainly(parsePeerNetworkSpec(given), (spec) => ({ method: 'peer-network', spec })),
  },
  ...pilotMethods,
  engagement: engagementMethod,
  'review-synthesis': {
    version: '1',
    kinds: [],
    beside: evidenceName,
    ask: synthesisQuestion,
  },
  'family-impact': {
    version: '2',
    kinds: [...exposureKinds, 'families'],
    takesLong: true,
    ask: (spec, connection) =>
      withScheme(parseFamilyImpactSpec(spec), connection, (parsed, scheme) => ({
        method: 'family-impact',
        spec: parsed,
        scheme,
      })),
  },
  indicators: {
    version: '4',
    beside: targetsName,
    kinds: [...exposureKinds, 'postings', 'absences', 'screenings', 'support', 'peer_contacts', 'peer_requests'],
    ask: (spec, connection) => {
      const parsed = parseIndicatorsSpec(spec);
      if (!parsed.ok) return parsed;
      // The trigger rules of the built-in scheme, which every force shares, decide who is over a threshold.
      return withScheme(ok({ scheme: 'count-v1' }), connection, (_, scheme) => ({
        method: 'indicators',
        spec: parsed.value,
        scheme,
      }));
    },
  },
};
