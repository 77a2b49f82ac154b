import { type Mapping, mappingSchema } from '#shared/contract/mapping.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { readJsonObject } from './read-json.ts';

/** A mapping from a JSON file, with the place of the fault where it is none. */
export function readMapping(file: string): Mapping {
  const parsed = mappingSchema.safeParse(readJsonObject(file, 'mapping'));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ExpectedError(
    'BAD_SPEC',
    `The mapping cannot be used: “${issue?.path.join('.') ?? ''}”: ${issue?.message ?? 'it cannot be read'}.`,
    'Nothing was loaded. Correct it, or start from `import DIR --file F --propose`.',
  );
}
