import { z } from 'zod';
import { operation } from './define.ts';
import { rowCountsSchema } from './imports.ts';

const folderSchema = z.string().min(1).max(4_096);

const mappingUsed = z.strictObject({ name: z.string(), version: z.number().int() });

const watchSettingsSchema = z.strictObject({
  folder: folderSchema,
  /** Seconds for which a file must not change before it counts as fully written. */
  settleSeconds: z.number().min(0.1).max(3_600),
  /** Share of rows that may be rejected and the file still be loaded, 0 to 1. */
  allowRejects: z.number().min(0).max(1),
});
export type WatchSettings = z.infer<typeof watchSettingsSchema>;

const asked = z.strictObject({
  folder: folderSchema,
  /** 2 without it. */
  settleSeconds: watchSettingsSchema.shape.settleSeconds.optional(),
  /** 0 without it. */
  allowRejects: watchSettingsSchema.shape.allowRejects.optional(),
});

/** `settling`: still being written; `gone`: it left the folder before it was loaded. */
export const watchedFileStates = ['settling', 'checking', 'loading', 'waiting', 'loaded', 'dismissed', 'gone'] as const;

export const watchedFileSchema = z.strictObject({
  /** Number in the vault, or null while nothing is noted of the file there. */
  id: z.number().int().nullable(),
  file: z.string(),
  sizeBytes: z.number(),
  state: z.enum(watchedFileStates),
  /** Why it waits; null where it does not. */
  code: z.string().nullable(),
  reason: z.string().nullable(),
  /** The saved mapping by which it was read. */
  mapping: mappingUsed.nullable(),
  kind: z.string().nullable(),
  batch: z.number().int().nullable(),
  accepted: z.number().int().nullable(),
  at: z.string(),
});
export type WatchedFile = z.infer<typeof watchedFileSchema>;

/** What happened to a file, or to the folder itself (`folder`; then `file` is null). */
export const watchEventSchema = z.strictObject({
  event: z.enum(['watching', 'loaded', 'waiting', 'gone', 'folder']),
  file: z.string().nullable(),
  kind: z.string().nullable(),
  /** The saved mapping by which it was read; null for a file in canonical form. */
  mapping: mappingUsed.nullable(),
  batch: z.number().int().nullable(),
  rows: rowCountsSchema.nullable(),
  code: z.string().nullable(),
  reason: z.string().nullable(),
});
export type WatchEvent = z.infer<typeof watchEventSchema>;

const stateSchema = z.strictObject({
  /** `off`: nobody asked for it; `paused`: the folder cannot be read, and is tried again. */
  state: z.enum(['off', 'watching', 'paused']),
  /** Why it is paused or off, in words. */
  why: z.string().nullable(),
  settings: watchSettingsSchema.nullable(),
  /** When the folder was last looked at. */
  lastLook: z.string().nullable(),
  /** The newest 500. */
  files: z.array(watchedFileSchema),
});

export const watchOperations = {
  'watch.state': operation({
    kind: 'query',
    roles: ['analyst'],
    audit: null,
    summary: 'The watched folder: whether it is watched, and what became of its files and why.',
    input: z.strictObject({}),
    output: stateSchema,
  }),
  'watch.start': operation({
    kind: 'command',
    roles: ['analyst'],
    audit: 'watch.start',
    summary:
      'Watches a folder from now on, and again whenever an analyst unlocks the vault: a file that is fully written, matches a mapping and passes is loaded; anything else waits with its reason.',
    input: z.strictObject({
      ...asked.shape,
      /** False: for this session only. */
      remember: z.boolean().optional(),
    }),
    output: z.strictObject({ settings: watchSettingsSchema }),
  }),
  'watch.stop': operation({
    kind: 'command',
    roles: ['analyst'],
    audit: 'watch.stop',
    summary: 'Stops watching. The file in hand is still loaded or left.',
    input: z.strictObject({}),
    output: z.strictObject({}),
  }),
  'watch.once': operation({
    kind: 'job',
    roles: ['analyst'],
    audit: 'watch.once',
    summary:
      'Looks at a folder until nothing in it changes, loads what passes, and says what was loaded and what waits.',
    input: asked,
    output: z.strictObject({ loaded: z.array(watchEventSchema), waiting: z.array(watchEventSchema) }),
  }),
  'watch.retry': operation({
    kind: 'command',
    roles: ['analyst'],
    audit: null,
    summary: 'Looks at a waiting, dismissed or undone file again; at all that wait without a number.',
    input: z.strictObject({ id: z.number().int().positive().nullable() }),
    output: z.strictObject({}),
  }),
  'watch.dismiss': operation({
    kind: 'command',
    roles: ['analyst'],
    audit: 'watch.dismiss',
    summary: 'Leaves a waiting file be until it changes. The file itself is not touched.',
    input: z.strictObject({ id: z.number().int().positive() }),
    output: z.strictObject({}),
  }),
};
