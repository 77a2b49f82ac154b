import type { IndicatorDefinition } from '#main/analysis/indicators/definition.ts';
import { indicatorDefinitions } from '#main/analysis/indicators/registry.ts';
import {
  addIndicatorTarget,
  type IndicatorTargetRecord,
  listIndicatorTargets,
  targetsInForce,
} from '#main/store/indicator-target-records.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import type { IndicatorTargets } from '#shared/contract/targets.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, isoTime, todayOf, type VaultContext } from '../call-context.ts';

function entryOf({ kind, value, owner, reviewDay, at, user, reason }: IndicatorTargetRecord) {
  return { kind, value, owner, reviewOn: reviewDay === null ? null : isoOfDay(reviewDay), at, by: user, reason };
}

/** Targets that hold and whose day of review has passed. */
export function overdueTargets(context: VaultContext): readonly { readonly indicator: string; readonly day: number }[] {
  return [...targetsInForce(context.vault.store.connection)]
    .filter(([, { reviewDay }]) => reviewDay < todayOf(context))
    .map(([indicator, { reviewDay }]) => ({ indicator, day: reviewDay }));
}

function targetsOf(context: VaultContext, indicator: string): IndicatorTargets {
  const { connection } = context.vault.store;
  const held = targetsInForce(connection).get(indicator);
  return {
    indicator,
    current: held
      ? {
          value: held.value,
          owner: held.owner,
          reviewOn: isoOfDay(held.reviewDay),
          isReviewOverdue: held.reviewDay < todayOf(context),
        }
      : null,
    history: listIndicatorTargets(connection)
      .filter((record) => record.indicator === indicator)
      .map(entryOf)
      .reverse(),
  };
}

export function targetList(context: VaultContext): Result<OutputOf<'targets.list'>> {
  const named = new Set(listIndicatorTargets(context.vault.store.connection).map(({ indicator }) => indicator));
  return ok({ targets: [...named].sort().map((indicator) => targetsOf(context, indicator)) });
}

/** Sets a target. The direction in which it is met is the indicator's own; one that has none can have no target. */
export function setTarget(context: VaultContext, input: InputOf<'targets.set'>): Promise<Result<IndicatorTargets>> {
  const { vault } = context;
  const { indicator, value, owner, reason } = input;
  return vault.writeGate.run(() => {
    const definition = indicatorDefinitions.find(({ id }) => id === indicator);
    if (!definition) return noIndicator();
    const problem = problemWith(definition, value);
    if (problem !== null) return problem;
    const reviewDay = dayOfIso(input.reviewOn) ?? 0;
    if (reviewDay <= todayOf(context)) {
      return fail('BAD_INPUT', 'The day of the review is not one to come.', 'Nothing was set. Choose a later day.');
    }
    vault.store.commit(
      (made: number) => ({
        ...doneEvent(context, 'target.set', indicator, { target: made, value, reviewOn: input.reviewOn }),
        reason,
      }),
      (transaction) =>
        addIndicatorTarget(transaction, {
          ...{ indicator, kind: 'set', value, owner, reviewDay },
          ...{ at: isoTime(context), user: vault.user, reason },
        }),
    );
    return ok(targetsOf(context, indicator));
  });
}

/** Withdraws what the force has set; a target that the definition comes with then holds again. */
export function withdrawTarget(
  context: VaultContext,
  { indicator, reason }: InputOf<'targets.withdraw'>,
): Promise<Result<IndicatorTargets>> {
  const { vault } = context;
  return vault.writeGate.run(() => {
    if (!indicatorDefinitions.some(({ id }) => id === indicator)) return noIndicator();
    if (!targetsInForce(vault.store.connection).has(indicator)) {
      return fail('BAD_INPUT', 'The force has set no target for this indicator.', 'Nothing was changed.');
    }
    vault.store.commit({ ...doneEvent(context, 'target.withdraw', indicator), reason }, (transaction) =>
      addIndicatorTarget(transaction, {
        ...{ indicator, kind: 'withdrawn', value: null, owner: null, reviewDay: null },
        ...{ at: isoTime(context), user: vault.user, reason },
      }),
    );
    return ok(targetsOf(context, indicator));
  });
}

function noIndicator(): Result<never> {
  return fail('NOT_FOUND', 'There is no such indicator.', 'Nothing was changed. Choose one from the list.');
}

/** Why a value cannot be a target of the indicator; null where it can. */
function problemWith({ title, better, kind }: IndicatorDefinition, value: number): Result<never> | null {
  if (better === 'neither') {
    return fail(
      'BAD_INPUT',
      `${title}: neither higher nor lower is better in itself, so a target could not be met or missed.`,
      'Nothing was set. Watch how it varies instead.',
    );
  }
  if (value < 0) return fail('BAD_INPUT', 'A target is not below zero.', 'Nothing was set. Correct the value.');
  return kind === 'share' && value > 100
    ? fail('BAD_INPUT', 'A share is at most 100 per cent.', 'Nothing was set. Correct the value.')
    : null;
}
