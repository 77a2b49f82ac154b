import { type AgedRows, agedRows, deleteAgedRows } from '#main/store/aged-rows.ts';
import { listBatches } from '#main/store/batch-records.ts';
import { withoutForeignKeys } from '#main/store/connection.ts';
import {
  addRetentionDecision,
  type BatchRows,
  retentionDecisions,
  retentionPeriods,
  setRetentionPeriod,
} from '#main/store/retention-records.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { civilOfDay, dayOfCivil, dayOfIso, daysInMonth, isoOfDay } from '#shared/domain/dates.ts';
import { extractKindNamed } from '#shared/domain/extract-kinds/index.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { type RetentionKind, retentionKindNamed, retentionKinds } from '#shared/domain/retention.ts';
import { isoTime, todayOf, type VaultContext } from '../call-context.ts';

function labelOf(kind: string): string {
  return extractKindNamed(kind)?.label ?? kind;
}

/** The first day that is not yet older than a number of months. */
function cutOff(today: number, months: number): number {
  const { year, month, day } = civilOfDay(today);
  const index = year * 12 + month - 1 - months;
  const then = { year: Math.floor(index / 12), month: (index % 12) + 1 };
  return dayOfCivil(then.year, then.month, Math.min(day, daysInMonth(then.year, then.month)));
}

export function retentionSettings({ vault }: VaultContext): OutputOf<'retention.get'> {
  const set = retentionPeriods(vault.store.connection);
  return {
    periods: retentionKinds.map(({ kind, months, reviewer }) => {
      const own = set.get(kind);
      return {
        kind,
        label: labelOf(kind),
        months: own === undefined ? null : own.months,
        suggestedMonths: months,
        reviewer,
        setAt: own?.setAt ?? null,
        setBy: own?.setBy ?? null,
      };
    }),
  };
}

function noKind(): Result<never> {
  return fail('BAD_INPUT', 'Rows of that kind have no day by which they grow old.', 'Nothing was changed.');
}

/** Sets how long rows of a kind are kept. Nothing is deleted by it. */
export function setRetention(
  context: VaultContext,
  { kind, months }: InputOf<'retention.set'>,
): Promise<Result<OutputOf<'retention.set'>>> | Result<never> {
  if (!retentionKindNamed(kind)) return noKind();
  const { vault } = context;
  return vault.writeGate.run(() => {
    const at = isoTime(context);
    vault.store.commit(
      { at, user: vault.user, action: 'retention.set', object: kind, outcome: 'done', details: { months } },
      (transaction) => setRetentionPeriod(transaction, { kind, months, setAt: at, setBy: vault.user }),
    );
    return ok(retentionSettings(context));
  });
}

type Aged = OutputOf<'retention.review'>['aged'][number];

function agedOf(context: VaultContext, { kind, reviewer }: RetentionKind, today: number): Aged | null {
  const { connection } = context.vault.store;
  const months = retentionPeriods(connection).get(kind)?.months ?? null;
  if (months === null) return null;
  const before = cutOff(today, months);
  const found: AgedRows | null = agedRows(connection, kind, before);
  if (!found) return null;
  const keeping = retentionDecisions(connection).find(
    (decision) => decision.kind === kind && decision.decision === 'kept' && (decision.untilDay ?? 0) > today,
  );
  return {
    kind,
    label: labelOf(kind),
    months,
    reviewer,
    before: isoOfDay(before),
    rows: found.rows,
    people: found.people,
    oldest: found.oldest,
    byMonth: [...found.byMonth],
    byBatch: [...found.byBatch],
    kept: keeping
      ? { until: isoOfDay(keeping.untilDay ?? today), reason: keeping.reason, by: keeping.decidedBy }
      : null,
  };
}

/**
 * Labels of kinds that the user reviews and whose rows were due for it a month ago or longer, so that it is asked for at most
 * once a month. By the days that batches name, not by counting rows.
 */
export function kindsToReview(context: VaultContext): string[] {
  const { store, roles } = context.vault;
  const today = todayOf(context);
  const periods = retentionPeriods(store.connection);
  const decisions = retentionDecisions(store.connection);
  const batches = listBatches(store.connection);
  return retentionKinds.flatMap(({ kind, reviewer }) => {
    const months = periods.get(kind)?.months ?? null;
    if (months === null || !roles.includes(reviewer)) return [];
    const own = decisions.filter((decision) => decision.kind === kind);
    if (own.some(({ decision, untilDay }) => decision === 'kept' && (untilDay ?? 0) > today)) return [];
    const deleted = own.find(({ decision }) => decision === 'deleted');
    const before = cutOff(today, months + 1);
    const isDue = batches.some((batch) => {
      if (batch.kind !== kind || batch.from === null || batch.to === null) return false;
      const gone = deleted && batch.importedAt <= deleted.decidedAt ? deleted.beforeDay : null;
      const first = Math.max(dayOfIso(batch.from) ?? 0, gone ?? Number.NEGATIVE_INFINITY);
      return first < before && first <= (dayOfIso(batch.to) ?? 0);
    });
    return isDue ? [labelOf(kind)] : [];
  });
}

