/** Row from 1 and column from 0 of a reference such as `AB12`; null for what is none. */
export function cellPlace(reference: string): { readonly row: number; readonly column: number } | null {
  let column = 0;
  let at = 0;
  for (; at < reference.length && at < 4; at += 1) {
    const letter = (reference.charCodeAt(at) | 32) - 96;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  let row = 0;
  for (let digit = at; digit < reference.length; digit += 1) {
    const value = reference.charCodeAt(digit) - 48;
    if (value < 0 || value > 9 || row > 1e8) return null;
    row = row * 10 + value;
  }
  return at === 0 || column === 0 || row === 0 ? null : { row, column: column - 1 };
}
