import { describe, expect, it } from 'vitest';
import { sampleText } from '#main/files/sample-text.ts';
import { fileOf, readFileRows } from './read-rows.ts';

/**
 * The cases of two public suites of CSV files, `csv-spectrum` (github.com/maxogden/csv-spectrum) and `csv-test-data`
 * (github.com/sineemore/csv-test-data), by the names that their files have there. The contents are our own.
 */
type Case = readonly [name: string, text: string, rows: readonly (readonly string[])[]];

const spectrum: readonly Case[] = [
  [
    'comma_in_quotes',
    'force,station,note\nNorth,Harbour,"Quay Road, second floor"\n',
    [
      ['force', 'station', 'note'],
      ['North', 'Harbour', 'Quay Road, second floor'],
    ],
  ],
  [
    'empty',
    'a,b,c\n1,"",""\n2,3,4\n',
    [
      ['a', 'b', 'c'],
      ['1', '', ''],
      ['2', '3', '4'],
    ],
  ],
  [
    'empty_crlf',
    'a,b,c\r\n1,"",""\r\n2,3,4\r\n',
    [
      ['a', 'b', 'c'],
      ['1', '', ''],
      ['2', '3', '4'],
    ],
  ],
  [
    'escaped_quotes',
    'a,b\n1,"said ""stop"" twice"\n2,"""all of it"""\n',
    [
      ['a', 'b'],
      ['1', 'said "stop" twice'],
      ['2', '"all of it"'],
    ],
  ],
  [
    'json',
    'key,val\n1,"{""type"": ""Point"", ""at"": [1.5, 0.5]}"\n',
    [
      ['key', 'val'],
      ['1', '{"type": "Point", "at": [1.5, 0.5]}'],
    ],
  ],
  [
    'location_coordinates',
    'Reference,Place\nB7,"(53.64,-1.78)"\n',
    [
      ['Reference', 'Place'],
      ['B7', '(53.64,-1.78)'],
    ],
  ],
  [
    'newlines',
    'a,b,c\n1,2,3\n"Off sick\nsince Monday",5,6\n7,8,9\n',
    [
      ['a', 'b', 'c'],
      ['1', '2', '3'],
      ['Off sick\nsince Monday', '5', '6'],
      ['7', '8', '9'],
    ],
  ],
  [
    'newlines_crlf',
    'a,b,c\r\n1,2,3\r\n"Off sick\r\nsince Monday",5,6\r\n7,8,9\r\n',
    [
      ['a', 'b', 'c'],
      ['1', '2', '3'],
      ['Off sick\r\nsince Monday', '5', '6'],
      ['7', '8', '9'],
    ],
  ],
  [
    'quotes_and_newlines',
    'a,b\n1,"said\n""stop"",\nthen left"\n2,x\n',
    [
      ['a', 'b'],
      ['1', 'said\n"stop",\nthen left'],
      ['2', 'x'],
    ],
  ],
  [
    'simple',
    'a,b,c\n1,2,3\n',
    [
      ['a', 'b', 'c'],
      ['1', '2', '3'],
    ],
  ],
  [
    'simple_crlf',
    'a,b,c\r\n1,2,3\r\n',
    [
      ['a', 'b', 'c'],
      ['1', '2', '3'],
    ],
  ],
  [
    'utf8',
    'a,b,c\n1,2,ʤ\n4,5,“è”\n',
    [
      ['a', 'b', 'c'],
      ['1', '2', 'ʤ'],
      ['4', '5', '“è”'],
    ],
  ],
];

