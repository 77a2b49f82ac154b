import type { RandomStream } from '../../src-shared/domain/random.ts';
import { pick, troublesome } from './mutate-text.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const values: readonly Json[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1,
  0.5,
  2,
  1e308,
  -1e308,
  1e-308,
  2 ** 53,
  1e6,
  '',
  'a',
  [],
  {},
  [null],
  [[]],
  [1, 'a', null],
  { a: { b: { c: [] } } },
  'x'.repeat(5_000),
  Array.from({ length: 200 }, (_, index) => index),
];

/** One change somewhere within a JSON value; `words` are names and values that mean something in the format. */
export function mutateJson(random: RandomStream, value: Json, words: readonly string[]): Json {
  const isBranch = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  if (!isBranch || random.nextUniform() < 0.06) return replacement(random, value, words);
  if (Array.isArray(value)) {
    const at = random.nextBelow(value.length);
    if (random.nextUniform() < 0.2) return [...value, ...value.slice(at)];
    if (random.nextUniform() < 0.2) return value.filter((_, index) => index !== at);
    return value.map((item, index) => (index === at ? mutateJson(random, item, words) : item));
  }
  const key = pick(random, Object.keys(value));
  const entries = Object.entries(value);
  const way = random.nextBelow(16);
  // Not by a literal: `__proto__` has to become a key of its own.
  if (way === 0) return Object.fromEntries(entries.filter(([name]) => name !== key));
  if (way === 1)
    return Object.fromEntries(
      entries.map(([name, item]) => [name === key ? pick(random, [...words, ...troublesome]) : name, item]),
    );
  if (way === 2)
    return Object.fromEntries([
      ...entries,
      [pick(random, [...words, ...troublesome]), replacement(random, null, words)],
    ]);
  return Object.fromEntries(
    entries.map(([name, item]) => [name, name === key ? mutateJson(random, item, words) : item]),
  );
}

function replacement(random: RandomStream, value: Json, words: readonly string[]): Json {
  if (typeof value === 'number' && random.nextUniform() < 0.85) {
    return pick(random, [value + 1, -value, value * 1e6, value / 1e6, Math.round(value), value + 0.5]);
  }
  if (typeof value === 'string' && random.nextUniform() < 0.9) {
    const at = random.nextBelow(value.length + 1);
    const word = pick(random, [...words, ...troublesome]);
    return pick(random, [
      word,
      word,
      word,
      value.slice(0, at) + word + value.slice(at),
      value.slice(at),
      value.repeat(50),
    ]);
  }
  return random.nextUniform() < 0.5 ? pick(random, values) : pick(random, [...words, ...troublesome]);
}
