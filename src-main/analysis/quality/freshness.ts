import type { KindFreshness } from '#shared/contract/quality.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import type { BatchFacts, KindFacts } from './facts.ts';

/** Days on which extracts came up to: at least this many tell a rhythm. */
const leastForRhythm = 3;

function median(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

function dayImported(batch: BatchFacts): number {
  return dayOfIso(batch.importedAt.slice(0, 10)) ?? 0;
}

/**
 * Median days between the last days of successive batches; where the rows have no day, between their imports. Null for fewer
 * than three different days.
 */
export function cadenceOf(batches: readonly BatchFacts[]): number | null {
  const reach = batches.map((batch) => batch.lastDay ?? dayImported(batch));
  const days = [...new Set(reach)].sort((a, b) => a - b);
  if (days.length < leastForRhythm) return null;
  const gaps = days.slice(1).map((day, at) => day - (days[at] as number));
  return Math.max(1, Math.round(median(gaps.sort((a, b) => a - b))));
}

/** Days after which an extract is late: a rhythm is never kept to the day. */
export function graceOf(cadence: number): number {
  return Math.max(2, Math.ceil(cadence / 4));
}

export function freshnessOf(
  facts: KindFacts,
  label: string,
  batches: readonly BatchFacts[],
  asOfDay: number | null,
): KindFreshness {
  const newest = batches.reduce<BatchFacts | null>(
    (last, batch) => (last === null || batch.batch > last.batch ? batch : last),
    null,
  );
  const cadence = cadenceOf(batches);
  const reaches = facts.lastDay ?? (newest && facts.firstDay === null ? dayImported(newest) : null);
  const waited = reaches === null || asOfDay === null ? null : asOfDay - reaches;
  const over = waited === null || cadence === null ? null : waited - cadence;
  return {
    kind: facts.kind,
    label,
    rows: facts.rows,
    batches: batches.length,
    lastImport: newest?.importedAt ?? null,
    importedBy: newest?.importedBy ?? null,
    from: facts.firstDay === null ? null : isoOfDay(facts.firstDay),
    to: facts.lastDay === null ? null : isoOfDay(facts.lastDay),
    daysSince: facts.lastDay === null || asOfDay === null ? null : Math.max(0, asOfDay - facts.lastDay),
    cadenceDays: cadence,
    lateDays: over === null || cadence === null ? null : over > graceOf(cadence) ? over : 0,
    rowsAhead: facts.rowsAhead,
    unknownPeople: facts.unknownPeople,
    unknownRows: facts.unknownRows,
  };
}
