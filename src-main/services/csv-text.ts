/**
 * Cells that a spreadsheet would run as a formula, by their first character (ASVS 5.0 1.2.10), full-width forms included.
 */
const formulaStart = /^[=+\-@\t\r\n\0＝＋－＠]/;

/** Text that a spreadsheet takes for text, whatever it begins with. */
export function inertText(text: string): string {
  return formulaStart.test(text) ? `'${text}` : text;
}

function cellText(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = inertText(value);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A CSV document (RFC 4180) for people and spreadsheets: texts that begin like a formula are made inert, numbers stay numbers. */
export function csvText(
  header: readonly string[],
  rows: readonly (readonly (string | number | boolean | null)[])[],
): string {
  return `${[header, ...rows].map((row) => row.map(cellText).join(',')).join('\r\n')}\r\n`;
}
