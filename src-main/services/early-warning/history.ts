import { type KeptModel, parseKeptModel } from '#main/analysis/early-warning/kept-model.ts';
import type { Connection } from '#main/store/connection.ts';
import {
  type EarlyWarningModelRecord,
  listEarlyWarningEvents,
  listEarlyWarningModels,
} from '#main/store/early-warning-records.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';

/** One thing that was decided about a model; `at` in UTC, ISO. */
type ModelDecision = {
  readonly model: number;
  readonly what: 'kept' | 'used' | 'stopped';
  readonly at: string;
  readonly user: string;
  readonly reason: string;
};

export type ModelHistory = {
  readonly models: number;
  readonly decisions: number;
  /** The oldest first. */
  readonly entries: readonly ModelDecision[];
};

/** What was decided about models; neither is ever changed or removed, so that the first so many stay what they were. */
export function modelHistory(
  connection: Connection,
  known: Pick<ModelHistory, 'models' | 'decisions'> | null,
): ModelHistory {
  const kept = listEarlyWarningModels(connection).slice(0, known?.models);
  const decided = listEarlyWarningEvents(connection).slice(0, known?.decisions);
  const entries = [
    ...kept.map(({ id, keptAt, keptBy, reason }): ModelDecision => {
      return { model: id, what: 'kept', at: keptAt, user: keptBy, reason };
    }),
    ...decided.map(({ modelId, kind, at, user, reason }): ModelDecision => {
      return { model: modelId, what: kind, at, user, reason };
    }),
  ];
  return {
    models: kept.length,
    decisions: decided.length,
    entries: entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
  };
}

/** A model as it was kept; fails with `NOT_FOUND` where there is none of that number. */
export function keptModelNamed(
  connection: Connection,
  id: number,
): Result<{ readonly record: EarlyWarningModelRecord; readonly model: KeptModel }> {
  const record = listEarlyWarningModels(connection).find((each) => each.id === id);
  if (!record) {
    return fail(
      'NOT_FOUND',
      `There is no kept model ${id}.`,
      'Nothing was written. Choose one of those that are kept.',
    );
  }
  const model = parseKeptModel(record.body);
  return model.ok ? ok({ record, model: model.value }) : model;
}
