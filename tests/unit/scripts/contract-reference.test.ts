import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contract, operationNames } from '#shared/contract/index.ts';
import { extractKinds } from '#shared/domain/extract-kinds/index.ts';
import { condense, type JsonSchema } from '../../../scripts/contract/condense.ts';
import { extractsReference } from '../../../scripts/contract/extracts.ts';
import { contractReference } from '../../../scripts/contract/reference.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/contract.md'), 'utf8');

describe('docs/contract.md', () => {
  it('is what `npm run reference` writes', () => {
    expect(page).toBe(contractReference(contract));
  });

  it('has every operation once', () => {
    const headings = [...page.matchAll(/^## (\S+)$/gm)].map((match) => match[1]);
    expect(headings).toEqual(operationNames);
  });
});

describe('docs/extracts.md', () => {
  it('is what `npm run reference` writes', () => {
    const extracts = readFileSync(join(import.meta.dirname, '../../../docs/extracts.md'), 'utf8');
    expect(extracts).toBe(extractsReference(extractKinds));
  });
});

describe('condensing a type', () => {
  const inputOf = (type: z.ZodType) => condense(z.toJSONSchema(type, { io: 'input' }) as JsonSchema);

  it.each([
    [z.string().min(1).max(4_096), 'string (1 to 4,096 characters)'],
    [z.string().regex(/^a+$/), 'string (matching ^a+$)'],
    [z.number().int(), 'integer'],
    [z.number().int().positive(), 'integer (above 0)'],
    [z.number().gt(0).lt(1), 'number (above 0, below 1)'],
    [z.number().min(0).max(1).nullable(), 'number (0 to 1) | null'],
    [z.enum(['a', 'b']), '"a" | "b"'],
    [z.array(z.enum(['a', 'b'])).max(3), '("a" | "b")[] (at most 3 items)'],
    [z.array(z.string()), 'string[]'],
    [z.array(z.number().nullable()), '(number | null)[]'],
    [z.tuple([z.string(), z.literal(2)]), '[string, 2]'],
    [z.strictObject({}), '{}'],
    [z.record(z.string(), z.boolean()), '{\n  [string]: boolean\n}'],
    [z.strictObject({ a: z.strictObject({ b: z.unknown() }).optional() }), '{\n  a?: {\n    b: anything\n  }\n}'],
    [z.looseObject({ a: z.null() }), '{\n  a: null\n  [string]: anything\n}'],
  ])('%#: %s', (type, expected) => {
    expect(inputOf(type)).toBe(expected);
  });
});
