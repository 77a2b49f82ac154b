import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteInterner } from '#main/files/byte-interner.ts';
import { type CellOut, type CellStatus, cellStatusCodes, createCellOut, hasValue } from '#main/files/cell-status.ts';
import { parseFlag, parseInteger, parseNumber, trimEnd, trimStart } from '#main/files/cells.ts';

type Parser = (bytes: Uint8Array, start: number, end: number, out: CellOut) => CellStatus;

/** The value, or the code of the refusal. The cell stands among other text, which must not be read. */
function read(parser: Parser, cell: string): number | string {
  const before = '9,';
  const bytes = Buffer.from(`${before}${cell},9`);
  const out = createCellOut();
  const status = parser(bytes, before.length, bytes.length - 2, out);
  return hasValue(status) ? out[0]! : cellStatusCodes[status]!;
}

describe('trimming', () => {
  it('takes blanks and no-break spaces from both ends and leaves other letters', () => {
    const trimmed = (text: string) => {
      const bytes = Buffer.from(text);
      const start = trimStart(bytes, 0, bytes.length);
      return bytes.toString('utf8', start, trimEnd(bytes, start, bytes.length));
    };
    expect(trimmed(' \t\u00a0 a\u00a0b \u00a0\r\n')).toBe('a\u00a0b');
    expect(trimmed('Âà ')).toBe('Âà');
    expect(trimmed('\u00a0')).toBe('');
    expect(trimmed('')).toBe('');
  });
});

describe('parseNumber', () => {
  it.each([
    ['0', 0],
    ['-0', 0],
    ['007', 7],
    ['+3', 3],
    ['-12.50', -12.5],
    ['.5', 0.5],
    ['1e3', 1_000],
    ['1.5E-3', 0.0015],
    [' 2.5\u00a0', 2.5],
    ['0.1', 0.1],
    ['123456789012345', 123_456_789_012_345],
    ['9007199254740993', 9_007_199_254_740_992],
    ['0.30000000000000004', 0.30000000000000004],
    ['903774016000.0001', Number('903774016000.0001')],
    ['1e-400', 0],
  ])('%j is %d', (cell, value) => {
    expect(Object.is(read(parseNumber, cell), value)).toBe(true);
  });

  it.each([
    '1,000',
    '1 000',
    '1e999',
    '-1e999',
    'NaN',
    'Infinity',
    '0x10',
    '1.',
    '.',
    '-',
    '+',
    '--1',
    '1-',
    '1.2.3',
    '١',
    '5%',
    '£5',
    'e5',
    '1e',
    '1_0',
    `${'9'.repeat(401)}`,
  ])('refuses %j', (cell) => {
    expect(read(parseNumber, cell)).toBe('BAD_NUMBER');
  });

  it('says that a blank cell is empty', () => {
    expect([read(parseNumber, ''), read(parseNumber, ' \u00a0')]).toEqual(['EMPTY', 'EMPTY']);
  });

  it('gives the double that JavaScript gives, for any decimal', () => {
    const magnitude = fc.nat(24).chain((digits) => fc.bigInt({ min: 0n, max: 10n ** BigInt(digits) }));
    const decimal = fc.tuple(fc.constantFrom('', '-', '+'), magnitude, fc.nat(25));
    fc.assert(
      fc.property(decimal, ([sign, digits, places]) => {
        const padded = String(digits).padStart(places + 1, '0');
        const cut = padded.length - places;
        const text = `${sign}${padded.slice(0, cut)}${places > 0 ? '.' : ''}${padded.slice(cut)}`;
        expect(read(parseNumber, text)).toBe(Number(text) === 0 ? 0 : Number(text));
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });
});

describe('parseInteger', () => {
  it.each([
    ['12', 12],
    ['12.0', 12],
    ['-3', -3],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ])('%j is %d', (cell, value) => {
    expect(read(parseInteger, cell)).toBe(value);
  });

  it.each(['12.5', '9007199254740992', 'x', '1e300'])('refuses %j', (cell) => {
    expect(read(parseInteger, cell)).toBe('BAD_NUMBER');
  });
});

describe('parseFlag', () => {
  it('reads each word in any case', () => {
    const flags = (cells: string) => cells.split(' ').map((cell) => read(parseFlag, cell));
    expect(new Set(flags('1 true TRUE True yes Yes y Y'))).toEqual(new Set([1]));
    expect(new Set(flags('0 false FALSE no NO n N'))).toEqual(new Set([0]));
    expect(new Set(flags('2 t f ja 01 on nope truey 1.0'))).toEqual(new Set(['BAD_FLAG']));
    expect(read(parseFlag, '  ')).toBe('EMPTY');
  });
});

describe('ByteInterner', () => {
  it('numbers texts as a Map would, through growth, repeats and empty texts', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 4 }), { maxLength: 300 }), (texts) => {
        const interner = new ByteInterner(1);
        const oracle = new Map<string, number>();
        for (const text of texts) {
          const bytes = Buffer.from(`<${text}>`);
          if (!oracle.has(text)) oracle.set(text, oracle.size);
          expect(interner.idOf(bytes, 1, bytes.length - 1)).toBe(oracle.get(text));
        }
        expect(interner.texts).toEqual([...oracle.keys()]);
        expect(interner.size).toBe(oracle.size);
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  it('keeps 50,000 references apart', () => {
    const interner = new ByteInterner();
    for (const round of [1, 2]) {
      for (let person = 0; person < 50_000; person += 1) {
        const bytes = Buffer.from(`P${person}`);
        const id = interner.idOf(bytes, 0, bytes.length);
        if (id !== person) throw new Error(`round ${round}: person ${person} got ${id}`);
      }
    }
    expect(interner.textOf(49_999)).toBe('P49999');
    expect(interner.textOf(50_000)).toBe('');
  });
});