/** What is older than its period, and what was decided before. */
export function retentionReview(context: VaultContext): OutputOf<'retention.review'> {
  const today = todayOf(context);
  const aged = retentionKinds.flatMap((kind) => agedOf(context, kind, today) ?? []);
  const decisions = retentionDecisions(context.vault.store.connection).map((decision) => ({
    kind: decision.kind,
    label: labelOf(decision.kind),
    decision: decision.decision,
    before: isoOfDay(decision.beforeDay),
    until: decision.untilDay === null ? null : isoOfDay(decision.untilDay),
    reason: decision.reason,
    at: decision.decidedAt,
    by: decision.decidedBy,
    removed: [...decision.removed],
  }));
  return { today: isoOfDay(today), aged, decisions };
}

/** The rows that somebody is about to decide on, where the decision is theirs to take. */
function toDecide(context: VaultContext, kind: string): Result<Aged> {
  const known = retentionKindNamed(kind);
  if (!known) return noKind();
  if (!context.vault.roles.includes(known.reviewer)) {
    return fail(
      'FORBIDDEN',
      `What becomes of rows of this kind is for the role ${known.reviewer} to decide.`,
      'Nothing was changed.',
    );
  }
  const aged = agedOf(context, known, todayOf(context));
  return aged
    ? ok(aged)
    : fail('NOT_FOUND', 'No rows of this kind are older than their period.', 'Nothing was changed.');
}

type Decision = { readonly kind: string; readonly reason: string; readonly aged: Aged; readonly until: string | null };

/** Records a decision and, where rows go, deletes them in the same transaction. */
function decide(context: VaultContext, { kind, reason, aged, until }: Decision): readonly BatchRows[] {
  const { vault } = context;
  const at = isoTime(context);
  const beforeDay = dayOfIso(aged.before) ?? 0;
  const deleting = until === null;
  const commit = () =>
    vault.store.commit<readonly BatchRows[]>(
      (removed) => ({
        at,
        user: vault.user,
        action: deleting ? 'retention.delete' : 'retention.keep',
        object: kind,
        outcome: 'done',
        reason,
        details: {
          before: aged.before,
          ...(until === null ? { rows: removed.reduce((sum, { rows }) => sum + rows, 0) } : { until, rows: aged.rows }),
        },
      }),
      (transaction) => {
        const removed = deleting ? deleteAgedRows(transaction, kind, beforeDay) : [];
        addRetentionDecision(transaction, {
          kind,
          beforeDay,
          decision: deleting ? 'deleted' : 'kept',
          untilDay: until === null ? null : dayOfIso(until),
          reason,
          decidedAt: at,
          decidedBy: vault.user,
          removed,
        });
        return removed;
      },
    );
  return deleting ? withoutForeignKeys(vault.store.connection, commit) : commit();
}

export function keepAged(
  context: VaultContext,
  { kind, until, reason }: InputOf<'retention.keep'>,
): Promise<Result<OutputOf<'retention.keep'>>> {
  return context.vault.writeGate.run(() => {
    const aged = toDecide(context, kind);
    if (!aged.ok) return aged;
    if ((dayOfIso(until) ?? 0) <= todayOf(context)) {
      return fail(
        'BAD_INPUT',
        'The day until which the rows are kept has passed.',
        'Nothing was changed. Give a later day.',
      );
    }
    decide(context, { kind, reason, aged: aged.value, until });
    return ok({ until });
  });
}

export function deleteAged(
  context: VaultContext,
  { kind, before, reason }: InputOf<'retention.delete'>,
): Promise<Result<OutputOf<'retention.delete'>>> {
  return context.vault.writeGate.run(() => {
    const aged = toDecide(context, kind);
    if (!aged.ok) return aged;
    if (aged.value.before !== before) {
      return fail(
        'BAD_INPUT',
        'Since the list was shown, the day before which rows are too old has changed.',
        'Nothing was deleted. Look at the list again.',
      );
    }
    context.progress({ stage: 'Deleting', done: 0, total: null, unit: 'rows' });
    const removed = decide(context, { kind, reason, aged: aged.value, until: null });
    context.vault.store.foldLog('TRUNCATE');
    return ok({ rows: removed.reduce((sum, { rows }) => sum + rows, 0), removed: [...removed] });
  });
}
