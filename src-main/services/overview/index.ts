import { instrumentNamed } from '#main/analysis/instruments/registry.ts';
import { listBatches } from '#main/store/batch-records.ts';
import {
  countInPost,
  countPeople,
  countUnknownPeople,
  eventsOf,
  exposureDays,
  findPerson,
  rowsByCategory,
  scoresOf,
  type TimelineScore,
  totalsOf,
} from '#main/store/overview-queries.ts';
import type { Timeline } from '#shared/contract/analyses.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { isoOfDay, londonDay } from '#shared/domain/dates.ts';
import { exposureCategories, notTraumatic, proximities } from '#shared/domain/exposure-categories.ts';
import { extractKinds } from '#shared/domain/extract-kinds.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { runAnalysis } from '../analyses/index.ts';
import type { VaultContext } from '../call-context.ts';

const countable: ReadonlySet<string> = new Set(exposureCategories.map((category) => category.code));

/** What the vault holds, how fresh it is and what is missing. */
export async function overview(context: VaultContext): Promise<Result<OutputOf<'overview.get'>>> {
  const { connection } = context.vault.store;
  const days = exposureDays(connection);
  const byCategory = rowsByCategory(connection);
  const rows = byCategory.reduce((sum, entry) => sum + entry.rows, 0);
  const unmappedCodes = byCategory.filter((entry) => !countable.has(entry.code) && entry.code !== notTraumatic);
  const unmapped = unmappedCodes.reduce((sum, entry) => sum + entry.rows, 0);
  const freshness = extractKinds.map((kind) => {
    const totals = totalsOf(connection, kind.kind, kind.table);
    return {
      kind: kind.kind,
      label: kind.label,
      rows: totals.rows,
      lastImport: totals.lastImport,
      to: totals.lastDay === null ? null : isoOfDay(totals.lastDay),
    };
  });
  const latest = Math.max(days?.last ?? Number.NEGATIVE_INFINITY, ...lastDays(context));
  const inPostDay = Number.isFinite(latest) ? latest : londonDay(Math.floor(context.nowMs / 1_000));
  const months = await monthlyEvents(context, days);
  if (!months.ok) return months;
  return ok({
    people: countPeople(connection),
    inPost: countInPost(connection, inPostDay),
    exposures: rows,
    screenings: freshness.find((entry) => entry.kind === 'screenings')?.rows ?? 0,
    coverage: rows === 0 ? null : (rows - unmapped) / rows,
    latestDay: Number.isFinite(latest) ? isoOfDay(latest) : null,
    firstDay: days === null ? null : isoOfDay(days.first),
    unknownPeople: countUnknownPeople(connection),
    freshness,
    months: months.value,
    unmappedCodes,
    recentBatches: listBatches(connection).length,
  });
}

function lastDays(context: VaultContext): number[] {
  return extractKinds
    .map((kind) => totalsOf(context.vault.store.connection, kind.kind, kind.table).lastDay)
    .filter((day) => day !== null);
}

/** Counted events of every month that has ended or begun, from the same analysis as everywhere else. */
async function monthlyEvents(
  context: VaultContext,
  days: { readonly last: number } | null,
): Promise<Result<{ month: string; events: number }[]>> {
  if (days === null) return ok([]);
  const load = await runAnalysis(context, 'exposure-load', { asOf: isoOfDay(days.last), windows: [28] });
  if (!load.ok) return load;
  const totals = load.value.result['totals'] as { readonly month: Readonly<Record<string, number>> };
  return ok(Object.entries(totals.month).map(([month, events]) => ({ month, events })));
}

/** One pseudonym's exposures and scores. Answers to single items are not part of it. */
export function timeline(context: VaultContext, pseudonym: string): Result<Timeline> {
  const { connection } = context.vault.store;
  const person = findPerson(connection, pseudonym);
  if (!person) {
    return fail('NOT_FOUND', 'There is nobody with that pseudonym in this vault.', 'Choose a person from the list.');
  }
  const events = eventsOf(connection, person.id);
  const latest = exposureDays(connection)?.last ?? londonDay(Math.floor(context.nowMs / 1_000));
  const inPost =
    person.unit !== null && (person.serviceStart ?? latest) <= latest && (person.serviceEnd ?? latest) >= latest;
  return ok({
    person: pseudonym,
    unit: person.unit,
    role: person.role,
    inPost,
    serviceStart: person.serviceStart === null ? null : isoOfDay(person.serviceStart),
    serviceEnd: person.serviceEnd === null ? null : isoOfDay(person.serviceEnd),
    events: events.map((event) => ({
      day: isoOfDay(event.day),
      category: event.category,
      counted: countable.has(event.category),
      proximity: event.proximity === null ? null : (proximities[event.proximity - 1] ?? null),
      minutes: event.minutes,
      batch: event.batch,
    })),
    scores: scoresOf(connection, person.id).flatMap(scaleScores),
  });
}

type StoredScores = { readonly scales: Readonly<Record<string, number | null>> };

function scaleScores(row: TimelineScore): Timeline['scores'] {
  const definition = instrumentNamed(row.instrument);
  const common = { day: isoOfDay(row.day), instrument: row.instrument, batch: row.batch };
  if (row.scores === null) {
    return row.score === null ? [] : [{ ...common, scale: row.scale ?? 'total', score: row.score, band: null }];
  }
  const { scales } = JSON.parse(row.scores) as StoredScores;
  return Object.entries(scales).flatMap(([scale, score]) => {
    if (score === null) return [];
    const bands = definition?.bands.find((set) => set.scale === scale && set.enabled);
    return [{ ...common, scale, score, band: bands?.bands.findLast((band) => score >= band.from)?.name ?? null }];
  });
}
