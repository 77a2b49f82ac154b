import { type ChildProcess, fork } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FuzzedName, fuzzedReaders } from './readers.ts';

export type ChildTask = {
  readonly name: FuzzedName;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly folder: string;
};

export type InputOutcome =
  | { readonly index: number; readonly begun: true }
  | {
      readonly index: number;
      readonly begun: false;
      /** `read`, the code of an expected error, or `FAULT` with the place of it. */
      readonly found: string;
      readonly ms: number;
      /** Most memory that the process has had so far. */
      readonly peakBytes: number;
    };

export type FuzzOptions = {
  readonly name: FuzzedName;
  readonly count: number;
  readonly seed: number;
  /** Where inputs that fail are written. */
  readonly out: string;
  readonly progress?: (done: number) => void;
};

export type FuzzFailure = { readonly index: number; readonly why: string; readonly file: string };

export type FuzzResult = {
  readonly name: FuzzedName;
  readonly inputs: number;
  /** Inputs by what came of them. */
  readonly outcomes: ReadonlyMap<string, number>;
  readonly worstMs: number;
  readonly worstBytes: number;
  readonly failures: readonly FuzzFailure[];
};

export const longestMs = 5_000;
export const mostBytes = 512 * 1024 ** 2;
/** A process is replaced after so many inputs, so that what one leaves behind is not counted against a later one for ever. */
const inputsPerProcess = 500;

/** Reads mutated inputs in processes of their own, and keeps each that crashes, hangs, or takes too much time or memory. */
export async function runFuzz(options: FuzzOptions): Promise<FuzzResult> {
  const folder = mkdtempSync(join(tmpdir(), `tidemark-fuzz-${options.name}-`));
  const tally = new Tally(options, folder);
  try {
    let next = 0;
    while (next < options.count) {
      next = await runProcess(options, folder, next, Math.min(options.count, next + inputsPerProcess), tally);
      options.progress?.(next);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return tally.result;
}

class Tally {
  readonly #options: FuzzOptions;
  readonly #input: string;
  readonly #outcomes = new Map<string, number>();
  readonly #failures: FuzzFailure[] = [];
  #worstMs = 0;
  #worstBytes = 0;

  constructor(options: FuzzOptions, folder: string) {
    this.#options = options;
    this.#input = join(folder, `input.${fuzzedReaders[options.name].extension}`);
  }

  get result(): FuzzResult {
    return {
      name: this.#options.name,
      inputs: this.#options.count,
      outcomes: this.#outcomes,
      worstMs: this.#worstMs,
      worstBytes: this.#worstBytes,
      failures: this.#failures,
    };
  }

  add(outcome: InputOutcome & { readonly begun: false }, heldBefore: number): void {
    const fault = outcome.found.startsWith('FAULT');
    this.#count(fault ? 'FAULT' : outcome.found);
    this.#worstMs = Math.max(this.#worstMs, outcome.ms);
    this.#worstBytes = Math.max(this.#worstBytes, outcome.peakBytes);
    if (fault) this.fail(outcome.index, outcome.found);
    else if (outcome.ms > longestMs) this.fail(outcome.index, `took ${Math.round(outcome.ms)} ms`);
    else if (outcome.peakBytes > mostBytes && heldBefore <= mostBytes) {
      this.fail(outcome.index, `took ${Math.round(outcome.peakBytes / 1024 ** 2)} MiB`);
    }
  }

  /** An input that ended its process, or that the process was ended for. */
  end(index: number, why: string, ms: number): void {
    this.#count('FAULT');
    this.#worstMs = Math.max(this.#worstMs, ms);
    this.fail(index, why);
  }

  fail(index: number, why: string): void {
    const { name, seed, out } = this.#options;
    mkdirSync(out, { recursive: true });
    const file = join(out, `${name}-${seed}-${index}.${fuzzedReaders[name].extension}`);
    copyFileSync(this.#input, file);
    this.#failures.push({ index, why, file });
  }

  #count(found: string): void {
    this.#outcomes.set(found, (this.#outcomes.get(found) ?? 0) + 1);
  }
}

/** Runs inputs in one process; gives the first that is left for the next. */
function runProcess(
  { name, seed }: FuzzOptions,
  folder: string,
  from: number,
  to: number,
  tally: Tally,
): Promise<number> {
  const child = fork(join(import.meta.dirname, 'child.ts'), {
    execArgv: ['--max-old-space-size=384'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  child.send({ name, seed, from, to, folder } satisfies ChildTask);
  return watch(child, from, to, tally);
}

function watch(child: ChildProcess, from: number, to: number, tally: Tally): Promise<number> {
  let reading = -1;
  let done = from;
  let held = 0;
  let began = performance.now();
  let hung = false;
  let said = '';
  let clock: NodeJS.Timeout | undefined;
  child.stderr?.on('data', (piece: Buffer) => {
    said = `${said}${piece.toString('utf8')}`.slice(-4_000);
  });
  child.on('message', (outcome: InputOutcome) => {
    clearTimeout(clock);
    if (outcome.begun) {
      reading = outcome.index;
      began = performance.now();
      clock = setTimeout(() => {
        hung = true;
        child.kill('SIGKILL');
      }, longestMs * 2);
      return;
    }
    tally.add(outcome, held);
    held = outcome.peakBytes;
    done = outcome.index + 1;
    reading = -1;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearTimeout(clock);
      if (reading >= 0) {
        const why = hung ? `was not read in ${longestMs * 2} ms` : `ended the process (${signal ?? code}): ${said}`;
        tally.end(reading, why, performance.now() - began);
        done = reading + 1;
      } else if (done < to) {
        reject(new Error(`The process ended between two inputs (${signal ?? code}): ${said}`));
      }
      resolve(done);
    });
  });
}
