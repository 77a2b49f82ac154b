import { realpathSync, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { findWatchedFile, setWatchedState } from '#main/store/watched-files.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import type { WatchSettings } from '#shared/contract/watch.ts';
import { ExpectedError, fail, ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import type { OpenVault } from '../vault/index.ts';
import { listFiles } from './listing.ts';
import { readRemembered, writeRemembered } from './settings.ts';
import { VaultWatch, type WatchHost } from './vault-watch.ts';

const watches = new WeakMap<OpenVault, VaultWatch>();

/** Gives an unlocked vault its watching. `resume`: goes on with the folder that the vault remembers. */
export function attachWatch(vault: OpenVault, host: WatchHost, resume: boolean): void {
  const watch = new VaultWatch(vault, host);
  watches.set(vault, watch);
  if (resume) watch.resume();
}

export function watchOf(vault: OpenVault): VaultWatch {
  const watch = watches.get(vault);
  if (!watch) throw new Error('a vault without its watching');
  return watch;
}

/** After a call that may change what is to be done with waiting files. */
export function lookAgainAfter(vault: OpenVault, operation: string): void {
  const { watcher } = watchOf(vault);
  if (operation.startsWith('mappings.')) watcher?.lookAgain('mappings');
  if (operation.startsWith('imports.')) watcher?.lookAgain('batches');
}

function noFolder(): ExpectedError {
  return new ExpectedError(
    'NO_SUCH_FILE',
    'The folder to watch is not there, or is no folder.',
    'Nothing is watched there. Check the name, and that its drive is connected.',
  );
}

/** The folder by its own name, so that two ways to it are one. */
function folderOf(vault: OpenVault, given: string): string {
  let folder: string;
  try {
    folder = realpathSync(resolve(given));
    if (!statSync(folder).isDirectory()) throw noFolder();
  } catch {
    throw noFolder();
  }
  const own = realpathSync(vault.folder);
  if (folder === own || folder.startsWith(own + sep)) {
    throw new ExpectedError(
      'BAD_INPUT',
      'The folder of the vault itself cannot be watched.',
      'Nothing is watched there. Choose the folder that the extracts arrive in.',
    );
  }
  return folder;
}

function settingsOf(vault: OpenVault, asked: InputOf<'watch.once'>): WatchSettings {
  const { folder, settleSeconds = 2, allowRejects = 0 } = asked;
  return { folder: folderOf(vault, folder), settleSeconds, allowRejects };
}

export function watchState({ vault }: VaultContext): OutputOf<'watch.state'> {
  const { watcher } = watchOf(vault);
  const remembered = readRemembered(vault);
  const { on: _, ...kept } = remembered ?? { on: false };
  const settings = watcher?.settings ?? (remembered ? (kept as WatchSettings) : null);
  const state = watcher === null ? 'off' : watcher.trouble === null ? 'watching' : 'paused';
  return {
    state,
    why: watcher?.trouble?.reason ?? null,
    settings,
    lastLook: watcher?.lastLook ?? null,
    files: settings === null ? [] : listFiles(vault, settings.folder, watcher),
  };
}

export async function startWatching(
  context: VaultContext,
  { remember, ...asked }: InputOf<'watch.start'>,
): Promise<Result<OutputOf<'watch.start'>>> {
  const { vault } = context;
  const settings = settingsOf(vault, asked);
  const { settleSeconds, allowRejects, folder } = settings;
  await vault.writeGate.run(() =>
    vault.store.commit(doneEvent(context, 'watch.start', folder, { settleSeconds, allowRejects }), (transaction) => {
      if (remember !== false) writeRemembered(transaction, { ...settings, on: true });
    }),
  );
  await watchOf(vault).start(settings);
  return ok({ settings });
}

export async function stopWatching(context: VaultContext): Promise<Result<OutputOf<'watch.stop'>>> {
  const { vault } = context;
  const remembered = readRemembered(vault);
  await watchOf(vault).stop();
  await vault.writeGate.run(() =>
    vault.store.commit(doneEvent(context, 'watch.stop'), (transaction) => {
      if (remembered) writeRemembered(transaction, { ...remembered, on: false });
    }),
  );
  return ok({});
}

export async function watchOnce(
  context: VaultContext,
  asked: InputOf<'watch.once'>,
): Promise<Result<OutputOf<'watch.once'>>> {
  const watch = watchOf(context.vault);
  if (watch.watcher !== null) {
    return fail('BAD_INPUT', 'A folder is being watched already.', 'Nothing was done. Stop watching it first.');
  }
  return ok(await watch.newWatcher(settingsOf(context.vault, asked)).runOnce(context));
}

function noFile(): Result<never> {
  return fail(
    'NOT_FOUND',
    'There is no such file among the watched ones.',
    'Nothing was changed. Look at the list again.',
  );
}

export function retryWatched({ vault }: VaultContext, id: number | null): Result<OutputOf<'watch.retry'>> {
  const { watcher } = watchOf(vault);
  if (watcher === null) {
    return fail('BAD_INPUT', 'No folder is being watched.', 'Nothing was looked at. Start watching it first.');
  }
  if (id === null) {
    watcher.lookAgain('mappings');
    return ok({});
  }
  const file = findWatchedFile(vault.store.connection, id);
  if (!file) return noFile();
  watcher.lookAgain({ name: file.fileName });
  return ok({});
}

export async function dismissWatched(context: VaultContext, id: number): Promise<Result<OutputOf<'watch.dismiss'>>> {
  const { vault } = context;
  const file = findWatchedFile(vault.store.connection, id);
  if (!file) return noFile();
  if (file.state === 'loaded') {
    return fail('BAD_INPUT', 'The file was loaded; it does not wait.', 'Nothing was changed.');
  }
  const { reasonCode, reason } = file;
  const change = { state: 'dismissed', reasonCode, reason, seenAt: isoTime(context) } as const;
  await vault.writeGate.run(() =>
    vault.store.commit(doneEvent(context, 'watch.dismiss', `watched file ${id}`), (transaction) =>
      setWatchedState(transaction, id, change),
    ),
  );
  watchOf(vault).watcher?.leave(file.fileName);
  return ok({});
}
