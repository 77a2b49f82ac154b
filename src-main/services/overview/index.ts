import { instrumentNamed } from '#main/analysis/instruments/registry.ts';
import { listBatches } from '#main/store/batch-records.ts';
import type { TimelineScore } from '#main/store/overview-queries.ts';
import type { Timeline } from '#shared/contract/analyses.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import { proximities } from '#shared/domain/exposure-categories.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { todayOf, type VaultContext } from '../call-context.ts';
import { codesHeldIn } from './code-coverage.ts';
import { isCountable } from './unmapped-codes.ts';

export { changes } from './changes.ts';
export { type CodesHeld, codesHeld } from './code-coverage.ts';
export { tasks } from './tasks.ts';

/** What the vault holds, how fresh it is and what is missing. */
export async function overview(context: VaultContext): Promise<Result<OutputOf<'overview.get'>>> {
  const facts = await context.vault.analysis.overview(todayOf(context), context.signal);
  const rows = facts.byCategory.reduce((sum, entry) => sum + entry.rows, 0);
  const { all, covered, notImported, unmapped } = codesHeldIn(facts);
  const attended = facts.attendances?.coverage;
  return ok({
    people: facts.people,
    inPost: facts.inPost,
    exposures: rows + (attended?.exposures ?? 0),
    screenings: facts.kinds.find((entry) => entry.kind === 'screenings')?.rows ?? 0,
    coverage: all === 0 ? null : covered / all,
    latestDay: facts.latestDay === null ? null : isoOfDay(facts.latestDay),
    firstDay: facts.exposureDays === null ? null : isoOfDay(facts.exposureDays.first),
    unknownPeople: facts.unknownPeople,
    underAliases: facts.underAliases && { ...facts.underAliases, batches: [...facts.underAliases.batches] },
    freshness: facts.kinds.map(({ kind, label, rows: held, lastImport, lastDay }) => ({
      kind,
      label,
      rows: held,
      lastImport,
      to: lastDay === null ? null : isoOfDay(lastDay),
    })),
    months: facts.months.map((entry) => ({ ...entry })),
    unmappedCodes: [...unmapped],
    attendances: attended?.attendances.all ?? 0,
    attendancesNotImported: notImported,
    recentBatches: listBatches(context.vault.store.connection).length,
  });
}

/** One pseudonym's exposures and scores. Answers to single items are not part of it. */
export async function timeline(context: VaultContext, pseudonym: string): Promise<Result<Timeline>> {
  const facts = await context.vault.analysis.timeline(pseudonym, context.signal);
  if (!facts) {
    return fail('NOT_FOUND', 'There is nobody with that pseudonym in this vault.', 'Choose a person from the list.');
  }
  const { person } = facts;
  const latest = facts.latestDay ?? todayOf(context);
  const inPost =
    person.unit !== null && (person.serviceStart ?? latest) <= latest && (person.serviceEnd ?? latest) >= latest;
  return ok({
    person: pseudonym,
    unit: person.unit,
    role: person.role,
    inPost,
    serviceStart: person.serviceStart === null ? null : isoOfDay(person.serviceStart),
    serviceEnd: person.serviceEnd === null ? null : isoOfDay(person.serviceEnd),
    events: facts.events.map((event) => ({
      day: isoOfDay(event.day),
      category: event.category,
      counted: isCountable(event.category),
      proximity: event.proximity === null ? null : (proximities[event.proximity - 1] ?? null),
      minutes: event.minutes,
      batch: event.batch,
    })),
    scores: facts.scores.flatMap(scaleScores),
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
