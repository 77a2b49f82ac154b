import type { SchemeSummary, SchemeView } from '#shared/contract/schemes.ts';
import { schemeInWords } from '#shared/domain/scheme.ts';
import { type Arguments, requiredPath, usageError, word } from '../arguments.ts';
import { withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';

const stateWords = { draft: 'a draft', submitted: 'before two people', approved: 'approved', retired: 'retired' };

function line({ scheme, state, version, effectiveFrom, agreedBy, builtIn, onWorklist }: SchemeSummary): string {
  const from = state === 'approved' && effectiveFrom !== null ? `, in force from ${effectiveFrom}` : '';
  const agreed = agreedBy.length === 0 ? '' : `, agreed by ${agreedBy.join(' and ')}`;
  return `${scheme}${version === 0 ? '' : `, version ${version}`}: ${stateWords[state]}${from}${agreed}${builtIn ? ' (built in)' : ''}${onWorklist ? ', the scheme of the worklist' : ''}`;
}

function shown(view: SchemeView): Answer {
  return { json: view, text: [line(view)] };
}

function reasonOf(args: Arguments): string {
  const reason = args.text('reason');
  if (reason === undefined) throw usageError('schemes needs --reason: it is kept with what was done.');
  return reason;
}

function list(args: Arguments, folder: string): Promise<Answer> {
  return withVault(args, folder, async ({ call }) => {
    const answer = await call('schemes.list', {});
    return { json: answer, text: answer.schemes.map(line) };
  });
}

function show(args: Arguments, folder: string): Promise<Answer> {
  const scheme = word(args, 2, 'the name of the scheme');
  return withVault(args, folder, async ({ call }) => {
    const view = await call('schemes.get', { scheme });
    return {
      json: view,
      text: [
        line(view),
        JSON.stringify(view.document, null, 2),
        ...view.events.map(
          ({ at, user, kind, version, reason }) => `${at}  ${user}  ${kind}, version ${version}: ${reason}`,
        ),
      ],
    };
  });
}

function draft(args: Arguments, folder: string): Promise<Answer> {
  const file = requiredPath(args, 'file');
  const reason = reasonOf(args);
  return withVault(args, folder, async ({ call }) => {
    const { document } = await call('schemes.read', { file });
    return shown(await call('schemes.draft', { document, reason }));
  });
}

function exportTo(args: Arguments, folder: string): Promise<Answer> {
  const scheme = word(args, 2, 'the name of the scheme');
  const file = requiredPath(args, 'out');
  return withVault(args, folder, async ({ call }) => {
    const written = await call('schemes.export', { scheme, file });
    return { json: written, text: [`Wrote ${scheme} to ${written.file}.`] };
  });
}

/** What happens to one scheme, with a reason. */
function step(
  name: 'submit' | 'withdraw' | 'retire' | 'approve' | 'decline',
): (args: Arguments, folder: string) => Promise<Answer> {
  return (args, folder) => {
    const scheme = word(args, 2, 'the name of the scheme');
    const reason = reasonOf(args);
    return withVault(args, folder, async ({ call }) => {
      if (name !== 'approve' && name !== 'decline') return shown(await call(`schemes.${name}`, { scheme, reason }));
      const { hash } = await call('schemes.get', { scheme });
      return shown(await call('schemes.approve', { scheme, hash, agree: name === 'approve', reason }));
    });
  };
}

/** What would change on the clinicians' list, and what `adopt` is to be given back of it. */
function preview(args: Arguments, folder: string): Promise<Answer> {
  const scheme = word(args, 2, 'the name of the scheme');
  return withVault(args, folder, async ({ call }) => {
    const seen = await call('worklistScheme.preview', { scheme });
    const { people, signals, inUse, asOf, changes, comparison } = seen;
    const { gained, lost, kept } = people;
    return {
      json: seen,
      text: [
        `By ${schemeInWords(scheme, seen.version)} instead of ${schemeInWords(inUse.scheme, inUse.version)}, on the data to ${asOf}: ${gained} new, ${lost} no longer, ${kept} by both; ${signals} signals to raise.`,
        ...changes.map(({ person, change, reasons }) =>
          [change === 'gained' ? 'new' : 'no longer', person, reasons.join(' ')].join('  '),
        ),
        ...comparison.reading,
        `To adopt it, give --seen ${seen.seen}`,
      ],
    };
  });
}

function adopt(args: Arguments, folder: string): Promise<Answer> {
  const scheme = word(args, 2, 'the name of the scheme');
  const seen = args.text('seen');
  if (seen === undefined) throw usageError('schemes adopt needs --seen: look at the preview of the scheme first.');
  const reason = reasonOf(args);
  return withVault(args, folder, async ({ call }) => {
    const { version, gained, lost, ...adoption } = await call('worklistScheme.adopt', { scheme, seen, reason });
    return {
      json: { version, gained, lost, ...adoption },
      text: [`The worklist goes by ${schemeInWords(scheme, version)}: ${gained} new, ${lost} no longer.`],
    };
  });
}

const actions: Readonly<Record<string, (args: Arguments, folder: string) => Promise<Answer>>> = {
  list,
  show,
  draft,
  submit: step('submit'),
  approve: step('approve'),
  decline: step('decline'),
  withdraw: step('withdraw'),
  retire: step('retire'),
  export: exportTo,
  preview,
  adopt,
};

/** `schemes DIR [ACTION]`: weighting schemes; a comparison is the analysis `scheme-comparison`. */
export function schemes(args: Arguments): Promise<Answer> {
  const folder = word(args, 0, 'the folder of the vault');
  const action = args.words[1] ?? 'list';
  const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (!run) throw usageError(`schemes does not know “${action}”. It knows ${Object.keys(actions).join(', ')}.`);
  return run(args, folder);
}
