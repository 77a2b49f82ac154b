import { writeFileSync } from 'node:fs';
import { type Arguments, pathOf, requiredPath, word } from '../arguments.ts';
import { withEngine } from '../engine-session.ts';
import type { Answer } from '../output.ts';
import { readJsonObject } from '../read-json.ts';
import { printedResult } from './printed-result.ts';

/** One statistical procedure on a plain file, without a vault. */
export function stats(args: Arguments): Promise<Answer> {
  const procedure = word(args, 0, 'the name of a procedure');
  const spec = readJsonObject(requiredPath(args, 'spec'), 'spec');
  const data = args.text('data');
  const out = args.text('out');
  return withEngine(async ({ call }) => {
    const { result } = await call('statistics.run', {
      procedure,
      spec,
      data: data === undefined ? null : pathOf(data),
      folder: pathOf('.'),
    });
    if (out !== undefined) writeFileSync(pathOf(out), `${JSON.stringify(result, null, 2)}\n`);
    return {
      json: result,
      text: out === undefined ? printedResult(result) : [`Written to ${pathOf(out)}.`],
    };
  });
}
