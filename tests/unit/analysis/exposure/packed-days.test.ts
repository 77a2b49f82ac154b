import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeExposureDays, encodeExposureDays } from '#main/analysis/exposure/packed-days.ts';
import type { ExposureDays } from '#main/analysis/exposure/packed-exposures.ts';

/** People with ascending days, some far apart, some before 1970, some with none. */
const force = fc
  .array(
    fc.tuple(
      fc.integer({ min: -20_000, max: 20_000 }),
      fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 250, max: 260 }), fc.nat(70_000)), {
        maxLength: 12,
      }),
    ),
    { maxLength: 8 },
  )
  .map((people): ExposureDays => {
    const days = people.map(([first, steps]) => {
      let at = first;
      return steps.map((step) => {
        at += step;
        return at;
      });
    });
    let events = 0;
    return {
      offsets: Uint32Array.from([0, ...days.map((own) => (events += own.length))]),
      day: Int32Array.from(days.flat()),
    };
  });

describe('days of exposures as bytes', () => {
  it('come back as they were, from anywhere in a buffer', () => {
    fc.assert(
      fc.property(force, fc.nat(5), (given, shift) => {
        const bytes = encodeExposureDays(given);
        const around = new Uint8Array(bytes.length + shift);
        around.set(bytes, shift);
        expect(decodeExposureDays(around.subarray(shift))).toEqual({ ok: true, value: given });
      }),
    );
  });

  it('take little more than a byte an event', () => {
    const day = Int32Array.from({ length: 10_000 }, (_, at) => 18_000 + (at % 100) * 18);
    const offsets = Uint32Array.from({ length: 101 }, (_, at) => at * 100);
    expect(encodeExposureDays({ offsets, day }).length).toBe(10_000 + 101 * 4 + 24);
  });

  it('are refused when cut short, longer or of another kind', () => {
    const bytes = encodeExposureDays({ offsets: Uint32Array.from([0, 2, 3]), day: Int32Array.from([5, 900, 7]) });
    const other = bytes.slice();
    other[0] = 0;
    for (const bad of [bytes.slice(0, 10), bytes.slice(0, -1), new Uint8Array([...bytes, 0]), other]) {
      expect(decodeExposureDays(bad)).toMatchObject({ ok: false, error: { code: 'CORRUPT' } });
    }
  });
});
