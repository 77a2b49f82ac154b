/** The part of JSON Schema that the contract's types come to. */
export type JsonSchema = {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema | false;
  readonly prefixItems?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
};

const step = '  ';

/** A schema in the notation of types, with its bounds behind it: `string (1 to 200 characters)`. */
export function condense(schema: JsonSchema, indent = ''): string {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map((choice) => condense(choice, indent)).join(' | ');
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const { type } = schema;
  if (typeof type === 'object') return type.map((each) => condense({ ...schema, type: each }, indent)).join(' | ');
  switch (type) {
    case 'object':
      return objectOf(schema, indent);
    case 'array':
      return arrayOf(schema, indent);
    case 'string':
      return bounded('string', textBounds(schema));
    case 'integer':
    case 'number':
      return bounded(type, numberBounds(schema));
    case 'boolean':
    case 'null':
      return type;
    case undefined:
      return 'anything';
    default:
      throw new Error(`The reference page has no words for the type ${type}.`);
  }
}

function objectOf(schema: JsonSchema, indent: string): string {
  const properties = Object.entries(schema.properties ?? {});
  const rest = schema.additionalProperties;
  const inner = indent + step;
  const lines = properties.map(([name, property]) => {
    const optional = schema.required?.includes(name) ? '' : '?';
    return `${inner}${name}${optional}: ${condense(property, inner)}`;
  });
  if (typeof rest === 'object' && Object.keys(rest).length > 0) {
    const key = schema.propertyNames ? condense(schema.propertyNames, inner) : 'string';
    lines.push(`${inner}[${key}]: ${condense(rest, inner)}`);
  } else if (rest !== false) {
    lines.push(`${inner}[string]: anything`);
  }
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`;
}

function arrayOf(schema: JsonSchema, indent: string): string {
  if (schema.prefixItems) return `[${schema.prefixItems.map((item) => condense(item, indent)).join(', ')}]`;
  const item = condense(schema.items || {}, indent);
  const bounds = between(schema.minItems, schema.maxItems, 'items');
  return bounded(`${/ \| |\)$/.test(item.split('\n')[0] ?? '') ? `(${item})` : item}[]`, bounds);
}

function textBounds({ minLength, maxLength, pattern, format }: JsonSchema): readonly string[] {
  return [
    ...between(minLength, maxLength, 'characters'),
    ...(format === undefined ? [] : [format]),
    ...(pattern === undefined ? [] : [`matching ${pattern}`]),
  ];
}

function numberBounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): readonly string[] {
  const safe = (value: number | undefined) =>
    value === undefined || Math.abs(value) === Number.MAX_SAFE_INTEGER ? undefined : value;
  const above = exclusiveMinimum === undefined ? [] : [`above ${exclusiveMinimum}`];
  const below = exclusiveMaximum === undefined ? [] : [`below ${exclusiveMaximum}`];
  return [...above, ...below, ...between(safe(minimum), safe(maximum), '')];
}

function between(low: number | undefined, high: number | undefined, unit: string): readonly string[] {
  const number = (value: number) => value.toLocaleString('en-GB');
  const said = (words: string) => [unit === '' ? words : `${words} ${unit}`];
  if (low !== undefined && high !== undefined)
    return said(low === high ? number(low) : `${number(low)} to ${number(high)}`);
  if (low !== undefined) return said(`at least ${number(low)}`);
  return high === undefined ? [] : said(`at most ${number(high)}`);
}

function bounded(type: string, bounds: readonly string[]): string {
  return bounds.length === 0 ? type : `${type} (${bounds.join(', ')})`;
}
