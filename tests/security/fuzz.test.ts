import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { fuzzedNames } from '../../scripts/fuzz/readers.ts';
import { longestMs, mostBytes, runFuzz } from '../../scripts/fuzz/run.ts';
import { evidence } from './evidence.ts';

const out = mkdtempSync(join(tmpdir(), 'tidemark-fuzz-test-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

/** A slice of what `npm run fuzz` does; `TIDEMARK_FUZZ=10000` for all of it. */
const count = Number(process.env['TIDEMARK_FUZZ'] ?? '150');

it.each(fuzzedNames)('%s: a mutated input is a table or a refusal in words, in time and memory', async (name) => {
  const result = await runFuzz({ name, count, seed: 20_261, out });
  expect(result.failures).toEqual([]);
  expect([...result.outcomes.values()].reduce((sum, one) => sum + one, 0)).toBe(count);
  expect(result.outcomes.get('read')).toBeGreaterThan(0);
  expect(result.outcomes.size).toBeGreaterThan(1);
  expect(result.worstMs).toBeLessThan(longestMs);
  expect(result.worstBytes).toBeLessThan(mostBytes);
  evidence(
    5,
    name,
    `${count.toLocaleString('en-GB')} mutated inputs: no crash, longest ${(result.worstMs / 1_000).toFixed(2)} s, most ${Math.round(result.worstBytes / 2 ** 20)} MiB`,
  );
});
