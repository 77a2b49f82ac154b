import { type Arguments, usageError, word } from '../arguments.ts';
import { withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';

/** `cases DIR [list]`: what waits for a clinician; everything else about a case is done on screen. */
export function cases(args: Arguments): Promise<Answer> {
  const folder = word(args, 0, 'the folder of the vault');
  const verb = args.words[1] ?? 'list';
  if (verb !== 'list') throw usageError(`There is no “cases ${verb}”.`);
  return withVault(args, folder, async ({ call }) => {
    const list = await call('cases.worklist', {});
    const overdue = list.safety.open.filter((answer) => answer.overdue).length;
    return {
      json: list,
      text: [
        `Safety answers that wait: ${list.safety.open.length}, overdue: ${overdue}; safety answer not seen: ${list.safety.notSeenTotal}`,
        ...list.items
          .filter(({ state }) => state !== 'closed')
          .map(({ kind, person, case: id, reasons, due }) =>
            [id === null ? kind : `case ${id}`, person, due === null ? '' : `due ${due}`, reasons.join(' ')]
              .filter((part) => part !== '')
              .join('  '),
          ),
      ],
    };
  });
}
