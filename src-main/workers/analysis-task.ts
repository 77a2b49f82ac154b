import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { AbsenceSpec } from '#main/analysis/absence/spec.ts';
import type { EarlyWarningSpec } from '#main/analysis/early-warning/spec.ts';
import type { AttendedIncidents } from '#main/analysis/exposure/attended-incidents.ts';
import { exposureLoad } from '#main/analysis/exposure/exposure-load.ts';
import { exposurePeriod } from '#main/analysis/exposure/exposure-period.ts';
import { exposureSeries, seriesColumns } from '#main/analysis/exposure/exposure-series.ts';
import { coverageOfRows } from '#main/analysis/exposure/packed-exposures.ts';
import { exposureLoadScript } from '#main/analysis/exposure/r-script.ts';
import { loadWarnings, readExposureLoad, readExposureSeries } from '#main/analysis/exposure/reading.ts';
import { compileScheme } from '#main/analysis/exposure/scheme-weights.ts';
import { type ExposureLoadSpec, type ExposureSeriesSpec, monthEndsBetween } from '#main/analysis/exposure/specs.ts';
import type { ExposureTrendSpec } from '#main/analysis/exposure/trend/trend-spec.ts';
import type { IndicatorsSpec } from '#main/analysis/indicators/spec.ts';
import { allInstruments } from '#main/analysis/instruments/registry.ts';
import type { PeerNetworkSpec } from '#main/analysis/peers/spec.ts';
import type { PilotEnrolmentSpec } from '#main/analysis/pilots/enrolment/spec.ts';
import type { PilotFidelitySpec } from '#main/analysis/pilots/fidelity/spec.ts';
import type { PilotPowerSpec } from '#main/analysis/pilots/power/spec.ts';
import type { PilotTimetableSpec } from '#main/analysis/pilots/timetable/spec.ts';
import { readExposurePeriod, readScreeningSummary } from '#main/analysis/screening/period-readings.ts';
import { periodScript, screeningScript } from '#main/analysis/screening/period-scripts.ts';
import type { PeriodSpec } from '#main/analysis/screening/period-spec.ts';
import { screeningSummary } from '#main/analysis/screening/screening-summary.ts';
import type { SignalsSpec } from '#main/analysis/signals/signal-spec.ts';
import type { SupportUptakeSpec } from '#main/analysis/support/spec.ts';
import type { ServiceTerms } from '#main/analysis/support/usage.ts';
import { zero } from '#main/crypto/secret-bytes.ts';
import { xmrLimits } from '#main/stats/control-charts/xmr-limits.ts';
import { type Connection, openConnection } from '#main/store/connection.ts';
import type { StoredPerson } from '#main/store/people-records.ts';
import { storeError } from '#main/store/store-error.ts';
import type { CodeRules } from '#shared/contract/code-rules.ts';
import type { QualityResult } from '#shared/contract/quality.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import type { AnalysisAnswer } from './analysis-answer.ts';
import { type AttendedSource, attendedSourceName, readAttended } from './attended-source.ts';
import type { CodeFacts, CodePreview } from './code-lookups.ts';
import type { ComparisonQuestion } from './comparison-answer.ts';
import type { ForetellQuestion, Foretold } from './early-warning/foretell.ts';
import type { EngagementQuestion } from './engagement-answer.ts';
import { eventsUpTo, uncountedBetween } from './exposure-rows.ts';
import {
  type ExposureDaySource,
  type ExposureSource,
  exposureSourceName,
  readExposureDays,
  readExposureSource,
} from './exposure-source.ts';
import type { FamilyQuestion } from './family-answer.ts';
import type { OverviewFacts } from './kept-overview.ts';
import type { OutcomeQuestion } from './outcome-answer.ts';
import type { PilotEvaluationQuestion } from './pilot-evaluation-answer.ts';
import type { QualityStep } from './quality-facts.ts';
import type { SynthesisQuestion } from './review-synthesis-answer.ts';
import { readScreeningRecords } from './screening-source.ts';
import type { TimelineFacts } from './store-lookups.ts';
import { failureOf, taken } from './task-failure.ts';

export type AnalysisTaskData = {
  readonly file: string;
  readonly dataKey: Uint8Array;
  /** Told once the store is open. */
  readonly opened: MessagePort;
};

