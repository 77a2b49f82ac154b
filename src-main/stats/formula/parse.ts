import { ExpectedError } from '#shared/domain/result.ts';
import type { BinaryOperator, Expression } from './syntax.ts';

type Token = { readonly kind: 'number' | 'name' | 'symbol' | 'end'; readonly text: string; readonly at: number };

const longestFormula = 10_000;
const mostTokens = 3_000;
const deepest = 60;
const symbols = /^(%in%|\|\||>=|<=|==|!=|[~+\-*/:^|(),<>])/;
const numbers = /^(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?/;
const names = /^[\p{L}.][\p{L}\p{M}\p{N}._]*/u;

/** An error of a formula, with the formula and a mark under the place. */
export function formulaError(text: string, at: number, what: string): ExpectedError {
  const place = Math.min(Math.max(at, 0), text.length);
  const from = Math.max(0, place - 60);
  const shown = text.slice(from, place + 60).replace(/\s/g, ' ');
  return new ExpectedError(
    'BAD_SPEC',
    `The formula cannot be read at character ${place + 1}: ${what}.\n  ${shown}\n  ${' '.repeat(place - from)}^`,
    'Nothing was computed. A formula reads like y ~ x + factor(z) + a:b + log(x) + I(x^2) + (1|id).',
    { at: place + 1 },
  );
}

function tokenAt(rest: string): Pick<Token, 'kind' | 'text'> | null {
  for (const [kind, pattern] of [
    ['number', numbers],
    ['name', names],
    ['symbol', symbols],
  ] as const) {
    const text = pattern.exec(rest)?.[0];
    if (text !== undefined) return { kind, text };
  }
  return null;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const space = /^\s+/.exec(rest)?.[0];
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const quoted = /^`((?:[^`\\]|\\.)+)`/.exec(rest);
    if (quoted) {
      tokens.push({ kind: 'name', text: (quoted[1] as string).replace(/\\(.)/g, '$1'), at });
      at += quoted[0].length;
      continue;
    }
    const found = tokenAt(rest);
    if (!found) throw formulaError(text, at, `“${rest[0]}” has no meaning here`);
    tokens.push({ ...found, at });
    at += found.text.length;
  }
  const [tooMany] = tokens.slice(mostTokens);
  if (tooMany) throw formulaError(text, tooMany.at, 'it has more than 3,000 names, numbers and signs');
  tokens.push({ kind: 'end', text: '', at: text.length });
  return tokens;
}

/** How tightly each operator binds in R, loosest first. */
const binding: readonly (readonly string[])[] = [
  ['|', '||'],
  ['>', '<', '>=', '<=', '==', '!='],
  ['+', '-'],
  ['*', '/'],
  ['%in%'],
  [':'],
];

export type FormulaSides = { readonly text: string; readonly left: Expression | null; readonly right: Expression };

/**
 * Splits a formula in its two sides and reads each as an expression, with R's precedence of operators.
 * @throws ExpectedError BAD_SPEC that points at the place.
 */
export function parseSides(text: string): FormulaSides {
  if (text.length > longestFormula) throw formulaError(text, longestFormula, 'it is longer than 10,000 characters');
  const tokens = tokensOf(text);
  let next = 0;
  let depth = 0;
  const peek = (): Token => tokens[next] as Token;
  const take = (): Token => {
    const token = peek();
    next += 1;
    return token;
  };
  const expect = (symbol: string): void => {
    const token = take();
    if (token.text !== symbol || token.kind !== 'symbol') {
      throw formulaError(text, token.at, `“${symbol}” is missing${token.kind === 'end' ? ' at the end' : ''}`);
    }
  };

  const binary = (level: number): Expression => {
    const operators = binding[level];
    if (!operators) return unary();
    let left = binary(level + 1);
    while (peek().kind === 'symbol' && operators.includes(peek().text)) {
      const operator = take();
      left = {
        kind: 'binary',
        operator: operator.text as BinaryOperator,
        left,
        right: binary(level + 1),
        at: operator.at,
      };
    }
    return left;
  };
  const deeper = <T>(token: Token, inner: () => T): T => {
    depth += 1;
    if (depth > deepest) throw formulaError(text, token.at, 'it is nested too deeply');
    const found = inner();
    depth -= 1;
    return found;
  };
  const unary = (): Expression => {
    const token = peek();
    if (token.kind === 'symbol' && (token.text === '-' || token.text === '+')) {
      take();
      return { kind: 'unary', operator: token.text, operand: deeper(token, unary), at: token.at };
    }
    return power();
  };
  const power = (): Expression => {
    const base = primary();
    if (peek().kind !== 'symbol' || peek().text !== '^') return base;
    const operator = take();
    return { kind: 'binary', operator: '^', left: base, right: deeper(operator, unary), at: operator.at };
  };
  const primary = (): Expression => {
    const token = take();
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text), at: token.at };
    if (token.kind === 'name') return nameOrCall(token);
    if (token.text === '(') {
      const inner = deeper(token, () => binary(0));
      expect(')');
      return { kind: 'group', inner, at: token.at };
    }
    throw formulaError(
      text,
      token.at,
      token.kind === 'end'
        ? 'it ends where a column or a term should follow'
        : `“${token.text}” stands where a column or a term should`,
    );
  };
  const nameOrCall = (token: Token): Expression => {
    if (peek().text !== '(' || peek().kind !== 'symbol') return { kind: 'name', name: token.text, at: token.at };
    take();
    const given: Expression[] = [deeper(token, () => binary(0))];
    while (peek().text === ',') {
      take();
      given.push(deeper(token, () => binary(0)));
    }
    expect(')');
    return { kind: 'call', name: token.text, arguments: given, at: token.at };
  };

  const left = peek().text === '~' ? null : binary(0);
  if (peek().text !== '~') {
    throw formulaError(text, peek().at, peek().kind === 'end' ? 'there is no ~' : `“${peek().text}” was not expected`);
  }
  take();
  const right = binary(0);
  if (peek().kind !== 'end') throw formulaError(text, peek().at, `“${peek().text}” was not expected`);
  return { text, left, right };
}
