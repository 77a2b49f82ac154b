import { parseAbsenceSpec } from '#main/analysis/absence/spec.ts';
import { parseComparisonSpec } from '#main/analysis/exposure/comparison/comparison-spec.ts';
import { outcomeInstrument } from '#main/analysis/exposure/outcome/outcome-instrument.ts';
import { parseExposureOutcomeSpec } from '#main/analysis/exposure/outcome/outcome-spec.ts';
import { parseExposureLoadSpec, parseExposureSeriesSpec } from '#main/analysis/exposure/specs.ts';
import { parseExposureTrendSpec } from '#main/analysis/exposure/trend/trend-spec.ts';
import { plainDate } from '#main/analysis/exposure/words.ts';
import { parseIndicatorsSpec } from '#main/analysis/indicators/spec.ts';
import { parsePeriodSpec } from '#main/analysis/screening/period-spec.ts';
import { parseSignalsSpec } from '#main/analysis/signals/signal-spec.ts';
import type { Connection } from '#main/store/connection.ts';
import type { AnalysisQuestion } from '#main/workers/analysis-thread.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import type { VaultContext } from '../call-context.ts';
import { type NamedScheme, schemeNamed } from '../schemes/index.ts';
import { recordEvent } from '../vault/index.ts';
import { provenanceOf } from './provenance.ts';

type Method = {
  /** Rises when the same snapshot and spec would give other numbers. */
  readonly version: string;
  /** Extract kinds that the result is made from. */
  readonly kinds: readonly string[];
  readonly ask: (spec: Readonly<Record<string, unknown>>, connection: Connection) => Result<Asked>;
};

type Asked = {
  readonly question: AnalysisQuestion;
  /** The scheme that the result names, and the hash of what it says. */
  readonly scheme: { readonly id: string; readonly hash: string | null } | null;
};

function withoutScheme(question: AnalysisQuestion): Result<Asked> {
  return ok({ question, scheme: null });
}

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
  const parsed = parsePeriodSpec(method, spec);
  return parsed.ok ? withoutScheme({ method, spec: parsed.value }) : parsed;
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

/** What exposures are made from: imported rows, and attendances by the code rules. */
const exposureKinds = ['people', 'exposures', 'incidents', 'attendances'] as const;

const methods: Readonly<Record<string, Method>> = {
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
    version: '1',
    kinds: [...exposureKinds, 'duties'],
    ask: (spec, connection) =>
      withScheme(parseExposureTrendSpec(spec), connection, (parsed, scheme) => ({
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
  signals: {
    version: '1',
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
    version: '1',
    kinds: ['people', 'postings', 'absences'],
    ask: (spec) => {
      const parsed = parseAbsenceSpec(spec);
      return parsed.ok ? withoutScheme({ method: 'absence', spec: parsed.value }) : parsed;
    },
  },
  indicators: {
    version: '1',
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

export const analysisMethods: readonly string[] = Object.keys(methods);

const mostTries = 3;

/** An approved scheme has a day from which it is in force; the figures of a day before it say so. */
function notInForce(scheme: Scheme | null, asOf: string): string[] {
  const from = scheme?.status === 'approved' ? scheme.effective_from : null;
  return scheme && from !== null && asOf < from
    ? [
        `The scheme ${scheme.id} is in force from ${plainDate(dayOfIso(from) ?? 0)}: these figures are of a day before it.`,
      ]
    : [];
}

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
  const { vault } = context;
  const found = method.ask(spec, vault.store.connection);
  if (!found.ok) return found;
  const { question: asked, scheme } = found.value;
  const wantsRows = 'rows' in asked.spec && asked.spec.rows;
  if (wantsRows && !vault.roles.some((role) => role === 'analyst' || role === 'clinician')) {
    return fail(
      'FORBIDDEN',
      'Your role sees totals, not single people.',
      'Nothing was run. Ask again without rows, or ask an analyst.',
    );
  }
  context.progress({ stage: 'Working it out', done: 0, total: null, unit: 'steps' });
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
      warnings: [...answer.warnings, ...notInForce('scheme' in asked ? asked.scheme : null, answer.asOf)],
      provenance,
      r: answer.r,
    });
  }
}

/** Rows of single people in a result. */
function personRowsIn({ result }: AnalysisResult): number {
  const { rows } = result;
  return Array.isArray(rows) ? rows.length : 0;
}

/** An analysis that a person or a program asks for: one that lists single people is entered in the audit log as such. */
export async function runAskedAnalysis(
  context: VaultContext,
  name: string,
  spec: Readonly<Record<string, unknown>>,
): Promise<Result<AnalysisResult>> {
  const answer = await runAnalysis(context, name, spec);
  if (!answer.ok || answer.value.spec['rows'] !== true) return answer;
  await recordEvent(context.vault, context.nowMs, {
    action: 'analysis.rows',
    object: name,
    outcome: 'done',
    details: { rows: personRowsIn(answer.value), snapshot: answer.value.provenance.snapshot },
  });
  return answer;
}
