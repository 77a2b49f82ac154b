import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCallGate, createRateLimiter, isLongerThan } from '#shared/host/call-gate.ts';

const call = (fields: Record<string, unknown>) =>
  JSON.stringify({ operation: 'vault.state', input: {}, callId: 'a-1', ...fields });

describe('the call gate', () => {
  it('lets a call through as it was made', () => {
    const gate = createCallGate(() => 0);
    expect(gate.admit(call({ input: { deep: [1, 'é', null] } }))).toEqual({
      ok: true,
      value: { operation: 'vault.state', input: { deep: [1, 'é', null] }, callId: 'a-1' },
    });
  });

  it.each([
    null,
    undefined,
    { operation: 'vault.state' },
    '',
    'not json',
    '[]',
    'null',
    call({ extra: 1 }),
    call({ operation: 7 }),
    call({ operation: '' }),
    call({ operation: 'x'.repeat(101) }),
    call({ callId: '' }),
    call({ callId: 'a b' }),
    call({ callId: 'x'.repeat(101) }),
    call({ callId: undefined }),
  ])('refuses what has not the shape of a call: %j', (text) => {
    expect(createCallGate(() => 0).admit(text)).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } });
  });

  it('takes 5 MiB and not a byte more', () => {
    const limit = 5 * 1024 * 1024;
    const room = limit - Buffer.byteLength(call({ input: '' }));
    const gate = createCallGate(() => 0);
    expect(gate.admit(call({ input: 'x'.repeat(room) }))).toMatchObject({ ok: true });
    expect(gate.admit(call({ input: 'x'.repeat(room + 1) }))).toMatchObject({
      ok: false,
      error: { code: 'TOO_LARGE' },
    });
  });

  it('takes 200 calls in any second, and more again when the second has passed', () => {
    let now = 10_000;
    const gate = createCallGate(() => now);
    const admitted = () => gate.admit(call({})).ok;
    const first = Array.from({ length: 250 }, () => {
      now += 1;
      return admitted();
    });
    expect(first.filter(Boolean)).toHaveLength(200);
    expect(first.indexOf(false)).toBe(200);
    now = 11_000;
    expect(admitted()).toBe(false);
    now = 11_001;
    expect([admitted(), admitted()]).toEqual([true, false]);
  });

  it('knows the name of a call in a cancel', () => {
    const gate = createCallGate(() => 0);
    expect(['a-1', 'a b', 7, null, ''].map(gate.admitCallId)).toEqual(['a-1', null, null, null, null]);
  });
});

describe('the rate limiter', () => {
  it('never lets more than its number into any window of a second', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 200 }), (gaps) => {
        const limiter = createRateLimiter(5);
        let now = 0;
        const taken: number[] = [];
        for (const gap of gaps) {
          now += gap;
          if (limiter.take(now)) {
            taken.push(now);
          }
        }
        const busiest = Math.max(0, ...taken.map((at) => taken.filter((t) => t >= at && t < at + 1_000).length));
        expect(busiest).toBeLessThanOrEqual(5);
      }),
    );
  });
});

describe('measuring a text', () => {
  it('agrees with the bytes of its UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 0, max: 60 }), (text, limit) => {
        expect(isLongerThan(text, limit)).toBe(new TextEncoder().encode(text).length > limit);
      }),
    );
  });
});
