import type { z } from 'zod';
import { sha256Hex } from '#main/crypto/hash-chain.ts';
import type { Connection } from '#main/store/connection.ts';
import { addPlanRecord, listPlanRecords, type PlanKind, type PlanRecord } from '#main/store/plan-records.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';

/** A part of the plan with every version of it, the oldest first; never empty. */
export type Held<Body> = {
  readonly code: string;
  readonly body: Body;
  readonly newest: PlanRecord;
  readonly versions: readonly PlanRecord[];
};

/** All parts of a kind as they stand, in the order in which they were begun. */
export function heldOf<Body>(connection: Connection, kind: PlanKind, schema: z.ZodType<Body>): Held<Body>[] {
  const byCode = new Map<string, PlanRecord[]>();
  for (const record of listPlanRecords(connection, kind)) {
    byCode.set(record.code, [...(byCode.get(record.code) ?? []), record]);
  }
  return [...byCode].flatMap(([code, versions]) => {
    const newest = versions.at(-1);
    return newest ? [{ code, newest, versions, body: schema.parse(JSON.parse(newest.body)) }] : [];
  });
}

type Saving = { readonly kind: PlanKind; readonly code: string; readonly body: object; readonly what: string };

/** Saves the next version of a part, with its event; refused where it says what it said before. Within the write gate. */
export function saveBody(context: VaultContext, { kind, code, body, what }: Saving): Result<number> {
  const { store, user } = context.vault;
  const own = listPlanRecords(store.connection, kind).filter((record) => record.code === code);
  // What was left out and what is `undefined` is the same.
  const text = canonicalJson(JSON.parse(JSON.stringify(body)));
  const bodyHash = sha256Hex(text);
  const newest = own.at(-1);
  if (newest?.bodyHash === bodyHash) {
    return fail('BAD_INPUT', `${what} ${code} says that already.`, 'Nothing was saved. Change something first.');
  }
  const version = (newest?.version ?? 0) + 1;
  const event = doneEvent(context, `plan.${kind}`, `${kind} ${code}`, { version, hash: bodyHash });
  store.commit(event, (transaction) =>
    addPlanRecord(transaction, { kind, code, version, body: text, bodyHash, at: isoTime(context), user }),
  );
  return ok(version);
}

export function savedOf({ newest }: Held<unknown>) {
  return { version: newest.version, savedAt: newest.at, savedBy: newest.user };
}
