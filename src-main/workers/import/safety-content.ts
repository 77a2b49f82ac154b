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
};

/** All boxes are of one length, so that the size of one says nothing about the answer in it. */
const contentLength = 512;

const half = (text: string): string => text.slice(0, Math.floor(text.length / 2));

/**
 * JSON padded with spaces to one length. References too long for it, which no sound row has, are cut and never the answer.
 */
export function safetyContent(content: SafetyContent): Buffer {
  const padded = Buffer.alloc(contentLength, ' ');
  let { reference, household = '', member = '' } = content;
  let text = JSON.stringify(content);
  while (Buffer.byteLength(text) > contentLength) {
    const longest = Math.max(reference.length, household.length, member.length);
    if (member.length === longest) member = half(member);
    else if (reference.length === longest) reference = half(reference);
    else household = half(household);
    const family = content.household === undefined ? {} : { household, member };
    text = JSON.stringify({ ...content, reference, ...family });
  }
  padded.write(text);
  return padded;
}
