import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#shared/domain/canonical-json.ts';

describe('canonicalJson', () => {
  it('gives one text for one value', () => {
    expect(canonicalJson({ b: [1, 2.5, -0], a: { d: null, c: '"é\u2028' } })).toBe(
      '{"a":{"c":"\\"é\u2028","d":null},"b":[1,2.5,0]}',
    );
    expect(canonicalJson({ b: 1, a: 2 })).toBe(canonicalJson({ a: 2, b: 1 }));
  });

  it('is JSON of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('names where a value stands that JSON cannot hold', () => {
    const hole = [1, 2];
    delete hole[0];
    const refused: readonly (readonly [unknown, string])[] = [
      [{ a: [1, Number.NaN] }, '$.a[1]'],
      [{ a: { b: Number.POSITIVE_INFINITY } }, '$.a.b'],
      [{ a: undefined }, '$.a'],
      [hole, '$[0]'],
      [{ when: new Date(0) }, '$.when'],
      [[10n], '$[0]'],
    ];
    for (const [value, path] of refused) expect(() => canonicalJson(value)).toThrow(`(at ${path})`);
  });
});
