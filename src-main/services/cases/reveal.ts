import type { Opener } from '#main/crypto/seal.ts';
import { safetyBox } from '#main/store/case-facts.ts';
import { addAcknowledgement, addReveal } from '#main/store/case-records.ts';
import { writeMeta } from '#main/store/meta.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { contexts, sealContent, withOpener } from './clinic.ts';
import { heldCase } from './held-cases.ts';
import { type IdentityField, identityOf, openSafety, personOfReference } from './identity.ts';

/** How long a screen may show who somebody is. */
const showSeconds = 60;

type Asked = InputOf<'cases.reveal'>;
type Revealed = { readonly fields: readonly IdentityField[]; readonly caseId: number | null };

function ofCase(context: VaultContext, opener: Opener, id: number): Result<Revealed> {
  const held = heldCase(context, id);
  if (!held.ok) return held;
  const fields = identityOf(context, opener, held.value.person);
  if (fields) return ok({ fields, caseId: id });
  return fail(
    'NOT_FOUND',
    'No identity is held for this person: none came with the people extract.',
    'Nothing was shown. Whoever keeps the extracts can tell who has this pseudonym only by importing names and numbers.',
  );
}

function ofAnswer(context: VaultContext, opener: Opener, safety: NonNullable<Asked['safety']>): Result<Revealed> {
  const content = openSafety(context, opener, safety);
  if (!content.ok) return content;
  const { reference, household, member, volunteer, requester } = content.value;
  const person = reference === '' ? null : personOfReference(context, opener, reference);
  const known = person === null ? null : identityOf(context, opener, person);
  const named = [
    { name: 'reference', value: reference },
    { name: 'household', value: household ?? '' },
    { name: 'member', value: member ?? '' },
    { name: 'volunteer', value: volunteer ?? '' },
    { name: 'requester', value: requester ?? '' },
  ].filter(({ value }) => value !== '');
  const more = (known ?? []).filter(({ name }) => name !== 'reference');
  if (named.length + more.length > 0) return ok({ fields: [...named, ...more], caseId: null });
  return fail(
    'NOT_FOUND',
    'The row that this answer stood in names nobody.',
    'Nothing was shown. Ask whoever sent the file; the list of imports says which file it was.',
  );
}

/** Opens a sealed identity on purpose: the written reason is kept sealed, and that it happened in the audit log. */
export async function reveal(context: VaultContext, asked: Asked): Promise<Result<OutputOf<'cases.reveal'>>> {
  const { vault } = context;
  if ((asked.case === undefined) === (asked.safety === undefined)) {
    return fail('BAD_INPUT', 'An identity is shown for one case or one safety answer.', 'Nothing was shown.');
  }
  const shown = await withOpener(vault, (opener): Result<Revealed> => {
    if (asked.case !== undefined) return ofCase(context, opener, asked.case);
    return asked.safety ? ofAnswer(context, opener, asked.safety) : fail('BAD_INPUT', 'Nobody is named.', '');
  });
  if (!shown.ok) return shown;
  const { fields, caseId } = shown.value;
  const { reason, safety } = asked;
  const box = sealContent(vault, { reason, ...(safety ? { safety } : {}) }, contexts.reveal);
  const object = caseId === null ? 'safety answer' : `case ${caseId}`;
  await vault.writeGate.run(() =>
    vault.store.commit(doneEvent(context, 'case.reveal', object), (transaction) =>
      addReveal(transaction, { at: isoTime(context), user: vault.user, caseId, box }),
    ),
  );
  return ok({ fields: fields.map((field) => ({ ...field })), showSeconds });
}

/** Notes that safety answers were seen. In clear stands only who and when: which ones would tell who gave one. */
export async function acknowledge(
  context: VaultContext,
  { keys, note }: InputOf<'cases.acknowledge'>,
): Promise<Result<OutputOf<'cases.acknowledge'>>> {
  const { vault } = context;
  if (keys.some((key) => safetyBox(vault.store.connection, key) === null)) {
    return fail('NOT_FOUND', 'There is no such safety answer.', 'Nothing was stored. Look at the worklist again.');
  }
  const content = { keys, ...(note === undefined || note === '' ? {} : { note }) };
  const box = sealContent(vault, content, contexts.acknowledgement);
  await vault.writeGate.run(() =>
    vault.store.commit(
      (id: number) => doneEvent(context, 'case.acknowledge', `acknowledgement ${id}`),
      (transaction) => addAcknowledgement(transaction, { at: isoTime(context), user: vault.user, box }),
    ),
  );
  return ok({ acknowledged: keys.length });
}

export async function setDeputy(
  context: VaultContext,
  { hours }: InputOf<'cases.setDeputy'>,
): Promise<Result<OutputOf<'cases.setDeputy'>>> {
  const { vault } = context;
  await vault.writeGate.run(() =>
    vault.store.commit(doneEvent(context, 'case.setDeputy', undefined, { hours }), (transaction) =>
      writeMeta(transaction, 'safety deputy hours', String(hours)),
    ),
  );
  return ok({ hours });
}