const testData: readonly Case[] = [
  [
    'empty-field',
    'x,,z\n,,\n',
    [
      ['x', '', 'z'],
      ['', '', ''],
    ],
  ],
  // A blank line is no row here: exports end in them, and a row without anything says nothing.
  ['empty-one-column', 'x\n\n\ny\n', [['x'], ['y']]],
  ['header-no-rows', 'foo,bar,baz', [['foo', 'bar', 'baz']]],
  [
    'header-simple',
    'foo,bar,baz\nf,b,z\n',
    [
      ['foo', 'bar', 'baz'],
      ['f', 'b', 'z'],
    ],
  ],
  ['leading-space', ' x, y,  z\n', [[' x', ' y', '  z']]],
  ['one-column', 'x\ny\nz\n', [['x'], ['y'], ['z']]],
  ['quotes-empty', '"","",""\n', [['', '', '']]],
  ['quotes-with-comma', '"x,x","y,y",z\n', [['x,x', 'y,y', 'z']]],
  ['quotes-with-escaped-quote', '"x""x","""y",z""\n', [['x"x', '"y', 'z""']]],
  ['quotes-with-newline', '"x\nx","\ny","z\n"\n', [['x\nx', '\ny', 'z\n']]],
  ['quotes-with-space', '" x ","y y",z\n', [[' x ', 'y y', 'z']]],
  [
    'simple-crlf',
    'x,y\r\nz,w\r\n',
    [
      ['x', 'y'],
      ['z', 'w'],
    ],
  ],
  [
    'simple-lf',
    'x,y\nz,w\n',
    [
      ['x', 'y'],
      ['z', 'w'],
    ],
  ],
  [
    'trailing-newline',
    'x,y\nz,w\n',
    [
      ['x', 'y'],
      ['z', 'w'],
    ],
  ],
  ['trailing-newline-one-field', 'x\ny\n', [['x'], ['y']]],
  ['trailing-space', 'x ,y ,z  \n', [['x ', 'y ', 'z  ']]],
  [
    'utf8',
    'ü,ж,漢\n🌊,é,ø\n',
    [
      ['ü', 'ж', '漢'],
      ['🌊', 'é', 'ø'],
    ],
  ],
];

describe.each([
  ['csv-spectrum', spectrum],
  ['csv-test-data', testData],
])('%s', (_, cases) => {
  it.each(cases)('%s', async (_name, text, rows) => {
    const path = fileOf(text);
    const read = await readFileRows(path);
    expect(read.rows).toEqual(rows);
    expect(read.problems.flat()).toEqual([]);
    // However small the pieces in which it arrives.
    expect((await readFileRows(path, { chunkBytes: 3 })).rows).toEqual(rows);
    if ((rows[0] ?? []).length > 1) expect((await sampleText(path)).rows).toEqual(rows);
  });
});

describe('csv-test-data: files that are wrong', () => {
  it('all-empty is refused, as a file without rows', async () => {
    await expect(readFileRows(fileOf(''))).rejects.toThrow('The file has no rows.');
  });

  it.each([
    ['bad-header-less-fields', 'foo,bar,baz\nf,b,z\nf,b\n', [[], [], ['FIELD_COUNT']]],
    ['bad-header-more-fields', 'foo,bar,baz\nf,b,z,q\n', [[], ['FIELD_COUNT']]],
    ['bad-missing-quote', 'foo,bar\n"f,b\n', [[], ['FIELD_COUNT', 'OPEN_QUOTE']]],
    ['bad-quotes-with-unescaped-quote', 'foo,bar\n"f"f",b\n', [[], ['BAD_QUOTE']]],
  ])('%s is located', async (_, text, problems) => {
    expect((await readFileRows(fileOf(text))).problems).toEqual(problems);
  });

  it('bad-unescaped-quote is text, as spreadsheets write inches', async () => {
    const read = await readFileRows(fileOf('foo,bar\n6" nail,b\n'));
    expect(read.rows[1]).toEqual(['6" nail', 'b']);
    expect(read.problems.flat()).toEqual([]);
  });

  it('bad-header-wrong-header has names that are its own', async () => {
    const read = await readFileRows(fileOf('foo,quux,baz\nf,b,z\n'), { hasHeader: true });
    expect(read.csv.header).toEqual(['foo', 'quux', 'baz']);
  });
});
