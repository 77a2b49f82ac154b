import { stat } from 'node:fs/promises';
import { openPages } from '#main/files/open-pages.ts';
import { openRows } from '#main/files/open-rows.ts';
import type { RowPages } from '#main/files/row-pages.ts';
import type { Dialect } from '#shared/contract/import-preview.ts';
import { ExpectedError } from '#shared/domain/result.ts';

/** Files open at a time: the one that is looked at, and the same one read otherwise. */
const mostOpen = 2;

type OpenPages = { readonly key: string; readonly pages: RowPages; readonly version: string };

async function versionOf(file: string): Promise<string> {
  const status = await stat(file).catch(() => null);
  if (!status) {
    throw new ExpectedError(
      'NO_SUCH_FILE',
      'The file is not there any more.',
      'Nothing of it was kept. Choose it again where it lies now.',
    );
  }
  return `${status.size} ${status.mtimeMs}`;
}

/** The files that are open for preview, the one asked for last at the end. */
export class OpenFiles {
  #open: Promise<OpenPages>[] = [];
  #keys: string[] = [];
  readonly #headers = new Map<string, Promise<readonly string[]>>();

  #turn: Promise<unknown> = Promise.resolve();

  /**
   * @throws ExpectedError DIFFERENT where the file has changed since it was opened; it is then opened anew by the next call
   */
  pagesOf(file: string, dialect: Dialect): Promise<RowPages> {
    const next = this.#turn.then(() => this.#pagesOf(file, dialect));
    this.#turn = next.catch(() => undefined);
    return next;
  }

  async #pagesOf(file: string, dialect: Dialect): Promise<RowPages> {
    const key = JSON.stringify([file, dialect.encoding, dialect.delimiter, dialect.sheet]);
    const version = await versionOf(file);
    const at = this.#keys.indexOf(key);
    const known = at < 0 ? null : await (this.#open[at] as Promise<OpenPages>);
    if (known && known.version === version) return known.pages;
    if (known) {
      await this.closeAll();
      throw new ExpectedError(
        'DIFFERENT',
        'The file has changed since it was looked at.',
        'Nothing of it was kept. Look at it again.',
      );
    }
    while (this.#keys.length >= mostOpen) await this.#closeFirst();
    const opening = openPages(file, dialect).then((pages) => ({ key, pages, version }));
    this.#keys.push(key);
    this.#open.push(opening);
    try {
      return (await opening).pages;
    } catch (error) {
      this.#keys.pop();
      this.#open.pop();
      throw error;
    }
  }

  /** Names of the columns, as the import will take them. */
  headerOf(file: string, dialect: Dialect): Promise<readonly string[]> {
    const key = JSON.stringify([file, dialect]);
    let found = this.#headers.get(key);
    if (!found) {
      found = readHeader(file, dialect);
      this.#headers.set(key, found);
      found.catch(() => this.#headers.delete(key));
    }
    return found;
  }

  async closeAll(): Promise<void> {
    this.#headers.clear();
    while (this.#keys.length > 0) await this.#closeFirst();
  }

  async #closeFirst(): Promise<void> {
    this.#keys.shift();
    const opened = await this.#open.shift()?.catch(() => null);
    await opened?.pages.close();
  }
}

async function readHeader(file: string, dialect: Dialect): Promise<readonly string[]> {
  const rows = await openRows(file, dialect);
  await rows.close();
  return rows.header;
}
