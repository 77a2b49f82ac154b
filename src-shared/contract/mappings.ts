import { z } from 'zod';
import { operation } from './define.ts';
import { mappingSchema } from './mapping.ts';

export const mappingNameSchema = z.string().min(1).max(200);
/** Name of a file, with `*` for any text and `?` for one character. */
const filePatternSchema = z.string().min(1).max(255);

export const savedMappingSchema = z.strictObject({
  name: z.string(),
  version: z.number().int(),
  kind: z.string(),
  filePattern: z.string(),
  mapping: mappingSchema,
  savedAt: z.string(),
  savedBy: z.string(),
  /** When it was retired, which takes every version out of use, or null. */
  retiredAt: z.string().nullable(),
  /** Every version, newest first; this one included. */
  versions: z.array(
    z.strictObject({ version: z.number().int(), filePattern: z.string(), savedAt: z.string(), savedBy: z.string() }),
  ),
});
export type SavedMapping = z.infer<typeof savedMappingSchema>;

export const mappingOperations = {
  'mappings.list': operation({
    kind: 'query',
    roles: ['analyst'],
    audit: null,
    summary: 'The saved mappings, each in its newest version.',
    input: z.strictObject({}),
    output: z.strictObject({ mappings: z.array(savedMappingSchema) }),
  }),
  'mappings.save': operation({
    kind: 'command',
    roles: ['analyst'],
    audit: 'mapping.save',
    summary:
      'Saves a mapping by name: the next version of that name, or none where the newest says the same. A retired name comes back into use.',
    input: z.strictObject({
      name: mappingNameSchema,
      mapping: mappingSchema,
      /** File that it was made for: its name, with numbers and months left open, is the pattern. */
      fileName: z.string().min(1).max(1_024).optional(),
      /** Pattern of the names of its files; else made of `fileName`, else the one before, else any name. */
      filePattern: filePatternSchema.optional(),
    }),
    output: z.strictObject({
      name: z.string(),
      version: z.number().int(),
      filePattern: z.string(),
      /** False where the newest version said the same already. */
      saved: z.boolean(),
    }),
  }),
  'mappings.retire': operation({
    kind: 'command',
    roles: ['analyst'],
    audit: 'mapping.retire',
    summary: 'Takes a saved mapping out of use. Batches that it loaded keep it.',
    input: z.strictObject({ name: mappingNameSchema }),
    output: z.strictObject({ name: z.string(), versions: z.number().int() }),
  }),
  'mappings.export': operation({
    kind: 'command',
    roles: ['analyst'],
    audit: 'mapping.export',
    summary: 'Writes a saved mapping to a file, as `import --mapping` reads it.',
    input: z.strictObject({
      name: mappingNameSchema,
      version: z.number().int().positive().optional(),
      file: z.string().min(1).max(4_096),
    }),
    output: z.strictObject({ file: z.string(), name: z.string(), version: z.number().int() }),
  }),
};
