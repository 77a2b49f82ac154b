import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeFileAtomically } from '#main/store/files.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { schemeSchema } from '#shared/domain/scheme.ts';
import { schemeProblems } from '#shared/domain/scheme-problems.ts';
import type { VaultContext } from '../call-context.ts';
import { schemeView } from './show-schemes.ts';

const largestFileBytes = 1024 ** 2;

/** Writes a scheme as a file that `schemes.read` takes. */
export function exportScheme(
  context: VaultContext,
  { scheme, version, file }: InputOf<'schemes.export'>,
): Result<OutputOf<'schemes.export'>> {
  const view = schemeView(context, scheme, version);
  if (!view.ok) return view;
  const target = resolve(file);
  writeFileAtomically(target, `${JSON.stringify(view.value.document, null, 2)}\n`);
  return ok({ file: target });
}

/** Reads a scheme from a file and says what is wrong with it. Whatever state it had elsewhere, here it is a draft. */
export function readScheme(file: string): Result<OutputOf<'schemes.read'>> {
  let value: unknown;
  try {
    if (statSync(file).size > largestFileBytes) {
      return fail('TOO_LARGE', 'The file of the scheme is larger than 1 MiB.', 'Nothing was changed.');
    }
    value = JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    return error instanceof SyntaxError
      ? fail(
          'BAD_SPEC',
          'The file of the scheme is not JSON.',
          'Nothing was changed. Choose one that was exported here.',
        )
      : fail(
          'NO_SUCH_FILE',
          'The file of the scheme cannot be read.',
          'Nothing was changed. Check its name and folder.',
        );
  }
  const parsed = schemeSchema.safeParse(value);
  if (!parsed.success) {
    const words = schemeProblems(value).map((problem) => problem.words);
    return fail(
      'BAD_SPEC',
      `The file is no weighting scheme: ${words.slice(0, 5).join('; ')}.`,
      'Nothing was changed. Correct the file and read it again.',
    );
  }
  return ok({
    document: { ...parsed.data, status: 'draft', approved_by: null },
    problems: schemeProblems(parsed.data).map(({ words }) => words),
  });
}
