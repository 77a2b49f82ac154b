/** An expression of a formula; `at` is its place in the text, from 0. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'name'; readonly name: string; readonly at: number }
  | { readonly kind: 'unary'; readonly operator: '-' | '+'; readonly operand: Expression; readonly at: number }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  | { readonly kind: 'group'; readonly inner: Expression; readonly at: number }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[]; readonly at: number };

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | ':'
  | '^'
  | '|'
  | '||'
  | '%in%'
  | '>'
  | '<'
  | '>='
  | '<='
  | '=='
  | '!=';

/** Names of the columns that an expression uses, in order of appearance. */
export function columnsOf(expression: Expression): string[] {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'name':
      return [expression.name];
    case 'unary':
      return columnsOf(expression.operand);
    case 'group':
      return columnsOf(expression.inner);
    case 'binary':
      return [...columnsOf(expression.left), ...columnsOf(expression.right)];
    case 'call':
      return expression.arguments.flatMap(columnsOf);
  }
}

const plainName = /^((([A-Za-z]|[.][._A-Za-z])[._A-Za-z0-9]*)|[.])$/;
const reserved = new Set([
  'if',
  'else',
  'repeat',
  'while',
  'function',
  'for',
  'next',
  'break',
  'in',
  'TRUE',
  'FALSE',
  'NULL',
  'NA',
  'Inf',
  'NaN',
]);

/** A name as R writes it in a call: in backticks where it is not syntactic. */
export function quotedName(name: string): string {
  return plainName.test(name) && !reserved.has(name)
    ? name
    : `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}

const tight = new Set(['^', ':', '/']);

/** How R writes an expression: the label of a variable (`deparse`); a name that is not syntactic in backticks. */
export function label(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return writtenNumber(expression.value);
    case 'name':
      return quotedName(expression.name);
    case 'unary':
      return `${expression.operator}${label(expression.operand)}`;
    case 'group':
      return `(${label(expression.inner)})`;
    case 'binary': {
      const gap = tight.has(expression.operator) ? '' : ' ';
      return `${label(expression.left)}${gap}${expression.operator}${gap}${label(expression.right)}`;
    }
    case 'call':
      return `${expression.name}(${expression.arguments.map(label).join(', ')})`;
  }
}

function writtenNumber(value: number): string {
  const text = String(Number(value.toPrecision(15)));
  if (/^[1-9]0{5,}$/.test(text))
    return `1e+${String(text.length - 1).padStart(2, '0')}`.replace(/^1/, text[0] as string);
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}
