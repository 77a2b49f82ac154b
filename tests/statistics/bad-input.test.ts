import { describe, expect, it } from 'vitest';
import { procedureNamed, procedureNames } from '#main/stats/procedures/registry.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { runProcedure } from './run-procedure.ts';

type Table = { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };

function parse(text: string): Table {
  const [header = '', ...lines] = text.trimEnd().split('\n');
  return { header: header.split(','), rows: lines.map((line) => line.split(',')) };
}

function write({ header, rows }: Table): string {
  return `${[header, ...rows].map((row) => row.join(',')).join('\n')}\n`;
}

function withColumn(table: Table, column: number, value: (old: string, row: number) => string): Table {
  return {
    ...table,
    rows: table.rows.map((cells, row) => cells.map((cell, place) => (place === column ? value(cell, row) : cell))),
  };
}

/** What a careless extract does to a column. */
const spoiled: Readonly<Record<string, (old: string, row: number) => string>> = {
  constant: () => '1',
  'all 0': () => '0',
  'all missing': () => '',
  'every second missing': (old, row) => (row % 2 === 0 ? old : 'NA'),
  'a text among numbers': (old, row) => (row === 1 ? 'about 7' : old),
  'all text of one value': () => 'same',
  'every value different text': (_old, row) => `t${row}`,
  'an infinite value': (old, row) => (row === 0 ? 'Inf' : old),
  'a value of 1e300': (old, row) => (row === 0 ? '1e300' : old),
  negative: (old) => (Number.isNaN(Number(old)) || old === '' ? old : String(-Number(old) - 1)),
  tiny: (old) => (Number.isNaN(Number(old)) || old === '' ? old : String(Number(old) * 1e-200)),
  'two values': (_old, row) => String(row % 2),
  counting: (_old, row) => String(row + 1),
};

function badTables(good: Table): [string, Table][] {
  const columns = good.header.flatMap((name, column) =>
    Object.entries(spoiled).map(([what, value]): [string, Table] => [
      `“${name}” ${what}`,
      withColumn(good, column, value),
    ]),
  );
  const sizes = [0, 1, 2, 3].map((count): [string, Table] => [
    `${count} rows`,
    { ...good, rows: good.rows.slice(0, count) },
  ]);
  const copies: Table = { ...good, rows: good.rows.map(() => good.rows[0] ?? []) };
  const equalColumns: Table = { ...good, rows: good.rows.map((cells) => cells.map(() => cells[0] ?? '')) };
  return [...columns, ...sizes, ['every row the same', copies], ['every column the same', equalColumns]];
}

const oddValues: readonly unknown[] = [null, -1, 0, 1e308, '', 'nothing', true, [], {}, ['nothing'], [[]], 1.5];

function badSpecs(good: Readonly<Record<string, unknown>>): [string, Record<string, unknown>][] {
  return Object.keys(good).flatMap((key) => {
    const { [key]: _left, ...rest } = good;
    const odd = oddValues.map((value): [string, Record<string, unknown>] => [
      `${key}: ${JSON.stringify(value)}`,
      { ...good, [key]: value },
    ]);
    return [[`without ${key}`, rest] as [string, Record<string, unknown>], ...odd];
  });
}

/** Null where the run gave a result or a refusal in words; else what went wrong. */
async function fault(
  procedure: string,
  spec: Readonly<Record<string, unknown>>,
  data: string | null,
): Promise<string | null> {
  try {
    const result = await runProcedure({ procedure, spec, data });
    const vague = result.warnings.filter((warning) => /^\S* cannot be computed from these data\.$/.test(warning));
    return vague.length > 0 ? `unexplained: ${vague.join(' ')}` : null;
  } catch (error) {
    if (!(error instanceof ExpectedError))
      return `defect: ${error instanceof Error ? (error.stack ?? '').split('\n').slice(0, 3).join(' ') : String(error)}`;
    const { message, hint } = error.error;
    return message.length > 10 && hint.length > 10 ? null : `no words: ${message} ${hint}`;
  }
}

describe('whatever comes in, a procedure answers or says in words why not', () => {
  for (const name of procedureNames) {
    it(name, async () => {
      const { example } = (await procedureNamed(name))!;
      const faults: string[] = [];
      const note = async (
        what: string,
        spec: Readonly<Record<string, unknown>>,
        data: string | null,
      ): Promise<void> => {
        const found = await fault(name, spec, data);
        if (found !== null) faults.push(`${what}: ${found}`);
      };
      if (example.data !== null) {
        for (const [what, table] of badTables(parse(example.data))) await note(what, example.spec, write(table));
      }
      for (const [what, spec] of badSpecs(example.spec)) await note(what, spec, example.data);
      expect(faults).toEqual([]);
    });
  }
});
