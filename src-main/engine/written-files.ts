import { join } from 'node:path';
import { z } from 'zod';
import { isStillFile } from '#main/services/host-files/index.ts';
import type { OpenWritten, OutputOf } from '#shared/contract/index.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';

const requestSchema = z.strictObject({
  folder: z.string().min(1).max(4_096),
  name: z.string().min(1).max(255),
  how: z.enum(['open', 'folder']),
});

/** What may be opened with the program that the system has for it; anything else is only shown where it lies. */
const readable = /\.(?:pdf|docx|html)$/;

/** Opens a file with the system’s program for it, or shows it where it lies; false where the system could not. */
export type Opener = (path: string, how: OpenWritten['how']) => Promise<boolean>;

/**
 * The files that reports were written to since the vault was unlocked. A host opens these and nothing else: what a page asks
 * for is looked up here, never taken as a path, and a file that is no longer what was written is not opened.
 */
export class WrittenFiles {
  readonly #hashes = new Map<string, string>();
  readonly #open: Opener;
  #isOpening = false;

  constructor(open: Opener) {
    this.#open = open;
  }

  /** Looks at every call that the engine answered. */
  note(operation: string, result: Result<unknown>): void {
    if (!result.ok || (operation !== 'reports.build' && operation !== 'bundles.pool')) return;
    const { folder, files } = result.value as OutputOf<'reports.build'> | OutputOf<'bundles.pool'>;
    if (folder === null) return;
    for (const { name, sha256 } of files) this.#hashes.set(join(folder, name), sha256);
  }

  forget(): void {
    this.#hashes.clear();
  }

  async open(request: unknown): Promise<Result<null>> {
    const parsed = requestSchema.safeParse(request);
    const path = parsed.success ? join(parsed.data.folder, parsed.data.name) : '';
    const sha256 = this.#hashes.get(path);
    if (!parsed.success || sha256 === undefined) {
      return fail(
        'FORBIDDEN',
        'Only files of a report that was built since the vault was unlocked are opened from here.',
        'Nothing was opened. Open it from its folder.',
      );
    }
    const { how } = parsed.data;
    if (how === 'open' && !readable.test(path)) {
      return fail('FORBIDDEN', 'That file is not opened from here.', 'Nothing was opened. Show it in its folder.');
    }
    if (!isStillFile(path, sha256)) {
      return fail(
        'BAD_FILE',
        'The file is not there any more, or is not the one that was written.',
        'Nothing was opened. Build the report again.',
      );
    }
    if (this.#isOpening) return ok(null);
    this.#isOpening = true;
    try {
      if (await this.#open(path, how)) return ok(null);
    } finally {
      this.#isOpening = false;
    }
    return fail(
      'BAD_INPUT',
      'This machine could not open the file.',
      `Nothing was changed. It is at ${path}; open it from there.`,
    );
  }
}
