import type { InputOf } from '#shared/contract/index.ts';
import { type Arguments, requiredPath, usageError, word } from '../arguments.ts';
import { withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';
import { readJsonObject } from '../read-json.ts';

type Asked = InputOf<'exports.personRows'>['of'];

function askedOf(args: Arguments): Asked {
  const what = word(args, 1, 'people, timeline or session-plan');
  if (what === 'people')
    return { what: 'loads', spec: readJsonObject(requiredPath(args, 'spec'), 'spec'), people: null };
  if (what === 'timeline') return { what: 'timeline', person: word(args, 2, 'the pseudonym of the person') };
  throw usageError(`There is no “export … ${what}”.`);
}

function sessionPlan(
  args: Arguments,
  folder: string,
  asked: { readonly reason: string; readonly file: string },
): Promise<Answer> {
  const spec = readJsonObject(requiredPath(args, 'spec'), 'spec');
  return withVault(args, folder, async ({ call }) => {
    const written = await call('exports.sessionPlan', { spec, ...asked });
    return {
      json: written,
      text: [
        `Wrote ${written.sessions.toLocaleString('en-GB')} sessions to ${written.file}, with a manifest beside it.`,
      ],
    };
  });
}

/**
 * `export DIR people | timeline PERSON`: rows of single people, for a user who has been permitted to take them out.
 * `export DIR session-plan`: proposed sessions of a pilot, which name nobody.
 */
export function exportCommand(args: Arguments): Promise<Answer> {
  const folder = word(args, 0, 'the folder of the vault');
  const isPlan = args.words[1] === 'session-plan';
  const of = isPlan ? null : askedOf(args);
  const reason = args.text('reason');
  if (reason === undefined) throw usageError('export needs --reason, which goes to the audit log.');
  const file = requiredPath(args, 'out');
  if (of === null) return sessionPlan(args, folder, { reason, file });
  return withVault(args, folder, async ({ call }) => {
    const { rows, sha256 } = await call('exports.personRows', { of, reason, file });
    return {
      json: { rows, file, sha256 },
      text: [`Wrote ${rows.toLocaleString('en-GB')} rows of single people to ${file}, with a manifest beside it.`],
    };
  });
}
