import { compileScheme } from '#main/analysis/exposure/scheme-weights.ts';
import type { AuditEvent } from '#main/store/audit-log.ts';
import {
  addSchemeEvent,
  addSchemeVersion,
  type SchemeEventKind,
  type SchemeVersionRecord,
} from '#main/store/scheme-records.ts';
import type { WriteTransaction } from '#main/store/vault-store.ts';
import type { InputOf } from '#shared/contract/index.ts';
import type { SchemeView } from '#shared/contract/schemes.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import { schemeProblems } from '#shared/domain/scheme-problems.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { schemeInUse } from './adopted-schemes.ts';
import { noScheme } from './find-scheme.ts';
import { approversNeeded, findScheme, type HeldScheme, isBuiltIn, plainCounts, schemeBody } from './held-schemes.ts';
import { schemeView } from './show-schemes.ts';

const unchanged = 'Nothing was changed.';

function audited(
  context: VaultContext,
  action: string,
  id: string,
  reason: string,
  details?: AuditEvent['details'],
): AuditEvent {
  return { ...doneEvent(context, action, `scheme ${id}`, details), reason };
}

/** Fails with `BAD_SPEC`, saying everything that is wrong with a document. */
export function checkedScheme(document: Scheme): Result<Scheme> {
  const problems = schemeProblems(document);
  if (problems.length === 0) {
    const compiled = compileScheme(document);
    return compiled.ok ? ok(document) : compiled;
  }
  return fail(
    'BAD_SPEC',
    `The weighting scheme cannot be used: ${problems.map(({ words }) => words).join('; ')}.`,
    `${unchanged} Correct the scheme and save it again.`,
  );
}

/** Saves a draft as the next version of its scheme; the versions before stay as they were. */
export function draftScheme(
  context: VaultContext,
  { document, copiedFrom, reason }: InputOf<'schemes.draft'>,
): Promise<Result<SchemeView>> {
  const { store, writeGate, user } = context.vault;
  return writeGate.run(() => {
    const sound = checkedScheme(document);
    if (!sound.ok) return sound;
    const { id } = document;
    const held = findScheme(store.connection, id);
    const settled = refuseToChange(id, held);
    if (settled) return settled;
    if (copiedFrom !== undefined && !findScheme(store.connection, copiedFrom)) return noScheme(copiedFrom);
    const { body, bodyHash } = schemeBody(document);
    if (held?.hash === bodyHash) {
      return fail('BAD_INPUT', `The scheme ${id} says that already.`, 'Nothing was saved. Change something first.');
    }
    const version = (held?.versions.at(-1)?.version ?? 0) + 1;
    const from = held?.versions[0]?.copiedFrom ?? copiedFrom ?? null;
    const saved = { savedAt: isoTime(context), savedBy: user, reason };
    store.commit(audited(context, 'scheme.draft', id, reason, { version, hash: bodyHash }), (transaction) =>
      addSchemeVersion(transaction, { scheme: id, version, body, bodyHash, copiedFrom: from, ...saved }),
    );
    return schemeView(context, id);
  });
}

function refuseToChange(id: string, held: HeldScheme | null): Result<never> | null {
  if (isBuiltIn(id)) {
    return fail('BAD_INPUT', `${id} is built in and stays as it is.`, `${unchanged} Save a copy under another name.`);
  }
  if (held?.state === 'submitted') {
    return fail('BAD_INPUT', `${id} is before two people now.`, `${unchanged} Take it back first, and then change it.`);
  }
  if (held?.state === 'approved' || held?.state === 'retired') {
    return fail(
      'BAD_INPUT',
      `${id} is ${held.state}, and stays as it is.`,
      `${unchanged} Save a copy under another name.`,
    );
  }
  return null;
}

/** The newest version as a row; a built-in scheme gets its first when something happens to it. */
function newestVersion(transaction: WriteTransaction, context: VaultContext, held: HeldScheme): SchemeVersionRecord {
  const newest = held.versions.at(-1);
  if (newest) return newest;
  return addSchemeVersion(transaction, {
    scheme: held.id,
    version: 1,
    ...schemeBody(held.document),
    copiedFrom: null,
    savedAt: isoTime(context),
    savedBy: 'built in',
    reason: 'as it came with Tidemark',
  });
}

