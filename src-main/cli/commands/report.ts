import { type ReportSpec, reportSpecSchema } from '#shared/contract/report-spec.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { type Arguments, pathOf, requiredPath, usageError, word } from '../arguments.ts';
import { withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';
import { readJsonObject } from '../read-json.ts';

const differencesExit = 5;

function readSpec(file: string): ReportSpec {
  const parsed = reportSpecSchema.safeParse(readJsonObject(file, 'report spec'));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ExpectedError(
    'BAD_SPEC',
    `The report spec cannot be used: “${issue?.path.join('.') ?? ''}”: ${issue?.message ?? 'it cannot be read'}.`,
    'Nothing was built. A spec needs template; exposure-and-wellbeing needs from and to too.',
  );
}

export function report(args: Arguments): Promise<Answer> {
  const vault = word(args, 0, 'the folder of the vault');
  const spec = readSpec(requiredPath(args, 'spec'));
  const folder = requiredPath(args, 'out');
  return withVault(args, vault, async ({ call }) => {
    const built = await call('reports.build', { spec, folder });
    return {
      json: built,
      text: [`Built “${built.title}” in ${built.folder}:`, ...built.files.map((file) => `  ${file.name}`)],
    };
  });
}

export function verify(args: Arguments): Promise<Answer> {
  const folder = pathOf(word(args, 0, 'the folder that report wrote'));
  const vault = args.text('vault');
  if (vault === undefined) throw usageError('verify needs --vault DIR.');
  return withVault(args, vault, async ({ call }) => {
    const verdict = await call('reports.verify', { folder });
    if (verdict.equal) {
      return { json: verdict, text: [`Equal: ${verdict.compared} results and files are as the manifest says.`] };
    }
    return {
      json: verdict,
      text: [...listed('Not equal:', verdict.differences), ...listed('Cannot be run again:', verdict.notRerun)],
      exitCode: differencesExit,
    };
  });
}

function listed(title: string, items: readonly { readonly where: string; readonly what: string }[]): readonly string[] {
  return items.length === 0 ? [] : [title, ...items.map(({ where, what }) => `  ${where}: ${what}`)];
}
