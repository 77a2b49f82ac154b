import type { InputOf } from '#shared/contract/index.ts';
import { createMemory } from '../../../bridge/memory.ts';
import { poolText as text } from './text.ts';

export type PoolForm = {
  readonly files: readonly string[];
  readonly keys: readonly { readonly force: string; readonly fingerprint: string }[];
  readonly trustFile: string;
  readonly title: string;
  readonly marking: string;
  /** In per cent. */
  readonly confidence: string;
  readonly folder: string;
};

export const poolMemory = createMemory<PoolForm>({
  ...{ files: [], keys: [], trustFile: '', folder: '', confidence: '95' },
  title: text.usualTitle,
  marking: text.usualMarking,
});

const leastBundles = 2;

/** Whether there is enough to pool: two bundles, and a key named in some way. */
export function isComplete({ files, keys, trustFile }: PoolForm): boolean {
  return files.length >= leastBundles && (keys.length > 0 || trustFile.trim() !== '');
}

/** What is asked of the engine; the report goes into the folder where it is to be written. */
export function poolInput(form: PoolForm, write: boolean): InputOf<'bundles.pool'> {
  const trust = form.trustFile.trim();
  return {
    files: [...form.files],
    spec: {
      trusted: Object.fromEntries(form.keys.map(({ force, fingerprint }) => [force, fingerprint])),
      confidence: Number(form.confidence) / 100,
      title: form.title.trim() || text.usualTitle,
      marking: form.marking.trim() || text.usualMarking,
    },
    trust: trust === '' ? null : trust,
    report: write ? form.folder.trim() : null,
    show: true,
  };
}

/** A key with one more force, or another key of a force that is there already. */
export function withKey(keys: PoolForm['keys'], force: string, fingerprint: string): PoolForm['keys'] {
  return [...keys.filter((key) => key.force !== force), { force, fingerprint }];
}