export type AnalysisRequest = { readonly id: number } & (
  | { readonly method: 'exposure-load'; readonly spec: ExposureLoadSpec; readonly scheme: Scheme }
  | { readonly method: 'exposure-series'; readonly spec: ExposureSeriesSpec; readonly scheme: Scheme }
  | { readonly method: 'exposure-trend'; readonly spec: ExposureTrendSpec; readonly scheme: Scheme }
  | ({ readonly method: 'exposure-outcome' } & OutcomeQuestion)
  | { readonly method: 'signals'; readonly spec: SignalsSpec; readonly scheme: Scheme }
  | ({ readonly method: 'scheme-comparison' } & ComparisonQuestion)
  | ({ readonly method: 'family-impact' } & FamilyQuestion)
  | { readonly method: 'exposure-period'; readonly spec: PeriodSpec }
  | { readonly method: 'screening-summary'; readonly spec: PeriodSpec }
  | { readonly method: 'absence'; readonly spec: AbsenceSpec }
  | { readonly method: 'support-uptake'; readonly spec: SupportUptakeSpec; readonly directory: readonly ServiceTerms[] }
  | { readonly method: 'early-warning'; readonly spec: EarlyWarningSpec }
  | { readonly method: 'peer-network'; readonly spec: PeerNetworkSpec }
  | ({ readonly method: 'engagement' } & EngagementQuestion)
  | { readonly method: 'pilot-enrolment'; readonly spec: PilotEnrolmentSpec }
  | { readonly method: 'pilot-fidelity'; readonly spec: PilotFidelitySpec }
  | ({ readonly method: 'pilot-evaluation' } & PilotEvaluationQuestion)
  | { readonly method: 'pilot-power'; readonly spec: PilotPowerSpec }
  | { readonly method: 'pilot-timetable'; readonly spec: PilotTimetableSpec }
  | ({ readonly method: 'review-synthesis' } & SynthesisQuestion)
  | { readonly method: 'indicators'; readonly spec: IndicatorsSpec; readonly scheme: Scheme }
);

/** Questions about the rows themselves that would hold up a thread that answers clicks. */
export type LookupRequest = { readonly id: number } & (
  | { readonly lookup: 'overview'; readonly today: number }
  | { readonly lookup: 'timeline'; readonly pseudonym: string }
  | { readonly lookup: 'quality'; readonly asOfDay: number | null; readonly today: number }
  | ({ readonly lookup: 'foretell' } & ForetellQuestion)
  | { readonly lookup: 'codes' }
  | { readonly lookup: 'codes-preview'; readonly document: CodeRules }
);

const data = workerData as AnalysisTaskData;
const connection: Connection = openConnection(data.file, data.dataKey);
zero(data.dataKey);
data.opened.postMessage('opened');
data.opened.close();

let held: ExposureSource | null = null;

/** Kept between calls for as long as the store holds the same batches. */
function exposureSource(): ExposureSource {
  if (held?.source !== exposureSourceName(connection)) held = readExposureSource(connection, attended);
  return held;
}

let heldDays: ExposureDaySource | null = null;

/** What counts by day alone may read: of the whole where that is held, else the days. */
function exposureDays(): ExposureDaySource {
  const source = exposureSourceName(connection);
  if (held?.source === source) return held;
  if (heldDays?.source !== source) heldDays = readExposureDays(connection);
  return heldDays ?? exposureSource();
}

let heldAttended: AttendedSource | null = null;
/** Set once somebody works on the code rules: from then on what takes long to read is kept in memory between questions. */
let worksOnRules = false;

function attended(people?: readonly StoredPerson[]): AttendedIncidents | null {
  const source = attendedSourceName(connection);
  if (heldAttended?.source === source) return heldAttended.attended;
  const read = readAttended(connection, people);
  heldAttended = worksOnRules && read ? { source, attended: read } : null;
  return read;
}

function load(spec: ExposureLoadSpec, scheme: Scheme): AnalysisAnswer {
  const { exposures, people, uncountedUpTo } = exposureSource();
  const asOfDay = dayOfIso(spec.asOf) ?? 0;
  const uncounted = uncountedUpTo(asOfDay);
  const common = { asOfDay, windowsDays: spec.windows, halfLifeDays: spec.halfLifeDays };
  const result = exposureLoad({
    exposures,
    people,
    uncounted,
    compiled: taken(compileScheme(scheme)),
    rows: spec.rows,
    ...common,
  });
  return {
    asOf: spec.asOf,
    result,
    reading: readExposureLoad(result, {
      scheme,
      asOfDay,
      windowsDays: spec.windows,
      attendances: uncounted.attendances,
    }),
    warnings: loadWarnings(result, scheme, uncounted.attendances),
    coverage: result.coverage,
    r: exposureLoadScript({ scheme, uncounted, ...common }),
  };
}

