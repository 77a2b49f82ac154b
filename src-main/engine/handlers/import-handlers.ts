import {
  checkExtract,
  columnValues,
  dropDraft,
  importDrafts,
  importRejects,
  leavePreview,
  listImports,
  loadExtract,
  lookAtExtract,
  previewRows,
  saveDraft,
  saveRejects,
  understoodRows,
  undoImport,
} from '#main/services/imports/index.ts';
import { exportMapping, listMappings, retireMapping, saveMapping } from '#main/services/mappings/index.ts';
import {
  dismissWatched,
  retryWatched,
  startWatching,
  stopWatching,
  watchOnce,
  watchState,
} from '#main/services/watch/index.ts';
import { ok } from '#shared/domain/result.ts';
import type { VaultHandlers } from './handler-types.ts';

/** What comes in: files, mappings and the watched folder. */
export const importHandlers = {
  'imports.look': async (context, input) => ok(await lookAtExtract(context, input)),
  'imports.check': (context, input) => checkExtract(context, input),
  'imports.load': (context, input) => loadExtract(context, input),
  'imports.undo': (context, { batch }) => undoImport(context, batch),
  'imports.list': (context) => ok(listImports(context)),
  'imports.rejects': (context, input) => importRejects(context, input),
  'imports.saveRejects': (context, input) => saveRejects(context, input),
  'mappings.list': (context) => ok(listMappings(context)),
  'mappings.save': (context, input) => saveMapping(context, input),
  'mappings.retire': (context, input) => retireMapping(context, input),
  'mappings.export': (context, input) => exportMapping(context, input),
  'imports.rows': (context, input) => previewRows(context, input),
  'imports.understood': (context, input) => understoodRows(context, input),
  'imports.values': (context, input) => columnValues(context, input),
  'imports.leave': (context) => leavePreview(context),
  'imports.saveDraft': (context, input) => saveDraft(context, input),
  'imports.drafts': (context) => ok(importDrafts(context)),
  'imports.dropDraft': (context, input) => dropDraft(context, input),
  'watch.state': (context) => ok(watchState(context)),
  'watch.start': (context, input) => startWatching(context, input),
  'watch.stop': (context) => stopWatching(context),
  'watch.once': (context, input) => watchOnce(context, input),
  'watch.retry': (context, { id }) => retryWatched(context, id),
  'watch.dismiss': (context, { id }) => dismissWatched(context, id),
} satisfies Partial<VaultHandlers>;
