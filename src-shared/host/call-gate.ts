import { z } from 'zod';
import type { CallEnvelope } from '../contract/index.ts';
import { fail, ok, type Result } from '../domain/result.ts';

export const maximumPayloadBytes = 5 * 1024 * 1024;
export const maximumCallsPerSecond = 200;

const envelopeSchema = z.strictObject({
  operation: z.string().min(1).max(100),
  input: z.unknown().optional(),
  callId: z.string().regex(/^[A-Za-z0-9_.:-]{1,100}$/),
});

/** Lets through at most `callsPerSecond` calls in any second; each call of `take` names the time in milliseconds. */
export type RateLimiter = { readonly take: (nowMilliseconds: number) => boolean };

export function createRateLimiter(callsPerSecond: number): RateLimiter {
  const taken = new Array<number>(callsPerSecond).fill(Number.NEGATIVE_INFINITY);
  let next = 0;
  return {
    take: (nowMilliseconds) => {
      const oldest = taken[next] ?? Number.NEGATIVE_INFINITY;
      if (nowMilliseconds - oldest < 1_000) {
        return false;
      }
      taken[next] = nowMilliseconds;
      next = (next + 1) % callsPerSecond;
      return true;
    },
  };
}

export type CallGate = {
  /** Checks one call as a face sent it: JSON of a `CallEnvelope`. Who may make it is the engine's to say. */
  readonly admit: (text: unknown) => Result<CallEnvelope>;
  /** Checks the name of a call in a cancel; null where it is no name. */
  readonly admitCallId: (callId: unknown) => string | null;
};

/** @param now monotonic milliseconds. */
export function createCallGate(now: () => number): CallGate {
  const limiter = createRateLimiter(maximumCallsPerSecond);
  return {
    admit: (text) => {
      if (!limiter.take(now())) {
        return fail(
          'THROTTLED',
          `More than ${maximumCallsPerSecond} calls arrived within a second, so this one was refused.`,
          'Nothing was changed. Wait a second and try again.',
          { retryAfterSeconds: 1 },
        );
      }
      return readEnvelope(text);
    },
    admitCallId: (callId) => {
      const parsed = envelopeSchema.shape.callId.safeParse(callId);
      return parsed.success ? parsed.data : null;
    },
  };
}

function readEnvelope(text: unknown): Result<CallEnvelope> {
  if (typeof text !== 'string') {
    return malformed();
  }
  if (isLongerThan(text, maximumPayloadBytes)) {
    return fail(
      'TOO_LARGE',
      'A call carried more than 5 MiB, so it was refused.',
      'Nothing was changed. Large data comes in as files, through Import.',
    );
  }
  const parsed = envelopeSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    return malformed();
  }
  return ok({ operation: parsed.data.operation, input: parsed.data.input, callId: parsed.data.callId });
}

function malformed(): Result<CallEnvelope> {
  return fail('BAD_INPUT', 'A call did not have the shape of a call, so it was refused.', 'Nothing was changed.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether the text takes more than `limitBytes` in UTF-8, without making the bytes. */
export function isLongerThan(text: string, limitBytes: number): boolean {
  if (text.length * 3 <= limitBytes) {
    return false;
  }
  let bytes = 0;
  for (let index = 0; index < text.length && bytes <= limitBytes; index += 1) {
    const unit = text.charCodeAt(index);
    const startsPair = unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(text.charCodeAt(index + 1));
    bytes += startsPair ? 4 : unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
    index += startsPair ? 1 : 0;
  }
  return bytes > limitBytes;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
