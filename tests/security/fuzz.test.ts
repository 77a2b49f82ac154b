import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { fuzzedNames } from '../../scripts/fuzz/readers.ts';
import { longestMs, mostBytes, runFuzz } from '../../scripts/fuzz/run.ts';

const out = mkdtempSync(join(tmpdir(), 'tidemark-fuzz-test-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

// A slice of what `npm run fuzz` does: 10,000 of each.
it.each(fuzzedNames)('%s: a mutated input is a table or a refusal in words, in time and memory', async (name) => {
  const result = await runFuzz({ name, count: 150, seed: 20_261, out });
  expect(result.failures).toEqual([]);
  expect([...result.outcomes.values()].reduce((sum, count) => sum + count, 0)).toBe(150);
  expect(result.outcomes.get('read')).toBeGreaterThan(0);
  expect(result.outcomes.size).toBeGreaterThan(1);
  expect(result.worstMs).toBeLessThan(longestMs);
  expect(result.worstBytes).toBeLessThan(mostBytes);
});
