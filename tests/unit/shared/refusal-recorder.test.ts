import { describe, expect, it } from 'vitest';
import type { CallEnvelope } from '#shared/contract/index.ts';
import { fail } from '#shared/domain/result.ts';
import { createRefusalRecorder } from '#shared/host/refusal-recorder.ts';

describe('createRefusalRecorder', () => {
  it('names the reason, and records each at most once a second', () => {
    let now = 0;
    const calls: CallEnvelope[] = [];
    const record = createRefusalRecorder(
      () => now,
      (envelope) => calls.push(envelope),
    );
    record(fail('FORBIDDEN', 'no'));
    record(fail('THROTTLED', 'no'));
    now = 999;
    record(fail('FORBIDDEN', 'no'));
    record(fail('TOO_LARGE', 'no'));
    now = 1_000;
    record(fail('FORBIDDEN', 'no'));
    record(fail('BAD_INPUT', 'no'));
    expect(calls.map((call) => [call.operation, call.input])).toEqual([
      ['host.refused', { reason: 'sender' }],
      ['host.refused', { reason: 'rate' }],
      ['host.refused', { reason: 'size' }],
      ['host.refused', { reason: 'sender' }],
      ['host.refused', { reason: 'form' }],
    ]);
  });
});
