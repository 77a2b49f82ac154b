import { randomBytes } from '#main/crypto/secret-bytes.ts';
import {
  addPilotDraw,
  drawHash,
  listPilotAllocations,
  type WaitingUnit,
  waitingClusters,
  waitingPeople,
} from '#main/store/pilot-allocation-records.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { isRandomised } from '#shared/domain/pilot.ts';
import { armsToDraw } from '#shared/domain/pilot-gaps.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, isoTime, todayOf, type VaultContext } from '../call-context.ts';
import { drawFor, placeOf } from './draw-again.ts';
import { findPilot, type HeldPilot } from './held-pilots.ts';

const unchanged = 'Nobody was allocated.';

function refusal({ pilot, status, plan }: HeldPilot): Result<never> | null {
  if (status === 'finished') return fail('BAD_INPUT', `${pilot} is finished.`, unchanged);
  if (status !== 'locked') {
    return fail('BAD_INPUT', `The plan of ${pilot} is not locked.`, `${unchanged} Lock it first.`);
  }
  if (!isRandomised(plan.design)) {
    return fail('BAD_INPUT', `The plan of ${pilot} leaves nothing to chance.`, `${unchanged} Its design has no draw.`);
  }
  return null;
}

function waitingUnits(context: VaultContext, { pilot, plan }: HeldPilot): readonly WaitingUnit[] {
  const { connection } = context.vault.store;
  return plan.design === 'randomised'
    ? waitingPeople(connection, pilot, todayOf(context))
    : waitingClusters(connection, pilot);
}

/** Draws for everybody who waits, in one step: nothing of it can be looked at and drawn again. */
export function allocatePilot(context: VaultContext, pilot: string): Promise<Result<OutputOf<'pilots.allocate'>>> {
  const { store, writeGate, user } = context.vault;
  return writeGate.run(() => {
    const found = findPilot(store.connection, pilot);
    if (!found.ok) return found;
    const held = found.value;
    const refused = refusal(held);
    if (refused) return refused;
    const waiting = waitingUnits(context, held);
    if (waiting.length === 0) {
      const who = held.plan.design === 'randomised' ? 'Nobody who is eligible and has consented' : 'No cluster';
      return fail('BAD_INPUT', `${who} waits to be allocated.`, `${unchanged} Import the pilot’s extracts first.`);
    }
    const nonce = randomBytes(32).toString('hex');
    const before = listPilotAllocations(store.connection, pilot).map(placeOf);
    const strata = waiting.map(({ stratum }) => stratum);
    const ofPeople = held.plan.design === 'randomised';
    const drawn = drawFor(held, { nonce, strata, before }).map((place, at) => ({
      ...place,
      sequence: at + 1,
      cluster: ofPeople ? null : (waiting[at]?.unit ?? null),
      person: ofPeople ? (waiting[at]?.unit ?? null) : null,
    }));
    const draw = { pilot, nonce, at: isoTime(context), user };
    const details = { units: drawn.length, hash: drawHash(draw, drawn) };
    store.commit(doneEvent(context, 'pilot.allocate', `pilot ${pilot}`, details), (transaction) =>
      addPilotDraw(transaction, draw, drawn),
    );
    return ok({
      allocated: drawn.length,
      arms: armsToDraw(held.plan).map(({ arm }) => ({
        arm,
        allocated: drawn.filter((place) => place.arm === arm).length,
      })),
    });
  });
}
