import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomStream } from '../../src-shared/domain/random.ts';
import { ExpectedError } from '../../src-shared/domain/result.ts';
import { type FuzzedReader, fuzzedReaders } from './readers.ts';
import type { ChildTask, InputOutcome } from './run.ts';

/** Reads one mutated input after another and tells the parent of each, which ends it where one takes too long. */

const kibibyte = 1024;

process.on('message', (task: ChildTask) => {
  work(task).then(
    () => process.exit(0),
    (error: unknown) => process.stderr.write(faultOf(error), () => process.exit(1)),
  );
});

async function work({ name, seed, from, to, folder }: ChildTask): Promise<void> {
  const reader: FuzzedReader = fuzzedReaders[name];
  const path = join(folder, `input.${reader.extension}`);
  for (let index = from; index < to; index += 1) {
    writeFileSync(path, await reader.make(randomStream(seed, `${name} ${index}`)));
    process.send?.({ index, begun: true } satisfies InputOutcome);
    const start = performance.now();
    const found = await reader.read(path, folder).then(
      () => 'read',
      (error: unknown) => (error instanceof ExpectedError ? error.error.code : faultOf(error)),
    );
    const peakBytes = process.resourceUsage().maxRSS * kibibyte;
    const outcome: InputOutcome = { index, begun: false, found, ms: performance.now() - start, peakBytes };
    // Waits until it is on its way, so that the parent knows the last input before an end without a word.
    await new Promise((resolve) => process.send?.(outcome, resolve));
  }
}

function faultOf(error: unknown): string {
  return `FAULT ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
