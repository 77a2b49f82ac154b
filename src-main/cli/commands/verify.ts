import type { OutputOf } from '#shared/contract/index.ts';
import { fingerprintSchema } from '#shared/domain/key-fingerprint.ts';
import { type Arguments, pathOf, usageError, word } from '../arguments.ts';
import { withEngine, withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';

const differencesExit = 5;

/** `verify REPORT --vault DIR [--key FINGERPRINT]`, or `verify REPORT BUNDLE...` of a pooled one: runs it again and compares. */
export function verify(args: Arguments): Promise<Answer> {
  const folder = pathOf(word(args, 0, 'the folder that report wrote'));
  const vault = args.text('vault');
  const bundles = args.words.slice(1).map(pathOf);
  if (bundles.length > 0) {
    if (vault !== undefined) throw usageError('verify takes --vault DIR, or the bundles of a pooled report, not both.');
    if (args.text('key') !== undefined)
      throw usageError('A pooled report is not signed, so --key has nothing to check.');
    return withEngine(async ({ call }) => answerOf(await call('bundles.verify', { folder, files: bundles })));
  }
  if (vault === undefined)
    throw usageError('verify needs --vault DIR, or the bundles that the report was pooled from.');
  const key = keyOf(args);
  return withVault(args, vault, async ({ call }) =>
    answerOf(await call('reports.verify', { folder, ...(key === undefined ? {} : { key }) })),
  );
}

function keyOf(args: Arguments): string | undefined {
  const key = args.text('key');
  const parsed = fingerprintSchema.optional().safeParse(key);
  if (!parsed.success) throw usageError(`The fingerprint after --key ${parsed.error.issues[0]?.message ?? 'is none'}.`);
  return parsed.data;
}

function answerOf(verdict: OutputOf<'reports.verify'>): Answer {
  const { equal, compared, differences, notRerun, signature } = verdict;
  if (equal) {
    return { json: verdict, text: [`Equal: ${compared} results and files are as the manifest says.`, signature.says] };
  }
  const isSaid = differences.some(({ what }) => what === signature.says);
  return {
    json: verdict,
    text: [
      ...listed('Not equal:', differences),
      ...listed('Cannot be run again:', notRerun),
      ...(isSaid ? [] : [signature.says]),
    ],
    exitCode: differencesExit,
  };
}

function listed(title: string, items: readonly { readonly where: string; readonly what: string }[]): readonly string[] {
  return items.length === 0 ? [] : [title, ...items.map(({ where, what }) => `  ${where}: ${what}`)];
}
