/** How a code of an incident is compared: composed, in capitals, spaces as one and none around it. */
export function comparableCode(code: string): string {
  return code.normalize('NFC').replace(/\s+/g, ' ').trim().toUpperCase();
}

/** The codes of one incident. Closing codes count where there are any, the opening code only where there are none. */
export type CodeSet = { readonly opened: string | null; readonly closed: readonly string[] };

export type CodePlace = 'opened' | 'closed';

/** The codes of an incident that rules are asked about, and where they stand. */
export function countingCodes({ opened, closed }: CodeSet): {
  readonly place: CodePlace;
  readonly codes: readonly string[];
} {
  if (closed.length > 0) return { place: 'closed', codes: closed };
  return { place: 'opened', codes: opened === null ? [] : [opened] };
}
