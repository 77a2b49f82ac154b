import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FuzzedName, fuzzedNames } from './fuzz/readers.ts';
import { type FuzzResult, longestMs, mostBytes, runFuzz } from './fuzz/run.ts';

/**
 * `npm run fuzz [-- --reader=csv,xlsx] [-- --count=10000] [-- --seed=1] [-- --out=DIR]`: mutated inputs to every reader. What
 * comes of one is a table or a refusal in words; a crash, a fault, more than 5 s or 512 MiB is a failure, and its input is kept.
 */
const argument = (name: string): string | undefined =>
  process.argv.find((given) => given.startsWith(`--${name}=`))?.slice(name.length + 3);

process.exitCode = await main();

async function main(): Promise<number> {
  const names = (argument('reader') ?? fuzzedNames.join(',')).split(',');
  const unknown = names.filter((name) => !(fuzzedNames as readonly string[]).includes(name));
  const count = Number(argument('count') ?? 10_000);
  const seed = Number(argument('seed') ?? 1);
  if (unknown.length > 0 || !Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed) || seed < 0) {
    process.stderr.write(`The readers are ${fuzzedNames.join(', ')}; count and seed are whole numbers.\n`);
    return 2;
  }
  const out = argument('out') ?? join(tmpdir(), 'tidemark-fuzz-failures');
  const results: FuzzResult[] = [];
  for (const name of names as FuzzedName[]) {
    const started = performance.now();
    const result = await runFuzz({ name, count, seed, out });
    results.push(result);
    process.stdout.write(`${lineOf(result, (performance.now() - started) / 1_000)}\n`);
    for (const { index, why, file } of result.failures) process.stdout.write(`    ${index}: ${why}\n      ${file}\n`);
  }
  return results.every((result) => result.failures.length === 0) ? 0 : 1;
}

function lineOf({ name, inputs, outcomes, worstMs, worstBytes, failures }: FuzzResult, seconds: number): string {
  const found = [...outcomes].sort((a, b) => b[1] - a[1]).map(([code, count]) => `${code} ${count}`);
  const bars = `longest ${Math.round(worstMs)} ms of ${longestMs}, most memory ${Math.round(worstBytes / 1024 ** 2)} MiB of ${mostBytes / 1024 ** 2}`;
  return `${failures.length === 0 ? 'met ' : 'MISS'}  ${name}: ${inputs} inputs in ${Math.round(seconds)} s, ${failures.length} failures; ${bars}\n      ${found.join(', ')}`;
}
