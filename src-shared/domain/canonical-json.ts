/**
 * JSON with one spelling: object keys in code-point order, no spaces, numbers as `JSON.stringify` writes them. Undefined
 * members are left out; a value that JSON cannot hold throws, naming its path.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$');
}

function write(value: unknown, path: string): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${path} is ${value}, which JSON cannot hold`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map((item, index) => write(item, `${path}[${index}]`)).join(',')}]`;
  }
  if (typeof value === 'object') {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) throw new TypeError(`${path} is not a plain object`);
    const members = value as Readonly<Record<string, unknown>>;
    const parts: string[] = [];
    for (const key of Object.keys(members).sort()) {
      const member = members[key];
      if (member !== undefined) parts.push(`${JSON.stringify(key)}:${write(member, `${path}.${key}`)}`);
    }
    return `{${parts.join(',')}}`;
  }
  throw new TypeError(`${path} is a ${typeof value}, which JSON cannot hold`);
}
