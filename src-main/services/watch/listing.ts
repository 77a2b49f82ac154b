import { listWatchedFiles, type WatchedListing } from '#main/store/watched-files.ts';
import type { WatchedFile } from '#shared/contract/watch.ts';
import type { OpenVault } from '../vault/index.ts';
import type { FolderWatcher } from './folder-watcher.ts';

const mostListed = 500;
const undone = {
  code: 'UNDONE',
  reason: 'Its batch was taken out of the vault again. It is not loaded by itself; look again to load it.',
};

function notedFile(row: WatchedListing): WatchedFile {
  const waits = row.state === 'loaded' && !row.held ? undone : null;
  return {
    id: row.id,
    file: row.fileName,
    sizeBytes: row.fileBytes,
    state: waits ? 'waiting' : row.state === 'replaced' ? 'gone' : row.state,
    code: waits?.code ?? (row.reasonCode === '' ? null : row.reasonCode),
    reason: waits?.reason ?? (row.reason === '' ? null : row.reason),
    mapping: row.mapping === null || row.version === null ? null : { name: row.mapping, version: row.version },
    kind: row.kind,
    batch: row.batchId,
    accepted: row.accepted,
    at: row.seenAt,
  };
}

/** What became of the files of a folder, newest first: what the vault has noted, and what is happening now before it. */
export function listFiles(vault: OpenVault, folder: string, watcher: FolderWatcher | null): WatchedFile[] {
  const noted = listWatchedFiles(vault.store.connection, folder, mostListed).map(notedFile);
  const live: WatchedFile[] = [];
  for (const [name, file] of watcher?.files ?? []) {
    if (file.state === 'done' || (file.noted && file.state === 'waiting')) continue;
    const before = noted.find((row) => row.file === name && row.state === 'waiting');
    live.push({
      id: before?.id ?? null,
      file: name,
      sizeBytes: file.settling.mark.bytes,
      state: file.state,
      code: file.state === 'settling' ? 'STILL_WRITTEN' : file.state === 'waiting' ? file.code : null,
      reason: file.state === 'waiting' ? file.reason : null,
      mapping: null,
      kind: file.kind,
      batch: null,
      accepted: null,
      at: watcher?.lastLook ?? '',
    });
  }
  const shown = new Set(live.map(({ file }) => file));
  return [...live, ...noted.filter((row) => row.state !== 'waiting' || !shown.has(row.file))].slice(0, mostListed);
}
