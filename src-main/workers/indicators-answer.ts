import { exposureLoad } from '#main/analysis/exposure/exposure-load.ts';
import { spellAt } from '#main/analysis/exposure/person-frame.ts';
import { type CompiledScheme, compileScheme } from '#main/analysis/exposure/scheme-weights.ts';
import { recordedDays } from '#main/analysis/exposure/trend/month-states.ts';
import { evaluateIndicator } from '#main/analysis/indicators/evaluate.ts';
import type { DatedKind, ExposureMonths, HeldSpan, MeasureData } from '#main/analysis/indicators/measure-data.ts';
import { indicatorsScript, indicatorWarnings, readIndicators } from '#main/analysis/indicators/reading.ts';
import { indicatorDefinitions } from '#main/analysis/indicators/registry.ts';
import { type IndicatorsSpec, type Month, wholeMonths } from '#main/analysis/indicators/spec.ts';
import type { Connection } from '#main/store/connection.ts';
import {
  holdsRows,
  readInvitations,
  readPeerContacts,
  readPeerRequests,
  readSupportSteps,
  recordedByDay,
  spanOfRows,
} from '#main/store/indicator-records.ts';
import { targetsInForce } from '#main/store/indicator-target-records.ts';
import { dayOfIso, monthOfDay } from '#shared/domain/dates.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import type { AnalysisAnswer } from './analysis-answer.ts';
import { eventsUpTo, rowsUpToDay, uncountedBetween } from './exposure-rows.ts';
import type { ExposureSource } from './exposure-source.ts';
import { readScreeningRecords } from './screening-source.ts';
import { readStaffSource } from './staff-source.ts';
import { taken } from './task-failure.ts';

export function indicatorsAnswer(
  connection: Connection,
  exposureSource: () => ExposureSource,
  spec: IndicatorsSpec,
  scheme: Scheme,
): AnalysisAnswer {
  const months = wholeMonths(spec);
  const wanted = indicatorDefinitions.filter(({ id }) => spec.indicators === null || spec.indicators.includes(id));
  const read = connection.transaction(() => {
    const data = measureData(
      connection,
      exposureSource,
      months,
      dayOfIso(spec.asOf) ?? 0,
      taken(compileScheme(scheme)),
    );
    const targets = targetsInForce(connection);
    return wanted.map((definition) => evaluateIndicator(definition, data, targets.get(definition.id) ?? null));
  });
  const indicators = read();
  return {
    asOf: spec.asOf,
    result: { months: months.map(({ name }) => name), indicators },
    reading: readIndicators(indicators),
    warnings: indicatorWarnings(indicators),
    coverage: null,
    r: indicatorsScript(indicators),
  };
}

function once<T>(read: () => T): () => T {
  let held: { readonly value: T } | null = null;
  return () => {
    held ??= { value: read() };
    return held.value;
  };
}

function measureData(
  connection: Connection,
  exposureSource: () => ExposureSource,
  months: readonly Month[],
  asOfDay: number,
  compiled: CompiledScheme,
): MeasureData {
  const span = { firstDay: months[0]?.firstDay ?? 0, lastDay: months.at(-1)?.lastDay ?? 0 };
  const toAsOf = { ...span, lastDay: asOfDay };
  const ifHeld = <T>(table: Parameters<typeof holdsRows>[1], read: () => T): (() => T | null) =>
    once(() => (holdsRows(connection, table) ? read() : null));
  const holdsExposures = once(() => holdsRows(connection, 'exposures') || holdsRows(connection, 'attendances'));
  const rowsOf = (table: Parameters<typeof spanOfRows>[1]) => once(() => spanOfRows(connection, table));
  const spans: Readonly<Record<DatedKind, () => HeldSpan | null>> = {
    exposures: once(() => (holdsExposures() ? recordedDays(rowsUpToDay(exposureSource())) : null)),
    absences: rowsOf('absences'),
    screenings: rowsOf('screenings'),
    support: rowsOf('support'),
    peer_contacts: rowsOf('peer_contacts'),
    peer_requests: rowsOf('peer_requests'),
  };
  return {
    months,
    asOfDay,
    staff: ifHeld('people', () => readStaffSource(connection, asOfDay)),
    holdsAbsences: once(() => holdsRows(connection, 'absences')),
    spanOf: (kind) => spans[kind](),
    exposures: once(() => (holdsExposures() ? exposureMonths(exposureSource(), months, compiled) : null)),
    recorded: (days) => (holdsRows(connection, 'exposures') ? recordedMonths(connection, months, span, days) : null),
    invitations: ifHeld('screenings', () => readInvitations(connection, toAsOf)),
    screenings: ifHeld('screenings', () => readScreeningRecords(connection, span.firstDay, span.lastDay)),
    support: ifHeld('support', () => readSupportSteps(connection, asOfDay)),
    contacts: ifHeld('peer_contacts', () => readPeerContacts(connection, span)),
    requests: ifHeld('peer_requests', () => readPeerRequests(connection, span)),
  };
}

