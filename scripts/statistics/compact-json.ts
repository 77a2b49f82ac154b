const widest = 118;
const digits = 10;

/** JSON for reading: what fits stands on one line, and numbers are cut to ten digits. */
export function compactJson(value: unknown, indent = '', before = 0): string {
  const flat = flatJson(value);
  if (indent.length + before + flat.length <= widest || typeof value !== 'object' || value === null) return flat;
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((item) => `${inner}${compactJson(item, inner)}`)
    : Object.entries(value).map(([key, item]) => {
        const name = `${JSON.stringify(key)}: `;
        return `${inner}${name}${compactJson(item, inner, name.length)}`;
      });
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

function flatJson(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(digits)));
  if (Array.isArray(value)) return `[${value.map(flatJson).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const parts = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${flatJson(item)}`);
  return `{ ${parts.join(', ')} }`;
}