function series(spec: ExposureSeriesSpec, scheme: Scheme): AnalysisAnswer {
  const compiled = taken(compileScheme(scheme));
  const { exposures, people, uncountedUpTo } = compiled.countsOnly ? exposureDays() : exposureSource();
  const monthEnds = taken(monthEndsBetween(spec.from, spec.to));
  const input = {
    exposures,
    people,
    compiled,
    monthEnds,
    windowsDays: spec.windows,
    halfLifeDays: spec.halfLifeDays,
  };
  const columns = seriesColumns(input);
  const rows = spec.rows ? { rows: taken(exposureSeries({ ...input, rows: true })).rows } : {};
  const lastDay = monthEnds.days.at(-1) ?? 0;
  const uncounted = uncountedUpTo(lastDay);
  return {
    asOf: isoOfDay(lastDay),
    result: rows,
    columns,
    reading: readExposureSeries(columns, monthEnds),
    warnings: scheme.status === 'approved' ? [] : [schemeWarning(scheme)],
    coverage: coverageOfRows(eventsUpTo(exposures, lastDay), uncounted),
    r: exposureLoadScript({
      scheme,
      uncounted,
      asOfDay: lastDay,
      windowsDays: spec.windows,
      halfLifeDays: spec.halfLifeDays,
    }),
  };
}

function schemeWarning(scheme: Scheme): string {
  return `The scheme ${scheme.id} is not approved (${scheme.status}): use it to compare, not to decide.`;
}

function period(spec: PeriodSpec): AnalysisAnswer {
  const { exposures, people, uncountedUpTo } = exposureSource();
  const days = { fromDay: dayOfIso(spec.from) ?? 0, toDay: dayOfIso(spec.to) ?? 0 };
  const result = exposurePeriod({ exposures, people, ...days });
  const uncounted = uncountedBetween(uncountedUpTo(days.fromDay - 1), uncountedUpTo(days.toDay));
  const coverage = coverageOfRows(result.events, uncounted);
  return {
    asOf: spec.to,
    result: { ...result, coverage, limits: xmrLimits(monthTotals(result.unitMonths)) },
    reading: readExposurePeriod(result, { ...days, coverage, attendances: uncounted.attendances }),
    warnings: coverage === null ? ['There are no exposure rows in the period.'] : [],
    coverage,
    r: periodScript(spec),
  };
}

function monthTotals(unitMonths: readonly (readonly number[])[]): number[] {
  return (unitMonths[0] ?? []).map((_, month) => unitMonths.reduce((sum, row) => sum + (row[month] ?? 0), 0));
}

function screening(spec: PeriodSpec): AnalysisAnswer {
  const days = { fromDay: dayOfIso(spec.from) ?? 0, toDay: dayOfIso(spec.to) ?? 0 };
  const records = readScreeningRecords(connection, days.fromDay, days.toDay);
  const result = screeningSummary(records, allInstruments(), days);
  return {
    asOf: spec.to,
    result: { instruments: result },
    reading: readScreeningSummary(result),
    warnings: result.length === 0 ? ['There are no screenings in the period.'] : [],
    coverage: null,
    r: screeningScript(result),
  };
}

