import type { Progress } from '#shared/contract/index.ts';
import type { AppError } from '#shared/domain/result.ts';

/** What a command has to say: an object for programs, lines for people. */
export type Answer = {
  readonly json: unknown;
  readonly text: readonly string[];
  /** Set where the command did its work and the answer itself is the failure (`verify` found differences). */
  readonly exitCode?: number;
};

export function printAnswer(answer: Answer, asJson: boolean): void {
  process.stdout.write(asJson ? `${JSON.stringify(answer.json)}\n` : `${answer.text.join('\n')}\n`);
}

/** Errors go to standard output as JSON when asked for, to standard error in words otherwise. */
export function printError(error: AppError, asJson: boolean, debug: boolean): void {
  const { code, message, hint, params } = error;
  if (asJson) {
    const wait = params['retryAfterSeconds'];
    const more = wait === undefined ? {} : { retryAfterSeconds: wait };
    process.stdout.write(`${JSON.stringify({ error: { code, message, hint, ...more } })}\n`);
  } else {
    process.stderr.write(`${message}\n${hint === '' ? '' : `${hint}\n`}(${code})\n`);
  }
  if (debug && typeof params['stack'] === 'string') process.stderr.write(`${params['stack']}\n`);
}

export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** One line of progress that rewrites itself; silent where nobody watches. */
export function showProgress(progress: Progress): void {
  if (!process.stderr.isTTY) return;
  const { stage, done, total, unit } = progress;
  const share = total === null || total === 0 ? '' : ` ${Math.floor((100 * done) / total)}%`;
  const amount = unit === 'bytes' ? `${(done / 1024 ** 2).toFixed(0)} MiB` : `${done.toLocaleString('en-GB')} ${unit}`;
  process.stderr.write(`\r\u001b[K${stage}:${share} ${amount}`);
}

export function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}
