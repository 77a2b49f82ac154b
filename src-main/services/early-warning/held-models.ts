import { type KeptModel, parseKeptModel } from '#main/analysis/early-warning/kept-model.ts';
import type { Connection } from '#main/store/connection.ts';
import {
  type EarlyWarningEventRecord,
  type EarlyWarningModelRecord,
  listEarlyWarningEvents,
  listEarlyWarningModels,
} from '#main/store/early-warning-records.ts';
import { ok, type Result } from '#shared/domain/result.ts';

export type HeldModel = EarlyWarningModelRecord & {
  /** What happened to it last; null while it is only kept. */
  readonly last: EarlyWarningEventRecord | null;
  readonly isInUse: boolean;
};

export function heldModels(connection: Connection): HeldModel[] {
  const lastOf = new Map(listEarlyWarningEvents(connection).map((event) => [event.modelId, event]));
  return listEarlyWarningModels(connection).map((record) => {
    const last = lastOf.get(record.id) ?? null;
    return { ...record, last, isInUse: last?.kind === 'used' };
  });
}

export type ModelInUse = { readonly id: number; readonly hash: string; readonly model: KeptModel };

/** The model that raises signals; null where none is in use. */
export function modelInUse(connection: Connection): Result<ModelInUse | null> {
  const held = heldModels(connection).find(({ isInUse }) => isInUse);
  if (!held) return ok(null);
  const model = parseKeptModel(held.body);
  return model.ok ? ok({ id: held.id, hash: held.bodyHash, model: model.value }) : model;
}
