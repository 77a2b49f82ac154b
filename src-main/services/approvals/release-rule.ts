import { readMeta, writeMeta } from '#main/store/meta.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, type VaultContext } from '../call-context.ts';
import type { OpenVault } from '../vault/index.ts';

const name = 'releases need two people';

/** Whether somebody else has to agree before a report or a bundle is written. */
export function needsTwoPeople({ store }: Pick<OpenVault, 'store'>): boolean {
  return readMeta(store, name) === 'yes';
}

export async function setReleaseRule(
  context: VaultContext,
  { twoPeople, reason }: InputOf<'releases.setRule'>,
): Promise<Result<OutputOf<'releases.setRule'>>> {
  const { vault } = context;
  const event = { ...doneEvent(context, 'release.rule', vault.id, { twoPeople }), reason };
  await vault.writeGate.run(() =>
    vault.store.commit(event, (transaction) => writeMeta(transaction, name, twoPeople ? 'yes' : 'no')),
  );
  return ok({ twoPeople });
}
