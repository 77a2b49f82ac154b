import { auditWords } from '#shared/domain/audit-words.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { type Arguments, requiredPath, usageError, wholeNumber, word } from '../arguments.ts';
import { type Caller, withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';

const listedByDefault = 200;
const mostListed = 50_000;

async function list(args: Arguments, { call }: Caller): Promise<Answer> {
  const given = { from: args.text('from'), to: args.text('to'), user: args.text('by'), action: args.text('action') };
  const filter = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const limit = wholeNumber(args, 'limit', [1, mostListed]) ?? listedByDefault;
  const { total, entries } = await call('audit.list', { ...filter, offset: 0, limit });
  return {
    json: { total, entries },
    text: [
      ...entries.map(({ sequence, at, user, action, object, outcome, reason, details }) => {
        const kind = details?.['kind'];
        const what = auditWords(action, typeof kind === 'string' ? kind : null);
        const ended = outcome === 'done' ? '' : `  ${outcome}`;
        return `${sequence}  ${at}  ${user}  ${what}${object === null ? '' : `, ${object}`}${ended}${reason === null ? '' : `: ${reason}`}`;
      }),
      ...(total > entries.length ? [`… of ${total.toLocaleString('en-GB')} entries: --limit shows more.`] : []),
    ],
  };
}

async function verify({ call }: Caller): Promise<Answer> {
  const { entries, head, fault } = await call('audit.verify', {});
  if (fault !== null) {
    throw new ExpectedError(
      'AUDIT_BROKEN',
      fault.message,
      'Nothing was changed. Keep this folder as it is, tell your information-security lead, and restore from a backup.',
      { fault: fault.kind, entry: fault.entry },
    );
  }
  return {
    json: { ok: true, entries, head },
    text: [`Every link holds: ${entries.toLocaleString('en-GB')} entries, head ${head?.sequence}:${head?.hash}`],
  };
}

/** The audit log on the command line: listed, verified, or written for others to verify. */
export function audit(args: Arguments): Promise<Answer> {
  const folder = word(args, 0, 'the folder of the vault');
  const action = args.words[1] ?? 'list';
  if (action === 'list') return withVault(args, folder, (caller) => list(args, caller));
  if (action === 'verify') return withVault(args, folder, verify);
  if (action !== 'export') throw usageError(`There is no “audit … ${action}”.`);
  const file = requiredPath(args, 'out');
  return withVault(args, folder, async ({ call }) => {
    const written = await call('audit.export', { file, format: file.endsWith('.jsonl') ? 'jsonl' : 'csv' });
    return {
      json: written,
      text: [`Wrote ${written.entries.toLocaleString('en-GB')} entries with their hashes to ${written.file}.`],
    };
  });
}
