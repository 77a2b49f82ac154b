import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '#main/store/files.ts';

const freeFailures = 5;
const longestWaitSeconds = 300;

const throttleSchema = z.record(
  z.string(),
  z.strictObject({
    failures: z.number().int().min(0),
    lastAt: z.number(),
    /** How many of them the audit log has counted already, at the unlocking of somebody else. */
    audited: z.number().int().min(0).optional(),
  }),
);
type ThrottleState = z.infer<typeof throttleSchema>;

function throttleFile(folder: string): string {
  return join(folder, 'throttle.json');
}

function readState(folder: string): ThrottleState {
  try {
    return throttleSchema.parse(JSON.parse(readFileSync(throttleFile(folder), 'utf8')));
  } catch {
    // Missing or damaged: the delay slows the interface only, so it must never lock anybody out.
    return {};
  }
}

/** By its own name only: `__proto__` is one that somebody may type. */
function entryOf(state: ThrottleState, user: string): ThrottleState[string] | undefined {
  return Object.hasOwn(state, user) ? state[user] : undefined;
}

function waitSeconds(failures: number): number {
  return failures < freeFailures ? 0 : Math.min(longestWaitSeconds, 2 ** (failures - freeFailures));
}

/** Under which wrong recovery keys are counted: no user can have this name. */
export const recoverySlot = '*recovery key';

/** Seconds until this user may try again: 0 after up to four failures, then 1, 2, 4 … 300. Survives a restart. */
export function retryAfterSeconds(folder: string, user: string, nowMs: number): number {
  const entry = entryOf(readState(folder), user);
  if (!entry) return 0;
  // A clock that was set back must not lengthen the wait beyond its own length.
  const elapsed = Math.max(0, (nowMs - entry.lastAt) / 1_000);
  return Math.max(0, Math.ceil(waitSeconds(entry.failures) - elapsed));
}

/** Counts one failure; returns how many there have been since the last success. */
export function noteFailure(folder: string, user: string, nowMs: number): number {
  const state = readState(folder);
  const earlier = entryOf(state, user);
  const failures = (earlier?.failures ?? 0) + 1;
  writeState(folder, { ...state, [user]: { ...earlier, failures, lastAt: nowMs } });
  return failures;
}

export type FailuresBefore = {
  /** Of this user, since they last succeeded. */
  readonly own: number;
  /** Of every other name that was typed, recovery keys among them, as far as the audit log has not counted them. */
  readonly others: number;
};

/** Forgets a user's failures after a success; returns how many there were, for the audit log. */
export function clearFailures(folder: string, user: string): FailuresBefore {
  const state = readState(folder);
  const own = entryOf(state, user)?.failures ?? 0;
  let others = 0;
  const rest: ThrottleState = {};
  for (const [name, entry] of Object.entries(state)) {
    if (name === user) continue;
    others += entry.failures - Math.min(entry.failures, entry.audited ?? 0);
    Object.defineProperty(rest, name, { value: { ...entry, audited: entry.failures }, enumerable: true });
  }
  if (own > 0 || others > 0) writeState(folder, rest);
  return { own, others };
}

function writeState(folder: string, state: ThrottleState): void {
  writeFileAtomically(throttleFile(folder), `${JSON.stringify(state)}\n`);
}
