import { Buffer } from 'node:buffer';

/** What a clinician is told of one answer to a safety item. */
export type SafetyContent = {
  readonly answer: 'raised' | 'clear' | 'not seen';
  readonly value: number | null;
  readonly row: number;
  readonly reference: string;
  /** Where a family answered: its household as the file names it and who of it, for only an officer has a reference. */
  readonly household?: string;
  readonly member?: string;
  /** Where safeguarding was raised with a peer: whom it was raised with and by, as the file names them. */
  readonly volunteer?: string;
  readonly requester?: string;
};

/** All boxes are of one length, so that the size of one says nothing about the answer in it. */
const contentLength = 512;

const half = (text: string): string => text.slice(0, Math.floor(text.length / 2));

/**
 * JSON padded with spaces to one length. References too long for it, which no sound row has, are cut and never the answer.
 */
export function safetyContent(content: SafetyContent): Buffer {
  const padded = Buffer.alloc(contentLength, ' ');
  const names = new Map(
    (['reference', 'household', 'member', 'volunteer', 'requester'] as const)
      .filter((name) => content[name] !== undefined)
      .map((name) => [name, content[name] ?? '']),
  );
  let text = JSON.stringify(content);
  while (Buffer.byteLength(text) > contentLength) {
    const [longest, value] = [...names].reduce((most, next) => (next[1].length > most[1].length ? next : most));
    names.set(longest, half(value));
    text = JSON.stringify({ ...content, ...Object.fromEntries(names) });
  }
  padded.write(text);
  return padded;
}
