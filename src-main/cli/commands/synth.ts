import type { InputOf } from '#shared/contract/index.ts';
import { type Arguments, pathOf, wholeNumber, word } from '../arguments.ts';
import { withEngine } from '../engine-session.ts';
import type { Answer } from '../output.ts';

/** What `synth` and `demo` take: size, length and seed of the force. */
export function forceOptions(args: Arguments): Omit<InputOf<'synthetic.write'>, 'folder'> {
  const people = wholeNumber(args, 'people', [1, 100_000]);
  const years = wholeNumber(args, 'years', [1, 20]);
  const seed = wholeNumber(args, 'seed', [0, 4_294_967_295]);
  return {
    ...(people === undefined ? {} : { people }),
    ...(years === undefined ? {} : { years }),
    ...(seed === undefined ? {} : { seed }),
  };
}

export function synth(args: Arguments): Promise<Answer> {
  const folder = pathOf(word(args, 0, 'a folder for the extracts'));
  return withEngine(async ({ call }) => {
    const written = await call('synthetic.write', { folder, ...forceOptions(args) });
    return {
      json: { folder, files: written.files, endDate: written.endDate },
      text: [
        `Wrote a synthetic force to ${folder}. Nobody in it is real.`,
        ...written.files.map((file) => `  ${file.kind}: ${file.rows.toLocaleString('en-GB')} rows`),
        ...(written.plans.length === 0 ? [] : [`  pilots/: the plans of ${written.plans.length} pilots`]),
        'What is planted in it, and how to find it again, is in truth.json.',
      ],
    };
  });
}
