import { keptModelOf, parseKeptModel } from '#main/analysis/early-warning/kept-model.ts';
import { sha256Hex } from '#main/crypto/hash-chain.ts';
import { addEarlyWarningEvent, addEarlyWarningModel } from '#main/store/early-warning-records.ts';
import type { EarlyWarningModel } from '#shared/contract/early-warning.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { runAnalysis } from '../analyses/index.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { outcomeRefusal } from '../pilots/index.ts';
import { type HeldModel, heldModels } from './held-models.ts';

export { modelInUse } from './held-models.ts';
export { keptModelNamed, modelHistory } from './history.ts';

function summaryOf({ vault }: VaultContext, held: HeldModel): Result<EarlyWarningModel> {
  const kept = parseKeptModel(held.body);
  if (!kept.ok) return kept;
  const { asOf, caseWords, horizonDays, gate, threshold, snapshot, engine } = kept.value;
  const isClinician = vault.roles.includes('clinician');
  const state = held.last === null ? 'kept' : held.isInUse ? 'in use' : 'out of use';
  return ok({
    model: held.id,
    keptAt: held.keptAt,
    keptBy: held.keptBy,
    reason: held.reason,
    hash: held.bodyHash,
    asOf,
    caseWords,
    horizonDays,
    gateWords: gate.words,
    threshold,
    snapshot,
    engine,
    state,
    changed: held.last === null ? null : { at: held.last.at, by: held.last.user, reason: held.last.reason },
    mayUse: isClinician && !held.isInUse && held.keptBy !== vault.user,
    mayStop: isClinician && held.isInUse,
  });
}

function summaryOfId(context: VaultContext, id: number): Result<EarlyWarningModel> {
  const held = heldModels(context.vault.store.connection).find((model) => model.id === id);
  return held ? summaryOf(context, held) : noModel();
}

function noModel(): Result<never> {
  return fail('NOT_FOUND', 'There is no such model.', 'Nothing was changed. Choose one from the list.');
}

export function modelList(context: VaultContext): Result<OutputOf<'earlyWarning.models'>> {
  // How well a model foretells is a figure of what it foretells.
  const closed = outcomeRefusal(context.vault, ['screenings', 'absences']);
  if (closed) return closed;
  const models: EarlyWarningModel[] = [];
  for (const held of heldModels(context.vault.store.connection).reverse()) {
    const summary = summaryOf(context, held);
    if (!summary.ok) return summary;
    models.push(summary.value);
  }
  return ok({ models });
}

/** Fits once more, so that what is kept is what the engine made of the data and not what a face says it made. */
export async function keepModel(
  context: VaultContext,
  { spec, snapshot, reason }: InputOf<'earlyWarning.keep'>,
): Promise<Result<EarlyWarningModel>> {
  const { vault } = context;
  const answer = await runAnalysis(context, 'early-warning', { ...spec, rows: false });
  if (!answer.ok) return answer;
  const { result, version, asOf, provenance, spec: filled } = answer.value;
  if (provenance.snapshot !== snapshot) {
    return fail(
      'BAD_INPUT',
      'The data are others than when this run was looked at.',
      'Nothing was kept. Run it again, look at it, and keep it then.',
    );
  }
  const made = { version, asOf, snapshot, engine: provenance.engine, spec: filled };
  const kept = keptModelOf(result as unknown as EarlyWarningResult, made);
  if (!kept.ok) return kept;
  const body = canonicalJson(kept.value);
  const bodyHash = sha256Hex(body);
  return vault.writeGate.run(() => {
    const same = heldModels(vault.store.connection).find((held) => held.bodyHash === bodyHash);
    if (same) {
      return fail('BAD_INPUT', `This very model is kept already, as model ${same.id}.`, 'Nothing was kept.');
    }
    const id = vault.store.commit(
      (made: number) => ({ ...doneEvent(context, 'earlyWarning.keep', `model ${made}`, { hash: bodyHash }), reason }),
      (transaction) =>
        addEarlyWarningModel(transaction, { body, bodyHash, keptAt: isoTime(context), keptBy: vault.user, reason }),
    );
    return summaryOfId(context, id);
  });
}

/** Puts a model into use. Whoever kept it never does, whatever their roles. */
export function useModel(
  context: VaultContext,
  { model: id, reason }: InputOf<'earlyWarning.use'>,
): Promise<Result<EarlyWarningModel>> {
  const { vault } = context;
  return vault.writeGate.run(() => {
    const models = heldModels(vault.store.connection);
    const held = models.find((model) => model.id === id);
    if (!held) return noModel();
    if (held.keptBy === vault.user) {
      return fail(
        'FORBIDDEN',
        'Nobody puts into use a model that they kept themselves.',
        'Nothing was changed. Ask another clinician to look at it.',
      );
    }
    if (held.isInUse) return fail('BAD_INPUT', `Model ${id} is in use already.`, 'Nothing was changed.');
    const before = models.find(({ isInUse }) => isInUse);
    const common = { at: isoTime(context), user: vault.user };
    vault.store.commit(
      { ...doneEvent(context, 'earlyWarning.use', `model ${id}`, { instead: before?.id ?? null }), reason },
      (transaction) => {
        if (before) {
          const instead = `Model ${id} was put into use instead.`;
          addEarlyWarningEvent(transaction, { ...common, modelId: before.id, kind: 'stopped', reason: instead });
        }
        addEarlyWarningEvent(transaction, { ...common, modelId: id, kind: 'used', reason });
      },
    );
    return summaryOfId(context, id);
  });
}

/** Takes a model out of use. Any clinician may, its author too: to stop is always the safe way. */
export function stopModel(
  context: VaultContext,
  { model: id, reason }: InputOf<'earlyWarning.stop'>,
): Promise<Result<EarlyWarningModel>> {
  const { vault } = context;
  return vault.writeGate.run(() => {
    const held = heldModels(vault.store.connection).find((model) => model.id === id);
    if (!held) return noModel();
    if (!held.isInUse) return fail('BAD_INPUT', `Model ${id} is not in use.`, 'Nothing was changed.');
    vault.store.commit({ ...doneEvent(context, 'earlyWarning.stop', `model ${id}`), reason }, (transaction) =>
      addEarlyWarningEvent(transaction, {
        at: isoTime(context),
        user: vault.user,
        modelId: id,
        kind: 'stopped',
        reason,
      }),
    );
    return summaryOfId(context, id);
  });
}
