import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Column, DataTable } from '#main/stats/data/table.ts';
import { designMatrix } from '#main/stats/formula/design.ts';
import { parseFormula } from '#main/stats/formula/formula.ts';
import { modelFrame } from '#main/stats/formula/model-frame.ts';
import { randomStream } from '#shared/domain/random.ts';
import type { RSession } from './r-session.ts';
import { csvOf } from './run-procedure.ts';
import { startWebR } from './webr-session.ts';

let web: RSession;
beforeAll(async () => {
  web = await startWebR();
});
afterAll(() => web.close());

const stream = randomStream(7, 'model matrix');
const rows = 40;
const numbers = (from: number, to: number): number[] =>
  Array.from({ length: rows }, () => from + (to - from) * stream.nextUniform());
const texts = (...levels: string[]): string[] =>
  Array.from({ length: rows }, () => levels[stream.nextBelow(levels.length)] as string);
const columns = {
  y: numbers(-2, 2),
  x: numbers(0.5, 4),
  z: Array.from({ length: rows }, () => [1, 2, 10][stream.nextBelow(3)] as number),
  n: numbers(5, 20),
  a: texts('p', 'q'),
  b: texts('u', 'v', 'w'),
  'the unit': texts('north', 'south'),
};

function tableOf(): DataTable {
  const entries = Object.entries(columns).map(([name, values]): [string, Column] => {
    if (typeof values[0] === 'number')
      return [name, { kind: 'numeric', name, values: Float64Array.from(values as number[]) }];
    const levels = [...new Set(values as string[])].sort();
    const codes = Int32Array.from(values as string[], (value) => levels.indexOf(value));
    return [name, { kind: 'categorical', name, codes, levels, firstText: { row: 1, value: values[0] as string } }];
  });
  return { rows, columns: new Map(entries) };
}

const formulas = [
  'y ~ x',
  'y ~ 1',
  'y ~ x - 1',
  'y ~ 0 + b',
  'y ~ a + b',
  'y ~ a * b',
  'y ~ a:b',
  'y ~ a + a:b',
  'y ~ a:b - 1',
  'y ~ b:a + x',
  'y ~ x:a',
  'y ~ x + x:a',
  'y ~ a * x - x',
  'y ~ a / b',
  'y ~ a / x',
  'y ~ b %in% a',
  'y ~ (a + b + x)^2',
  'y ~ (a + b + x)^3 - a:b:x',
  'y ~ factor(z) * x',
  'y ~ factor(z) + log(x) + I(x^2) + I(x * n / 2)',
  'y ~ log(x):a + sqrt(n)',
  'y ~ `the unit` * a',
  'y ~ x + offset(log(n))',
  'y ~ I(x > 2) + b',
  'y ~ I((x - 2)^2) + I(-x) + exp(-x)',
  'y ~ x + a - a',
  'log(x) ~ n + 1',
  'y ~ -1 + a + b',
  'y ~ x + I(1e6 * x) + I(x + 0.5)',
  'y ~ a + b:x + n',
];

describe('model matrices', () => {
  for (const text of formulas) {
    it(`${text} has R’s columns`, async () => {
      const design = designMatrix(modelFrame(tableOf(), parseFormula(text)));
      const script = [
        'data <- read.csv("data.csv", check.names = FALSE)',
        `frame <- model.frame(${text}, data)`,
        'm <- model.matrix(attr(frame, "terms"), frame)',
        'result <- list(names = as.list(colnames(m)), assign = as.list(attr(m, "assign")), labels = as.list(attr(terms(frame), "term.labels")), values = as.list(as.vector(m)))',
      ];
      const theirs = (await web.run(script.join('\n'), { 'data.csv': csvOf(columns) })) as Record<string, unknown[]>;
      expect(design.names).toEqual(theirs['names']);
      expect(design.assign).toEqual(theirs['assign']);
      expect(design.termLabels).toEqual(theirs['labels']);
      const values = theirs['values'] as number[];
      expect(design.matrix.data.length).toBe(values.length);
      const worst = Math.max(
        ...values.map((value, i) => Math.abs(value - (design.matrix.data[i] as number)) / (1 + Math.abs(value))),
      );
      expect(worst).toBeLessThan(1e-14);
    });
  }

  it('sum contrasts too', async () => {
    const design = designMatrix(modelFrame(tableOf(), parseFormula('y ~ a * b + x')), 'sum');
    const script = [
      'data <- read.csv("data.csv", check.names = FALSE, stringsAsFactors = TRUE)',
      'm <- model.matrix(y ~ a * b + x, data, contrasts.arg = list(a = "contr.sum", b = "contr.sum"))',
      'result <- list(names = as.list(colnames(m)), values = as.list(as.vector(m)))',
    ];
    const theirs = (await web.run(script.join('\n'), { 'data.csv': csvOf(columns) })) as Record<string, unknown[]>;
    expect(design.names).toEqual(theirs['names']);
    expect(Array.from(design.matrix.data)).toEqual(
      (theirs['values'] as number[]).map((value, i) =>
        typeof value === 'number' && Math.abs(value - (design.matrix.data[i] as number)) < 1e-14
          ? design.matrix.data[i]
          : value,
      ),
    );
  });
});
