import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePackedExposures, encodePackedExposures } from '#main/analysis/exposure/packed-bytes.ts';
import {
  type PackedExposures,
  packAttributes,
  packExposures,
  unpackAttributes,
} from '#main/analysis/exposure/packed-exposures.ts';
import { attributions, proximities } from '#shared/domain/exposure-categories.ts';

type Row = { person: number; day: number; category: number; attributes: number; minutes: number | null };

const rowArbitrary: fc.Arbitrary<Row> = fc.record({
  person: fc.nat(4),
  day: fc.oneof(fc.integer({ min: 19_000, max: 19_010 }), fc.integer({ min: -100, max: 70_000 })),
  category: fc.nat(2),
  attributes: fc.nat(63),
  minutes: fc.oneof(fc.constant(null), fc.nat(600), fc.double({ min: 0, max: 1e6, noNaN: true })),
});

function pack(rows: readonly Row[]): PackedExposures {
  return packExposures({
    persons: 5,
    person: Uint32Array.from(rows, (row) => row.person),
    day: Int32Array.from(rows, (row) => row.day),
    category: Uint16Array.from(rows, (row) => row.category),
    attributes: Uint8Array.from(rows, (row) => row.attributes),
    minutes: Float64Array.from(rows, (row) => row.minutes ?? Number.NaN),
    categories: ['RTC_FATAL', 'Œ', 'TERROR'],
  });
}

function unpack(packed: PackedExposures): Row[] {
  return Array.from({ length: packed.offsets.length - 1 }, (_, person) => person).flatMap((person) =>
    Array.from(packed.day.subarray(packed.offsets[person], packed.offsets[person + 1]), (day, k) => {
      const at = packed.offsets[person]! + k;
      const minutes = packed.minutes[at]!;
      return {
        person,
        day,
        category: packed.category[at]!,
        attributes: packed.attributes[at]!,
        minutes: Number.isNaN(minutes) ? null : minutes,
      };
    }),
  );
}

function inOrder(rows: readonly Row[]): Row[] {
  return [...rows].sort(
    (a, b) =>
      a.person - b.person ||
      a.day - b.day ||
      a.category - b.category ||
      a.attributes - b.attributes ||
      (a.minutes ?? -1) - (b.minutes ?? -1),
  );
}

describe('packExposures', () => {
  it('keeps every row, ordered by person, day and the rest, as a plain sort does', () => {
    fc.assert(
      fc.property(fc.array(rowArbitrary, { maxLength: 120 }), (rows) => {
        expect(unpack(pack(rows))).toEqual(inOrder(rows));
      }),
    );
  });

  it('refuses a person outside the frame and days no calendar has', () => {
    const row = { person: 0, day: 0, category: 0, attributes: 0, minutes: null };
    expect(() => pack([{ ...row, person: 5 }])).toThrow(RangeError);
    expect(() => pack([{ ...row, day: 2_000_000_000 }, row])).toThrow(RangeError);
  });
});

describe('attributes', () => {
  it('read back as they were packed, each in a byte of its own', () => {
    const seen = new Set<number>();
    for (const proximity of [null, ...proximities]) {
      for (const attribution of [null, ...attributions]) {
        for (const firstOnScene of [false, true]) {
          for (const knownVictim of [false, true]) {
            const attributes = { proximity, attribution, firstOnScene, knownVictim };
            const byte = packAttributes(attributes);
            expect(unpackAttributes(byte)).toEqual(attributes);
            seen.add(byte);
          }
        }
      }
    }
    expect(seen.size).toBe(64);
  });

  it('are laid out as the columns say', () => {
    expect(packAttributes({ proximity: 'remote', attribution: 'named', firstOnScene: null, knownVictim: true })).toBe(
      3 + 4 + 32,
    );
  });
});

describe('packed bytes', () => {
  it('read back as the same columns', () => {
    fc.assert(
      fc.property(fc.array(rowArbitrary, { maxLength: 60 }), (rows) => {
        const packed = pack(rows);
        const back = decodePackedExposures(new Uint8Array(encodePackedExposures(packed)));
        expect(back.ok && back.value).toEqual(packed);
      }),
    );
  });

  it('read back from the middle of other bytes', () => {
    const packed = pack([{ person: 2, day: 20_000, category: 1, attributes: 9, minutes: 12.5 }]);
    const bytes = new Uint8Array(encodePackedExposures(packed));
    const around = new Uint8Array(bytes.length + 7);
    around.set(bytes, 3);
    const back = decodePackedExposures(around.subarray(3, 3 + bytes.length));
    expect(back.ok && back.value).toEqual(packed);
  });

  it('hold whole minutes and ordinary days in 6 bytes a row', () => {
    const rows = Array.from({ length: 10_000 }, (_, k) => ({
      person: k % 5,
      day: 18_000 + (k % 2_000),
      category: k % 3,
      attributes: k % 64,
      minutes: k % 480,
    }));
    expect(encodePackedExposures(pack(rows)).byteLength).toBeLessThan(6 * 10_000 + 200);
  });

  it('are refused when any byte is wrong, cut short or of another version', () => {
    const packed = pack([
      { person: 0, day: 20_000, category: 1, attributes: 9, minutes: 12 },
      { person: 3, day: 20_001, category: 2, attributes: 0, minutes: null },
    ]);
    const bytes = new Uint8Array(encodePackedExposures(packed));
    for (let at = 0; at < bytes.length; at++) {
      const flipped = bytes.slice();
      flipped[at] = flipped[at]! ^ 0x10;
      const result = decodePackedExposures(flipped);
      expect(result.ok ? `byte ${at} accepted` : result.error.code).toBe('CORRUPT');
    }
    for (let length = 0; length < bytes.length; length++) {
      expect(decodePackedExposures(bytes.slice(0, length)).ok).toBe(false);
    }
  });

  it('are refused when their checksum is right and their columns are not', () => {
    const good = pack([{ person: 0, day: 20_000, category: 1, attributes: 9, minutes: 12 }]);
    const broken: PackedExposures[] = [
      { ...good, category: Uint16Array.of(3) },
      { ...good, offsets: Uint32Array.of(0, 1, 0, 1, 1, 1) },
      { ...good, offsets: Uint32Array.of(0, 0, 0, 0, 0, 0) },
      { ...good, offsets: Uint32Array.of(0, 2, 1, 1, 1, 1) },
    ];
    const two = pack([20_000, 20_001].map((day) => ({ person: 0, day, category: 1, attributes: 9, minutes: 12 })));
    for (const columns of [...broken, { ...two, day: two.day.slice().reverse() }]) {
      const result = decodePackedExposures(new Uint8Array(encodePackedExposures(columns)));
      expect(result.ok ? 'accepted' : result.error.code).toBe('CORRUPT');
    }
  });
});
