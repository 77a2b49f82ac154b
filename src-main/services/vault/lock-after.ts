import { readMeta, writeMeta } from '#main/store/meta.ts';
import { defaultLockMinutes, mostLockMinutes } from '#shared/domain/lock-minutes.ts';
import { doneEvent, type VaultContext } from '../call-context.ts';
import type { OpenVault } from './open-vault.ts';

const name = 'lock after minutes';

/** Minutes without a person after which this vault locks itself: 1 to 15. */
export function lockAfterMinutes({ store }: Pick<OpenVault, 'store'>): number {
  const minutes = Number(readMeta(store, name) ?? defaultLockMinutes);
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= mostLockMinutes ? minutes : defaultLockMinutes;
}

export function setLockAfter(context: VaultContext, minutes: number): Promise<void> {
  const { store, writeGate } = context.vault;
  return writeGate.run(() =>
    store.commit(doneEvent(context, 'vault.lockAfter', context.vault.id, { minutes }), (transaction) =>
      writeMeta(transaction, name, String(minutes)),
    ),
  );
}
