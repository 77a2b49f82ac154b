import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { main } from '#main/cli/main.ts';
import { temporaryFolder } from './test-vault.ts';

const folder = temporaryFolder('stats');
const data = join(folder, 'data.csv');
writeFileSync(data, 'x,shift,label,only\n1,day,a,1\n2,night,b,1\n4,day,3b,1\n,day,c,1\nInf,night,d,1\n');

type Run = { readonly exit: number; readonly out: string; readonly err: string };

async function stats(procedure: string, spec: unknown, ...more: string[]): Promise<Run> {
  const file = join(folder, 'spec.json');
  writeFileSync(file, typeof spec === 'string' ? spec : JSON.stringify(spec));
  let out = '';
  let err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
  const given =
    more.includes('--data') || more.includes('--no-data')
      ? more.filter((word) => word !== '--no-data')
      : ['--data', data, ...more];
  const exit = await main(['stats', procedure, '--spec', file, ...given]);
  vi.restoreAllMocks();
  return { exit, out, err };
}

afterEach(() => vi.restoreAllMocks());

describe('tidemark stats', () => {
  it('prints a table for people, one object for programs, and writes a file', async () => {
    expect((await stats('describe', { columns: ['only'], by: 'shift' })).out).toContain('describe: n = 5');
    const { exit, out } = await stats('describe', { columns: ['only'] }, '--json');
    const result = JSON.parse(out) as Record<string, unknown>;
    expect([exit, result['procedure'], result['n'], result['excluded']]).toEqual([0, 'describe', 5, 0]);
    expect(result['r']).toContain('read.csv("data.csv"');
    const file = join(folder, 'out.json');
    await stats('describe', { columns: ['only'] }, '--out', file);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(result);
  });

  it.each([
    ['nothing', {}, 2, 'UNKNOWN_PROCEDURE', 'There is no procedure “nothing”.'],
    ['glm', '{"formula": ', 3, 'BAD_SPEC', 'The spec is not JSON'],
    ['glm', '[1]', 3, 'BAD_SPEC', 'The spec is not a JSON object.'],
    ['glm', {}, 3, 'BAD_SPEC', '“formula” in the spec of glm is not of its form'],
    ['glm', { formula: 'x ~ shift', extra: 1 }, 3, 'BAD_SPEC', 'extra'],
    ['glm', { formula: 'x ~ shift +' }, 3, 'BAD_SPEC', 'at character 12'],
    ['glm', { formula: 'x ~ shifts' }, 3, 'BAD_COLUMN', 'there is no column “shifts”'],
    ['glm', { formula: 'label ~ shift' }, 3, 'BAD_COLUMN', 'row 1 holds “a”'],
    ['glm', { formula: 'x ~ shift' }, 3, 'BAD_COLUMN', '“x” holds an infinite value in row 5'],
    ['glm', { formula: 'only ~ shift', confidence: 1 }, 3, 'BAD_SPEC', 'confidence'],
  ])('%s with %j ends with %i %s', async (procedure, spec, exit, code, words) => {
    const json = await stats(procedure, spec, '--json');
    const { error } = JSON.parse(json.out) as { readonly error: Record<string, string> };
    expect([json.exit, error['code']]).toEqual([exit, code]);
    expect(error['message']).toContain(words);
    expect(error['hint']).not.toBe('');
    const text = await stats(procedure, spec);
    expect([text.exit, text.out]).toEqual([exit, '']);
    expect(text.err).toContain(words);
    expect(text.err).not.toContain('    at ');
  });

  it('refuses a file that is not there, none where one is needed, and a missing spec', async () => {
    const gone = await stats('describe', { columns: ['x'] }, '--data', join(folder, 'gone.csv'));
    expect([gone.exit, existsSync(join(folder, 'gone.csv'))]).toEqual([3, false]);
    expect((await stats('describe', { columns: ['x'] }, '--no-data')).exit).toBe(2);
    expect(await main(['stats', 'describe', '--json'])).toBe(2);
  });
});
