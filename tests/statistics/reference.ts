import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'reference');

/** The shared reference cases; tests that need them say that they were skipped where they are absent. */
export const hasReference = existsSync(folder);

export type ReferenceCase = {
  readonly options: Readonly<Record<string, unknown>>;
  readonly reference: never;
  readonly suggested_tolerance: { readonly rel: number };
};

export function referenceCase(id: string): ReferenceCase {
  return JSON.parse(readFileSync(join(folder, 'results', `${id}.json`), 'utf8')) as ReferenceCase;
}

export function referenceData(name: string): string {
  return readFileSync(join(folder, 'data', name), 'utf8');
}
