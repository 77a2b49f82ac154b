import { Buffer } from 'node:buffer';

/** What a clinician is told of one answer to a safety item. */
export type SafetyContent = {
  readonly answer: 'raised' | 'clear' | 'not seen';
  readonly value: number | null;
  readonly row: number;
  readonly reference: string;
};

/** All boxes are of one length, so that the size of one says nothing about the answer in it. */
const contentLength = 512;

/**
 * JSON padded with spaces to one length. A reference too long for it, which no sound row has, is cut and never the answer.
 */
export function safetyContent(content: SafetyContent): Buffer {
  const padded = Buffer.alloc(contentLength, ' ');
  let { reference } = content;
  let text = JSON.stringify(content);
  while (Buffer.byteLength(text) > contentLength) {
    reference = reference.slice(0, Math.floor(reference.length / 2));
    text = JSON.stringify({ ...content, reference });
  }
  padded.write(text);
  return padded;
}
