import { writeFileSync } from 'node:fs';
import { type Arguments, pathOf, requiredPath, usageError } from '../arguments.ts';
import { withEngine } from '../engine-session.ts';
import type { Answer } from '../output.ts';
import { readJsonObject } from '../read-json.ts';

/** `pool FILE… --spec F --out FILE`: bundles of several forces, without a vault. */
export function pool(args: Arguments): Promise<Answer> {
  if (args.words.length === 0) throw usageError('pool needs the bundles that forces released.');
  const spec = readJsonObject(requiredPath(args, 'spec'), 'spec');
  const out = requiredPath(args, 'out');
  const [trust, report] = [args.text('trust'), args.text('report')];
  return withEngine(async ({ call }) => {
    const pooled = await call('bundles.pool', {
      files: args.words.map(pathOf),
      spec,
      trust: trust === undefined ? null : pathOf(trust),
      report: report === undefined ? null : pathOf(report),
    });
    writeFileSync(out, `${JSON.stringify(pooled, null, 2)}\n`);
    return {
      json: pooled,
      text: [
        ...pooled.reading,
        ...pooled.warnings.map((warning) => `Warning: ${warning}`),
        `Written to ${out}.`,
        ...(report === undefined
          ? []
          : [`The report is in ${pathOf(report)}: ${pooled.files.map(({ name }) => name).join(', ')}.`]),
      ],
    };
  });
}
