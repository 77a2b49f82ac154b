import { writeFileSync } from 'node:fs';
import { type Arguments, pathOf, requiredPath, word } from '../arguments.ts';
import { withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';
import { readJsonObject } from '../read-json.ts';

export function analyse(args: Arguments): Promise<Answer> {
  const folder = word(args, 0, 'the folder of the vault');
  const method = word(args, 1, 'the name of an analysis');
  const spec = readJsonObject(requiredPath(args, 'spec'), 'spec');
  const out = args.text('out');
  return withVault(args, folder, async ({ call }) => {
    const analysis = await call('analyses.run', { method, spec });
    if (out !== undefined) writeFileSync(pathOf(out), `${JSON.stringify(analysis, null, 2)}\n`);
    return {
      json: analysis,
      text: [
        `${analysis.method}${analysis.asOf === '' ? '' : ` as of ${analysis.asOf}`} (version ${analysis.version})`,
        ...analysis.reading,
        ...analysis.warnings.map((warning) => `Warning: ${warning}`),
        `Snapshot ${analysis.provenance.snapshot.slice(0, 16)}, ${analysis.provenance.batches.length} batches, ${analysis.provenance.engine}.`,
        ...(out === undefined ? ['The whole result: --json, or --out F.'] : [`Written to ${pathOf(out)}.`]),
      ],
    };
  });
}
