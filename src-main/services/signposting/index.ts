import { readMeta, writeMeta } from '#main/store/meta.ts';
import usual from '#resources/family-summary/signposting.json' with { type: 'json' };
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { type Signposting, signpostingSchema } from '#shared/contract/report-spec.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, type VaultContext } from '../call-context.ts';

const key = 'signposting for families';

/** What is printed where a force gives nothing of its own. */
export const usualSignposting: Signposting = signpostingSchema.parse(usual);

/** What the sheet for families says where its spec says nothing else: the force's own, or the usual. */
export function signpostingHeld({ vault: { store } }: VaultContext): OutputOf<'signposting.get'> {
  const text = readMeta(store, key);
  // An empty text stands for one that was taken back.
  const own = text === null || text === '' ? null : signpostingSchema.parse(JSON.parse(text));
  return { signposting: own ?? usualSignposting, isOwn: own !== null };
}

/** Keeps the advice and contacts of the force, or goes back to the usual ones. */
export async function setSignposting(
  context: VaultContext,
  { signposting }: InputOf<'signposting.set'>,
): Promise<Result<OutputOf<'signposting.set'>>> {
  const { vault } = context;
  const event = doneEvent(context, 'signposting.set', signposting === null ? 'usual' : 'own', {
    contacts: signposting?.contacts.length ?? 0,
  });
  await vault.writeGate.run(() =>
    vault.store.commit(event, (transaction) =>
      writeMeta(transaction, key, signposting === null ? '' : JSON.stringify(signposting)),
    ),
  );
  return ok(signpostingHeld(context));
}
