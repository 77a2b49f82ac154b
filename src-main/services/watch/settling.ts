import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { type FileMark, sameMark } from './scan-folder.ts';

/** Times longer that a file must be left alone whose end looks as if more were to come. */
const cautious = 5;
const mostCautiousMs = 30_000;
const textEndings = new Set(['.csv', '.tsv', '.txt', '.tab', '']);

/**
 * Tells when a file was last seen to change. Its own time of change is not trusted: copies carry that of the original, and
 * drives on a network tell it coarsely or late.
 */
export class Settling {
  #mark: FileMark;
  #sinceMs: number;

  constructor(mark: FileMark, nowMs: number) {
    this.#mark = mark;
    this.#sinceMs = nowMs;
  }

  get mark(): FileMark {
    return this.#mark;
  }

  /** Notes how the file looks at a time; true where it has changed. */
  see(mark: FileMark, nowMs: number): boolean {
    if (sameMark(mark, this.#mark)) return false;
    this.#mark = mark;
    this.#sinceMs = nowMs;
    return true;
  }

  /** Asks for another rest from this time on. */
  restart(nowMs: number): void {
    this.#sinceMs = nowMs;
  }

  /** Milliseconds for which it has not changed. */
  restingMs(nowMs: number): number {
    return nowMs - this.#sinceMs;
  }
}

/** How long a file must rest: longer where it is empty, or a text that breaks off in the middle of a line. */
export function restNeededMs(settleMs: number, endsWhole: boolean): number {
  return endsWhole ? settleMs : Math.max(settleMs, Math.min(settleMs * cautious, mostCautiousMs));
}

/** Whether a file ends as a finished one does. Only of text can that be told. */
export async function endsWhole(path: string, bytes: number): Promise<boolean> {
  if (bytes === 0) return false;
  if (!textEndings.has(extname(path).toLowerCase())) return true;
  const handle = await open(path, 'r');
  try {
    const end = Buffer.alloc(Math.min(2, bytes));
    await handle.read(end, 0, end.length, bytes - end.length);
    return end.includes(0x0a) || end.includes(0x0d);
  } finally {
    await handle.close();
  }
}
