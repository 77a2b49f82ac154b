import { sha256Hex } from '#main/crypto/hash-chain.ts';
import { randomBytes } from '#main/crypto/secret-bytes.ts';
import {
  addPilotDeviation,
  addPilotDrop,
  addPilotFinish,
  addPilotLock,
  addPilotPlan,
  deviationHash,
  finishHash,
  lockHash,
} from '#main/store/pilot-records.ts';
import type { InputOf } from '#shared/contract/index.ts';
import type { PilotView } from '#shared/contract/pilots.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import type { PilotPlan } from '#shared/domain/pilot.ts';
import { fail, type Result } from '#shared/domain/result.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { findPilot, type HeldPilot, heldPilots } from './held-pilots.ts';
import { pilotView } from './show-pilots.ts';

const unchanged = 'Nothing was changed.';

/** Saves a plan as the next version of its pilot; those before stay as they were. */
export function savePlan(
  context: VaultContext,
  { plan, basedOn }: { readonly plan: PilotPlan; readonly basedOn?: string | undefined },
): Promise<Result<PilotView>> {
  const { store, writeGate, user } = context.vault;
  const { pilot } = plan;
  return writeGate.run(() => {
    const held = heldPilots(store.connection).find((candidate) => candidate.pilot === pilot);
    if (held?.lock) {
      return fail(
        'BAD_INPUT',
        `The plan of ${pilot} is locked, and stays as it is.`,
        `${unchanged} Record what is done otherwise as a deviation, with its reason.`,
      );
    }
    if (held?.drop) return wasDropped(pilot);
    if (held && basedOn !== undefined && basedOn !== held.newest.bodyHash) {
      const { version, user: other } = held.newest;
      return fail(
        'BAD_INPUT',
        `Version ${version} of this plan, by ${other}, was saved since you began to change it.`,
        'Nothing was saved, and your changes are still here. Read the newest version, then discard your changes or save them over it.',
        { version },
      );
    }
    // What was left out and what is `undefined` is the same plan.
    const body = canonicalJson(JSON.parse(JSON.stringify(plan)));
    const bodyHash = sha256Hex(body);
    if (held?.newest.bodyHash === bodyHash) {
      return fail('BAD_INPUT', `The plan of ${pilot} says that already.`, 'Nothing was saved. Change something first.');
    }
    const version = (held?.newest.version ?? 0) + 1;
    const event = doneEvent(context, 'pilot.save', `pilot ${pilot}`, { version, hash: bodyHash });
    store.commit(event, (transaction) =>
      addPilotPlan(transaction, { pilot, version, body, bodyHash, at: isoTime(context), user }),
    );
    return pilotView(context, pilot);
  });
}

/** Looks at a pilot, and changes it where `work` allows it. */
function change(
  context: VaultContext,
  pilot: string,
  work: (held: HeldPilot) => Result<never> | null,
): Promise<Result<PilotView>> {
  const { store, writeGate } = context.vault;
  return writeGate.run(() => {
    const found = findPilot(store.connection, pilot);
    if (!found.ok) return found;
    return work(found.value) ?? pilotView(context, pilot);
  });
}

/** Locks a complete plan. What it lacks is named in the failure, and by field in `params`. */
export function lockPlan(context: VaultContext, { pilot, hash }: InputOf<'pilots.lock'>): Promise<Result<PilotView>> {
  const { store, user } = context.vault;
  return change(context, pilot, ({ lock, drop, gaps, newest }) => {
    if (drop) return wasDropped(pilot);
    if (lock) return fail('BAD_INPUT', `The plan of ${pilot} is locked already.`, unchanged);
    if (newest.bodyHash !== hash) {
      return fail('BAD_INPUT', 'This is not the plan that you read.', `${unchanged} Read it again, and lock it then.`);
    }
    if (gaps.length > 0) {
      return fail(
        'BAD_INPUT',
        `The plan of ${pilot} is not complete: ${gaps.map(({ field, words }) => `${words} (${field})`).join('; ')}.`,
        `${unchanged} Say what is missing, save the plan and lock it then.`,
        Object.fromEntries(gaps.map(({ field, words }) => [field, words])),
      );
    }
    const seed = randomBytes(32).toString('hex');
    const row = { pilot, planId: newest.id, planHash: newest.bodyHash, seed, seedHash: sha256Hex(seed) };
    const lockRow = { ...row, at: isoTime(context), user };
    const details = { version: newest.version, plan: row.planHash, seed: row.seedHash, hash: lockHash(lockRow) };
    store.commit(doneEvent(context, 'pilot.lock', `pilot ${pilot}`, details), (transaction) =>
      addPilotLock(transaction, lockRow),
    );
    return null;
  });
}

function wasDropped(pilot: string): Result<never> {
  return fail('BAD_INPUT', `${pilot} was dropped.`, `${unchanged} Plan it anew under another code.`);
}

function notLocked(pilot: string): Result<never> {
  return fail('BAD_INPUT', `The plan of ${pilot} is not locked.`, `${unchanged} Save it as it is meant, and lock it.`);
}

/** Records what was done otherwise than locked, in a pilot that goes on or is finished. */
export function deviate(
  context: VaultContext,
  { pilot, what, reason }: InputOf<'pilots.deviate'>,
): Promise<Result<PilotView>> {
  const { store, user } = context.vault;
  return change(context, pilot, ({ lock, deviations }) => {
    if (!lock) return notLocked(pilot);
    const row = { pilot, what, reason, at: isoTime(context), user };
    const details = { deviation: deviations.length + 1, hash: deviationHash(row) };
    store.commit(doneEvent(context, 'pilot.deviate', `pilot ${pilot}`, details), (transaction) =>
      addPilotDeviation(transaction, row),
    );
    return null;
  });
}

/** Ends a pilot. */
export function finishPilot(
  context: VaultContext,
  { pilot, reason }: InputOf<'pilots.finish'>,
): Promise<Result<PilotView>> {
  const { store, user } = context.vault;
  return change(context, pilot, ({ lock, finish }) => {
    if (!lock) return notLocked(pilot);
    if (finish) return fail('BAD_INPUT', `${pilot} is finished already.`, unchanged);
    const row = { pilot, reason, at: isoTime(context), user };
    store.commit(doneEvent(context, 'pilot.finish', `pilot ${pilot}`, { hash: finishHash(row) }), (transaction) =>
      addPilotFinish(transaction, row),
    );
    return null;
  });
}

/** Gives a pilot up. Not for evaluators, who would open what they are not to see by it. */
export function dropPilot(
  context: VaultContext,
  { pilot, reason }: InputOf<'pilots.drop'>,
): Promise<Result<PilotView>> {
  const { store, user } = context.vault;
  return change(context, pilot, ({ lock, drop }) => {
    if (drop) return wasDropped(pilot);
    if (lock) {
      return fail('BAD_INPUT', `The plan of ${pilot} is locked.`, `${unchanged} An evaluator finishes it, saying why.`);
    }
    const row = { pilot, reason, at: isoTime(context), user };
    store.commit(doneEvent(context, 'pilot.drop', `pilot ${pilot}`, { hash: finishHash(row) }), (transaction) =>
      addPilotDrop(transaction, row),
    );
    return null;
  });
}