type Change = { readonly action: string; readonly kinds: readonly SchemeEventKind[] };

/** Adds what a check allows to a scheme, with its audit event in one transaction. */
function change(
  context: VaultContext,
  { scheme: id, reason }: { readonly scheme: string; readonly reason: string },
  check: (held: HeldScheme) => Result<Change>,
): Promise<Result<SchemeView>> {
  const { store, writeGate, user } = context.vault;
  return writeGate.run(() => {
    const held = findScheme(store.connection, id);
    if (!held) return noScheme(id);
    const checked = check(held);
    if (!checked.ok) return checked;
    const { action, kinds } = checked.value;
    const details = { what: kinds.join(','), hash: held.hash };
    store.commit(audited(context, action, id, reason, details), (transaction) => {
      const { id: schemeVersionId } = newestVersion(transaction, context, held);
      for (const kind of kinds) {
        addSchemeEvent(transaction, { schemeVersionId, kind, at: isoTime(context), user, reason });
      }
    });
    return schemeView(context, id);
  });
}

export function submitScheme(context: VaultContext, input: InputOf<'schemes.submit'>): Promise<Result<SchemeView>> {
  return change(context, input, (held) => {
    if (held.state !== 'draft') return notIn(held, 'a draft');
    const sound = checkedScheme(held.document);
    return sound.ok ? ok({ action: 'scheme.submit', kinds: ['submitted'] }) : sound;
  });
}

/** Agrees or declines. With the second person who agrees, the scheme is approved in the same step. */
export function approveScheme(context: VaultContext, input: InputOf<'schemes.approve'>): Promise<Result<SchemeView>> {
  const { user } = context.vault;
  return change(context, input, (held) => {
    if (held.state !== 'submitted') return notIn(held, 'submitted');
    if (held.authors.includes(user)) {
      return fail(
        'FORBIDDEN',
        'Whoever wrote or submitted a scheme does not decide on it.',
        `${unchanged} Ask two others to read it.`,
      );
    }
    if (held.agreedBy.includes(user)) {
      return fail('FORBIDDEN', 'You have agreed to this scheme already.', `${unchanged} Ask one other to read it.`);
    }
    if (held.hash !== input.hash) {
      return fail(
        'BAD_INPUT',
        'This is not the version that you read.',
        `${unchanged} Read it again, and then decide.`,
      );
    }
    if (!input.agree) return ok({ action: 'scheme.approve', kinds: ['declined'] });
    const isLast = held.agreedBy.length + 1 >= approversNeeded;
    return ok({ action: 'scheme.approve', kinds: isLast ? ['agreed', 'approved'] : ['agreed'] });
  });
}

export function withdrawScheme(context: VaultContext, input: InputOf<'schemes.withdraw'>): Promise<Result<SchemeView>> {
  return change(context, input, (held) => {
    if (held.state !== 'submitted') return notIn(held, 'submitted');
    if (!held.authors.includes(context.vault.user)) {
      return fail('FORBIDDEN', 'Only whoever wrote or submitted a scheme takes it back.', unchanged);
    }
    return ok({ action: 'scheme.withdraw', kinds: ['withdrawn'] });
  });
}

/** Puts a scheme away: an approved one, which old results go on naming, or a draft that nobody wants any more. */
export function retireScheme(context: VaultContext, input: InputOf<'schemes.retire'>): Promise<Result<SchemeView>> {
  return change(context, input, (held) => {
    if (held.id === plainCounts) {
      return fail('BAD_INPUT', 'Plain counts are the default and are never retired.', unchanged);
    }
    if (held.id === schemeInUse(context.vault.store.connection).scheme.id) {
      return fail('BAD_INPUT', `The worklist goes by ${held.id}.`, `${unchanged} Have another one adopted first.`);
    }
    const may = held.state === 'approved' || (held.state === 'draft' && !held.builtIn);
    return may ? ok({ action: 'scheme.retire', kinds: ['retired'] }) : notIn(held, 'approved, nor a draft of your own');
  });
}

const stateWords = {
  draft: 'a draft',
  submitted: 'before two people',
  approved: 'approved',
  retired: 'retired',
} as const;

function notIn(held: HeldScheme, wanted: string): Result<never> {
  return fail('BAD_INPUT', `${held.id} is ${stateWords[held.state]}, not ${wanted}.`, unchanged);
}