/** Loaded when first asked for: methods that bring much of the statistics with them. */
async function answerTo(request: AnalysisRequest): Promise<AnalysisAnswer> {
  switch (request.method) {
    case 'exposure-trend': {
      const { trendAnswer } = await import('./trend-answer.ts');
      return trendAnswer(connection, exposureSource(), request.spec, taken(compileScheme(request.scheme)));
    }
    case 'exposure-outcome': {
      const { outcomeAnswer } = await import('./outcome-answer.ts');
      return outcomeAnswer(connection, exposureSource(), request);
    }
    case 'signals': {
      const { signalsAnswer } = await import('./signals-answer.ts');
      return signalsAnswer(exposureSource(), request.spec, request.scheme);
    }
    case 'scheme-comparison': {
      const { comparisonAnswer } = await import('./comparison-answer.ts');
      return comparisonAnswer(exposureSource(), request);
    }
    case 'exposure-load':
      return load(request.spec, request.scheme);
    case 'exposure-series':
      return series(request.spec, request.scheme);
    case 'exposure-period':
      return period(request.spec);
    case 'screening-summary':
      return screening(request.spec);
    case 'indicators': {
      const { indicatorsAnswer } = await import('./indicators-answer.ts');
      return indicatorsAnswer(connection, exposureSource, request.spec, request.scheme);
    }
    case 'early-warning': {
      const { earlyWarningAnswer } = await import('./early-warning/early-warning-answer.ts');
      const tell = (step: QualityStep): void => parentPort?.postMessage({ id: request.id, step });
      return earlyWarningAnswer(connection, exposureDays, request.spec, tell);
    }
    case 'peer-network':
      return (await import('./peer-network-answer.ts')).peerNetworkAnswer(connection, request.spec);
    case 'engagement':
      return (await import('./engagement-answer.ts')).engagementAnswer(connection, request);
    case 'pilot-enrolment':
      return (await import('./pilot-enrolment-answer.ts')).pilotEnrolmentAnswer(connection, request.spec);
    case 'pilot-fidelity':
      return (await import('./pilot-fidelity-answer.ts')).pilotFidelityAnswer(connection, request.spec);
    case 'pilot-evaluation':
      return (await import('./pilot-evaluation-answer.ts')).pilotEvaluationAnswer(connection, request);
    case 'pilot-power':
      return (await import('./pilot-power-answer.ts')).pilotPowerAnswer(request.spec);
    case 'pilot-timetable':
      return (await import('./pilot-timetable-answer.ts')).pilotTimetableAnswer(connection, request.spec);
    case 'review-synthesis':
      return (await import('./review-synthesis-answer.ts')).reviewSynthesisAnswer(request);
    case 'family-impact':
      return (await import('./family-answer.ts')).familyAnswer(connection, exposureSource(), request);
    case 'absence':
      return (await import('./absence-answer.ts')).absenceAnswer(connection, request.spec);
    case 'support-uptake':
      return (await import('./support-answer.ts')).supportAnswer(connection, request.spec, request.directory);
  }
}

type LookupAnswer = OverviewFacts | Foretold | TimelineFacts | CodeFacts | CodePreview | null | QualityResult;

/** Loaded by the first lookup: an analysis need not wait for the query builder. */
async function lookUp(request: LookupRequest): Promise<LookupAnswer> {
  if (request.lookup === 'codes' || request.lookup === 'codes-preview') {
    const { codeFacts, codePreview } = await import('./code-lookups.ts');
    worksOnRules = true;
    return request.lookup === 'codes'
      ? codeFacts(connection, exposureSource())
      : connection.transaction(() => codePreview(connection, attended(), request.document))();
  }
  if (request.lookup === 'foretell') {
    return (await import('./early-warning/foretell.ts')).foretell(connection, exposureDays, request);
  }
  if (request.lookup === 'quality') {
    const { qualityFacts } = await import('./quality-facts.ts');
    return qualityFacts(connection, request, (step) => parentPort?.postMessage({ id: request.id, step }));
  }
  const { overviewFacts, timelineFacts } = await import('./store-lookups.ts');
  return request.lookup === 'overview'
    ? overviewFacts(connection, request.today, exposureSource)
    : timelineFacts(connection, request.pseudonym);
}

/** What was packed on the way is kept after the answer has gone: nobody waits for it. */
function keepPacked(): void {
  if (!held?.keep) return;
  const { keep } = held;
  held = { ...held, keep: null };
  try {
    keep();
  } catch {
    // A cache that could not be kept is made again the next time; the answer stands.
  }
}

async function answer(request: AnalysisRequest | LookupRequest): Promise<void> {
  try {
    const given = 'lookup' in request ? await lookUp(request) : await answerTo(request);
    const { columns, ...told } = given !== null && 'columns' in given ? given : { ...given, columns: undefined };
    // As text: thousands of small records cross between threads many times faster than as objects; columns are handed over.
    const text = JSON.stringify(given === null ? null : told);
    const handed = columns ? [columns.people.buffer, columns.counts.buffer, columns.decayed.buffer] : [];
    parentPort?.postMessage({ id: request.id, text, columns }, handed);
    keepPacked();
  } catch (error) {
    parentPort?.postMessage({ id: request.id, failure: failureOf(storeError(error)) });
  }
}

parentPort?.on('message', (request: AnalysisRequest | LookupRequest | 'close') => {
  if (request !== 'close') {
    void answer(request);
    return;
  }
  connection.close();
  parentPort?.close();
});
