/**
 * One text for one value, so that its hash means something: keys in order of their UTF-16 code units, no spaces, numbers
 * as `JSON.stringify` writes them (as in RFC 8785, JSON Canonicalization Scheme).
 *
 * @throws TypeError naming the path of what JSON cannot hold: NaN, Infinity, undefined, functions, bigint, and objects that
 * are not plain.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$');
}

function write(value: unknown, path: string): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw refusal(path, String(value));
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    // By index, so that a hole is refused and not skipped.
    const items = Array.from({ length: value.length }, (_, index) => write(value[index], `${path}[${index}]`));
    return `[${items.join(',')}]`;
  }
  if (typeof value === 'object' && isPlain(value)) {
    const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${write(field, `${path}.${key}`)}`).join(',')}}`;
  }
  throw refusal(path, typeof value === 'object' ? 'an object that is not plain' : typeof value);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function refusal(path: string, what: string): TypeError {
  return new TypeError(`Canonical JSON cannot hold ${what} (at ${path}).`);
}