function exposureMonths(
  { exposures, people, uncountedUpTo }: ExposureSource,
  months: readonly Month[],
  compiled: CompiledScheme,
): ExposureMonths {
  const rows = months.map(({ firstDay, lastDay }) => {
    const { unmapped, notTraumatic, attendances } = uncountedBetween(
      uncountedUpTo(firstDay - 1),
      uncountedUpTo(lastDay),
    );
    const events = eventsUpTo(exposures, lastDay) - eventsUpTo(exposures, firstDay - 1);
    const all = events - (attendances?.derived ?? 0) + notTraumatic + unmapped + (attendances?.all ?? 0);
    return { all, uncovered: unmapped + (attendances?.unmapped ?? 0) + (attendances?.notImported ?? 0) };
  });
  return {
    eventsInPost: eventsInPost(exposures, people, months),
    rows: rows.map(({ all }) => all),
    covered: rows.map(({ all, uncovered }) => all - uncovered),
    overThreshold: (month) => {
      const asOfDay = months[month]?.lastDay ?? 0;
      const uncounted = uncountedUpTo(asOfDay);
      const load = exposureLoad({
        exposures,
        people,
        uncounted,
        compiled,
        asOfDay,
        windowsDays: [],
        halfLifeDays: 180,
        rows: true,
      });
      const over = load.rows?.filter(({ triggers }) => triggers.length > 0).length ?? 0;
      return { people: load.people, over };
    },
  };
}

function eventsInPost(
  exposures: ExposureSource['exposures'],
  people: ExposureSource['people'],
  months: readonly Month[],
): number[] {
  const monthOf = new Map(months.map(({ name }, at) => [name, at]));
  const first = months[0]?.firstDay ?? 0;
  const last = months.at(-1)?.lastDay ?? -1;
  const places = Int32Array.from({ length: last - first + 1 }, (_, at) => monthOf.get(monthOfDay(first + at)) ?? 0);
  const counts = months.map(() => 0);
  const { offsets, day } = exposures;
  for (let person = 0; person + 1 < offsets.length; person += 1) {
    for (let event = offsets[person] as number; event < (offsets[person + 1] as number); event += 1) {
      const at = day[event] as number;
      if (at < first || at > last || spellAt(people, person, at) < 0) continue;
      const month = places[at - first] as number;
      counts[month] = (counts[month] ?? 0) + 1;
    }
  }
  return counts;
}

function recordedMonths(
  connection: Connection,
  months: readonly Month[],
  span: { readonly firstDay: number; readonly lastDay: number },
  days: number,
): { readonly known: number; readonly inTime: number }[] {
  const sums = new Map(months.map(({ name }) => [name, { known: 0, inTime: 0 }]));
  for (const { day, known, inTime } of recordedByDay(connection, span, days)) {
    const sum = sums.get(monthOfDay(day));
    if (!sum) continue;
    sum.known += known;
    sum.inTime += inTime;
  }
  return [...sums.values()];
}
