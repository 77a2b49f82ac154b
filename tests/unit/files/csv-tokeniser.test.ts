import { describe, expect, it } from 'vitest';
import { tokeniseText } from './read-rows.ts';

// Cases written for this reader; what to try was learnt from RFC 4180 §2, csv-spectrum, the tests of csv-parse and Papa
// Parse, and the list of "Falsehoods Programmers Believe About CSVs".
type Case = { what: string; text: string; rows: readonly (readonly string[])[]; delimiter: string };
type Row = readonly [what: string, text: string, rows: Case['rows'], delimiter?: string];

const sound: readonly Row[] = [
  [
    'LF',
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'CRLF',
    'a,b\r\n1,2\r\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'lone CR',
    'a,b\r1,2\r',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['mixed line endings', 'a\r\nb\nc\rd', [['a'], ['b'], ['c'], ['d']]],
  [
    'no newline at the end',
    'a,b\n1,2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['nothing', '', []],
  ['only empty lines', '\n\r\n\r\r\n', []],
  [
    'empty lines between rows',
    '\n\na,b\n\n\r\n1,2\n\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['a line of blanks is a row', 'a\n  \nb', [['a'], ['  '], ['b']]],
  [
    'empty fields',
    ',,\n,x,\n',
    [
      ['', '', ''],
      ['', 'x', ''],
    ],
  ],
  ['a delimiter as the last byte', 'a,', [['a', '']]],
  ['one delimiter and nothing else', ',', [['', '']]],
  ['a quoted empty field is a row', '""\n"",""\n', [[''], ['', '']]],
  ['a quoted empty field at the end', 'a,""', [['a', '']]],
  [
    'quoted fields',
    '"a","b"\r\n"1","2"',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['delimiter in quotes', 'a,"b,c",d', [['a', 'b,c', 'd']]],
  [
    'line breaks in quotes',
    '"a\nb","c\r\nd","e\rf"\nx,y,z',
    [
      ['a\nb', 'c\r\nd', 'e\rf'],
      ['x', 'y', 'z'],
    ],
  ],
  ['doubled quotes', '"say ""hello""",b', [['say "hello"', 'b']]],
  ['only doubled quotes', '"""",""""""\n', [['"', '""']]],
  ['doubled quotes next to a line break', '"""\n"""', [['"\n"']]],
  [
    'many doubled quotes, then plain fields',
    '"a""b""c",d\n"e""f",g',
    [
      ['a"b"c', 'd'],
      ['e"f', 'g'],
    ],
  ],
  ['a quote in the middle of a plain field is text', '5" pipe,a"b"', [['5" pipe', 'a"b"']]],
  ['a quote behind a space is text', 'a, "b"', [['a', ' "b"']]],
  ['spaces are kept', ' a , b ', [[' a ', ' b ']]],
  ['semicolons', 'a;"b;c";1,5\n', [['a', 'b;c', '1,5']], ';'],
  ['tabs', 'a\t\t"b\tc"\n', [['a', '', 'b\tc']], '\t'],
  ['pipes', 'a|b,c|d\n', [['a', 'b,c', 'd']], '|'],
  ['characters of several bytes', 'é,"日本",🌊\n', [['é', '日本', '🌊']]],
  ['rows of different length', 'a\nb,c\nd,e,f', [['a'], ['b', 'c'], ['d', 'e', 'f']]],
  ['a formula is only text', '=1+2,"=HYPERLINK(""x"")"', [['=1+2', '=HYPERLINK("x")']]],
];

describe('tokenise', () => {
  it.each(sound.map(([what, text, rows, delimiter = ',']): Case => ({ what, text, rows, delimiter })))(
    '$what',
    (sample) => {
      const found = tokeniseText(sample.text, sample.delimiter);
      expect(found.rows).toEqual(sample.rows);
      expect(found.problems.flat()).toEqual([]);
    },
  );

  it('marks text behind a closing quote, gives the field as it stands and reads on', () => {
    const found = tokeniseText('a,"b"c,d\n"x" ,y,z\n1,2,3');
    expect(found.rows).toEqual([
      ['a', '"b"c', 'd'],
      ['"x" ', 'y', 'z'],
      ['1', '2', '3'],
    ]);
    expect(found.problems).toEqual([['BAD_QUOTE'], ['BAD_QUOTE'], []]);
  });

  it('leaves the doubled quotes of a broken field alone', () => {
    expect(tokeniseText('"a""b"c,"d""e"').rows).toEqual([['"a""b"c', 'd"e']]);
  });

  it('marks the row in which a quote was opened that is never closed', () => {
    const found = tokeniseText('a,b\n1,"2\n3,4\n');
    expect(found.rows).toEqual([
      ['a', 'b'],
      ['1', '2\n3,4\n'],
    ]);
    expect(found.problems).toEqual([[], ['OPEN_QUOTE']]);
  });

  it('marks a quote that opens as the last byte of the file', () => {
    expect(tokeniseText('a\n"')).toEqual({ rows: [['a'], ['']], problems: [[], ['OPEN_QUOTE']] });
    expect(tokeniseText('"""')).toEqual({ rows: [['"']], problems: [['OPEN_QUOTE']] });
  });
});
