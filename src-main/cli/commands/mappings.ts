import { basename } from 'node:path';
import { type Arguments, requiredPath, usageError, word } from '../arguments.ts';
import { withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';
import { readMapping } from '../read-mapping.ts';

function list(args: Arguments, folder: string): Promise<Answer> {
  return withVault(args, folder, async ({ call }) => {
    const { mappings: all } = await call('mappings.list', {});
    return {
      json: { mappings: all },
      text:
        all.length === 0
          ? ['No mapping has been saved.']
          : all.map(
              ({ name, version, kind, filePattern, retiredAt }) =>
                `${name}, version ${version}: ${kind}, files named ${filePattern}${retiredAt === null ? '' : ', retired'}`,
            ),
    };
  });
}

function save(args: Arguments, folder: string): Promise<Answer> {
  const file = requiredPath(args, 'file');
  const mapping = readMapping(file);
  const name = mapping.name ?? basename(file).replace(/\.json$/i, '');
  const pattern = args.text('pattern');
  return withVault(args, folder, async ({ call }) => {
    const more = pattern === undefined ? {} : { filePattern: pattern };
    const saved = await call('mappings.save', { name, mapping, ...more });
    return {
      json: saved,
      text: [`“${saved.name}” stands in version ${saved.version}, for files named ${saved.filePattern}.`],
    };
  });
}

function exportTo(args: Arguments, folder: string): Promise<Answer> {
  const name = word(args, 2, 'the name of the mapping');
  const file = requiredPath(args, 'out');
  return withVault(args, folder, async ({ call }) => {
    const written = await call('mappings.export', { name, file });
    return { json: written, text: [`Wrote “${written.name}”, version ${written.version}, to ${file}.`] };
  });
}

function retire(args: Arguments, folder: string): Promise<Answer> {
  const name = word(args, 2, 'the name of the mapping');
  return withVault(args, folder, async ({ call }) => {
    const retired = await call('mappings.retire', { name });
    return { json: retired, text: [`“${retired.name}” is out of use. Batches that it loaded keep it.`] };
  });
}

const actions: Readonly<Record<string, (args: Arguments, folder: string) => Promise<Answer>>> = {
  list,
  save,
  export: exportTo,
  retire,
};

export function mappings(args: Arguments): Promise<Answer> {
  const folder = word(args, 0, 'the folder of the vault');
  const action = args.words[1] ?? 'list';
  const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (!run) throw usageError(`mappings does not know “${action}”. It knows list, save, export and retire.`);
  return run(args, folder);
}
