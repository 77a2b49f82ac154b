import type { BatchNotes, KindCoverage, KindVolume, QualityResult } from '#shared/contract/quality.ts';
import { isoOfDay, lastDayOfMonth } from '#shared/domain/dates.ts';
import { codeDrift } from './code-drift.ts';
import { kindCoverage } from './coverage.ts';
import { type BatchFacts, type KindFacts, type NearFacts, wholeMonths } from './facts.ts';
import { findingsOf } from './findings.ts';
import { freshnessOf } from './freshness.ts';
import { columnsMissing } from './missingness.ts';
import { kindVolume } from './volumes.ts';

export type QualityInput = {
  readonly kinds: readonly KindFacts[];
  readonly near: readonly NearFacts[];
  readonly batches: readonly BatchFacts[];
  readonly notes: readonly BatchNotes[];
  readonly labelOf: (kind: string) => string;
  readonly meaningOf: (kind: string, column: string) => string;
  /** Whether the day of a kind says when something happened, so that the newest tells how far the data reach. */
  readonly happens: (kind: string) => boolean;
  /** Null for the newest day of any such kind. */
  readonly asOfDay: number | null;
  readonly today: number;
};

/** Newest day of what happens, and never later than today: a row with a wrong year must not make everything else late. */
function newestDay({ kinds, happens, today }: QualityInput): number | null {
  const days = kinds.flatMap((facts) =>
    facts.lastDay === null || !happens(facts.kind) ? [] : [Math.min(facts.lastDay, today)],
  );
  return days.length === 0 ? null : Math.max(...days);
}

/** All that there is to say of the data, from the counts of the store. */
export function qualityOf(input: QualityInput): QualityResult {
  const { kinds, batches, labelOf, meaningOf } = input;
  const asOfDay = input.asOfDay ?? newestDay(input);
  const batchesOf = (kind: string): BatchFacts[] => batches.filter((batch) => batch.kind === kind);
  const months = kinds.map((facts) => {
    const label = labelOf(facts.kind);
    // What a kind has not reached yet is no month of none: it is late, and said to be.
    return { facts, label, whole: wholeMonths(facts, asOfDay ?? 0, lastDayOfMonth) };
  });
  const parts = {
    freshness: months.map(({ facts, label }) => freshnessOf(facts, label, batchesOf(facts.kind), asOfDay)),
    coverage: months
      .map(({ facts, label, whole }) => kindCoverage(facts, label, whole))
      .filter((entry): entry is KindCoverage => entry !== null),
    missing: months.flatMap(({ facts, label, whole }) =>
      columnsMissing(facts, label, (column) => meaningOf(facts.kind, column), whole),
    ),
    volumes: months
      .map(({ facts, label, whole }) => kindVolume(facts, label, whole, inPostOf(facts)))
      .filter((entry): entry is KindVolume => entry !== null),
    duplicates: {
      batches: batches
        .filter((batch) => batch.duplicate > 0)
        .map(({ batch, kind, fileName, importedAt, read, duplicate }) => ({
          batch,
          kind,
          fileName,
          importedAt,
          read,
          duplicate,
        })),
      near: input.near.map(({ kind, what, cases, rows, firstDay, lastDay }) => ({
        kind,
        label: labelOf(kind),
        what,
        cases,
        rows,
        from: firstDay === null ? null : isoOfDay(firstDay),
        to: lastDay === null ? null : isoOfDay(lastDay),
      })),
    },
    notes: [...input.notes],
  };
  const drift = codeDrift(months.map((entry) => ({ ...entry, newestFrom: newestFromOf(batchesOf(entry.facts.kind)) })));
  const all = { ...parts, codes: drift.changes, codesSeen: drift.seen, codesTested: drift.tested };
  return { asOf: asOfDay === null ? null : isoOfDay(asOfDay), findings: findingsOf(all), ...all };
}

function inPostOf(facts: KindFacts): number[] | null {
  if (!facts.units) return null;
  return facts.monthRows.map((_, at) => (facts.units ?? []).reduce((sum, unit) => sum + (unit.people[at] ?? 0), 0));
}

/** First day of the newest of several batches. */
function newestFromOf(batches: readonly BatchFacts[]): number | null {
  const dated = batches.filter((batch) => batch.firstDay !== null).sort((a, b) => a.batch - b.batch);
  return dated.length < 2 ? null : (dated.at(-1)?.firstDay ?? null);
}
