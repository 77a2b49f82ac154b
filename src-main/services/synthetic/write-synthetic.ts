import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { ExpectedError, ok, type Result } from '#shared/domain/result.ts';
import type { CallContext } from '../call-context.ts';
import { type ExtractName, extractNames } from './extract-chunks.ts';
import { checkedForceOptions } from './options.ts';
import { writeForce } from './write-force.ts';

/** Writes a synthetic force's extracts and what is planted in it. */
export async function writeSynthetic(
  context: CallContext,
  { folder, kinds, ...options }: InputOf<'synthetic.write'>,
): Promise<Result<OutputOf<'synthetic.write'>>> {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const written = await writeForce(
    folder,
    { ...given, ...(kinds === undefined ? {} : { kinds: namedExtracts(kinds) }) },
    ({ share }) =>
      context.progress({ stage: 'Writing extracts', done: Math.round(share * 1_000), total: 1_000, unit: 'steps' }),
    context.signal,
  );
  return ok({
    folder,
    files: written.files.map((file) => ({ kind: file.kind, path: file.path, rows: file.rows, sha256: file.sha256 })),
    plans: written.plans.map(({ pilot, path }) => ({ pilot, path })),
    endDate: checkedForceOptions(given).endDate,
    truth: { ...written.truth },
  });
}

function namedExtracts(kinds: readonly string[]): readonly ExtractName[] {
  const unknown = kinds.find((kind) => !extractNames.some((name) => name === kind));
  if (unknown === undefined) return extractNames.filter((name) => kinds.includes(name));
  throw new ExpectedError(
    'BAD_INPUT',
    `The synthetic force has no extract “${unknown}”.`,
    `Nothing was written. Choose among: ${extractNames.join(', ')}.`,
  );
}
