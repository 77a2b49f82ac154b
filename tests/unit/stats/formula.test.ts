import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOfFormula, parseFormula, termLabel } from '#main/stats/formula/formula.ts';
import { ExpectedError } from '#shared/domain/result.ts';

function messageOf(text: string): string {
  try {
    parseFormula(text);
  } catch (error) {
    if (error instanceof ExpectedError) return error.message;
    throw error;
  }
  return 'it was read';
}

function labels(text: string): string[] {
  const formula = parseFormula(text);
  return formula.terms.map((term) => termLabel(formula, term));
}

describe('a formula', () => {
  it('is ordered by degree, then as written, variables in the order of their appearance', () => {
    expect(labels('y ~ b:a + c + a*b')).toEqual(['c', 'a', 'b', 'b:a']);
    expect(labels('y ~ (a + b)^2 - b')).toEqual(['a', 'a:b']);
    expect(labels('y ~ a/b/c')).toEqual(['a', 'a:b', 'a:b:c']);
  });

  it('reads the intercept wherever it is taken away', () => {
    const intercepts = ['y ~ x', 'y ~ 0 + x', 'y ~ x - 1', 'y ~ x + 0', 'y ~ 1', 'y ~ -1 + x', 'y ~ x - 1 + 1'];
    expect(intercepts.map((text) => parseFormula(text).intercept)).toEqual([
      true,
      false,
      false,
      false,
      true,
      false,
      true,
    ]);
  });

  it('reads random terms, nested and crossed', () => {
    const { random, terms } = parseFormula('y ~ x + (1|a/b) + (0 + x | c) + (x || d:e)');
    expect(terms).toHaveLength(1);
    expect(
      random.map(({ groupLabel, effects, uncorrelated }) => [
        groupLabel,
        effects.intercept,
        effects.terms.length,
        uncorrelated,
      ]),
    ).toEqual([
      ['b:a', true, 0, false],
      ['a', true, 0, false],
      ['c', false, 1, false],
      ['d:e', true, 1, true],
    ]);
  });

  it('names nested groups as lme4 does, the innermost first', () => {
    const groups = (text: string): string[] => parseFormula(text).random.map(({ groupLabel }) => groupLabel);
    expect(groups('y ~ (1|a/b/c)')).toEqual(['c:(b:a)', 'b:a', 'a']);
    expect(groups('y ~ (1|a:b/c)')).toEqual(['c:(a:b)', 'a:b']);
  });

  it('sets offsets, strata and clusters apart', () => {
    const formula = parseFormula('Surv(start, stop, status) ~ x + strata(unit) + cluster(id) + offset(log(n))');
    expect(formula.terms).toHaveLength(1);
    expect([formula.strata.length, formula.offsets.length, formula.cluster?.kind]).toEqual([1, 1, 'name']);
    expect(columnsOfFormula(formula)).toEqual(['start', 'stop', 'status', 'x', 'n', 'unit', 'id']);
  });

  it.each([
    ['y x', 'at character 3: “x” was not expected'],
    ['y + x', 'at character 6: there is no ~'],
    ['y ~', 'at character 4: it ends where a column or a term should follow'],
    ['y ~ x +', 'at character 8: it ends where a column or a term should follow'],
    ['y ~ x + * z', 'at character 9: “*” stands where a column or a term should'],
    ['y ~ (x + z', 'at character 11: “)” is missing at the end'],
    ['y ~ x + 3', 'at character 9: a number here can only be 1 or 0'],
    ['y ~ x^1.5', 'at character 6: a power of terms is a whole number'],
    ['y ~ x $ z', 'at character 7: “$” has no meaning here'],
    ['y ~ x | id', 'at character 7: “|” has no meaning between terms'],
    ['y ~ x:(1|id)', 'at character 9: a random term (… | …) can only be added'],
    ['y ~ (0|id)', 'at character 7: the random term has no effect'],
    ['y ~ (1|id + x)', 'at character 11: a group is a column, a:b or a/b'],
    ['y ~ x * offset(n)', 'at character 9: offset() can only be added'],
    ['y ~ x ~ z', 'at character 7: “~” was not expected'],
  ])('%j is refused, and the place pointed at', (text, words) => {
    expect(messageOf(text)).toContain(words);
    const [, shown = '', mark = ''] = messageOf(text).split('\n');
    expect(shown.trim()).toBe(text.trim());
    const at = Number(/character (\d+)/.exec(messageOf(text))?.[1]);
    expect(mark.length).toBe(2 + at);
  });

  it('is read or refused by name, whatever is written: never a defect', () => {
    const piece = fc.constantFrom(
      'y',
      'x',
      '~',
      '+',
      '-',
      '*',
      '/',
      ':',
      '^',
      '(',
      ')',
      '|',
      '1',
      '0',
      '2',
      'log(',
      'I(',
      '`a b`',
      ',',
      '%in%',
      'offset(',
      ' ',
      '..',
      'é',
      '$',
      '\n',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 25 }).map((parts) => parts.join('')),
          fc.string(),
        ),
        (text) => {
          messageOf(text);
        },
      ),
      { numRuns: 3_000, seed: 5 },
    );
  });

  it('does not run away with a formula made to be large', () => {
    const many = Array.from({ length: 60 }, (_none, i) => `x${i}`).join(' + ');
    expect(messageOf(`y ~ (${many})^10`)).toContain('makes more than 2,000 terms');
    expect(messageOf(`y ~ ${'('.repeat(2_500)}x`)).toContain('nested too deeply');
    expect(messageOf(`y ~ ${'x + '.repeat(4_000)}x`)).toContain('longer than 10,000 characters');
    expect(messageOf(`y ~ ${'-'.repeat(2_900)}x`)).toContain('nested too deeply');
    expect(messageOf(`y ~ ${'x^-'.repeat(900)}x`)).toContain('nested too deeply');
    expect(messageOf(`y ~ ${'x+'.repeat(4_900)}x`)).toContain('more than 3,000 names, numbers and signs');
    expect(messageOf(`y ~ ${'x+'.repeat(1_490)}x`)).toBe('it was read');
  });
});
