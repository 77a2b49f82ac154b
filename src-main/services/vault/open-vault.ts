import type { KeyPair } from '#main/crypto/seal.ts';
import type { VaultLock } from '#main/store/vault-lock.ts';
import type { VaultStore } from '#main/store/vault-store.ts';
import type { AnalysisThread } from '#main/workers/analysis-thread.ts';
import type { PreviewThread } from '#main/workers/preview/preview-thread.ts';
import type { Role } from '#shared/domain/roles.ts';
import type { WriteGate } from './write-gate.ts';

/** Key material of an unlocked vault. Buffers only; zeroed on lock. */
export type VaultKeys = {
  readonly dataKey: Buffer;
  readonly clinicPublicKey: Buffer;
  readonly userPrivateKey: Buffer;
  /** The clinic pair; held by clinicians only. */
  readonly clinicPair: KeyPair | null;
};

/** A vault that somebody has unlocked, and who. */
export type OpenVault = {
  readonly id: string;
  readonly folder: string;
  readonly user: string;
  readonly roles: readonly Role[];
  readonly pendingRoles: readonly Role[];
  readonly store: VaultStore;
  readonly keys: VaultKeys;
  readonly lock: VaultLock;
  /** One writer at a time; long imports hold it on a thread of their own. */
  readonly writeGate: WriteGate;
  /** Reads for the analyses on a thread of its own. */
  readonly analysis: AnalysisThread;
  /** The same for fits that take long, so that they hold up no other question. */
  readonly fits: AnalysisThread;
  /** Reads rows of files that are not imported yet, on a thread of its own. */
  readonly preview: PreviewThread;
  /** True for a vault of synthetic data, which every screen and report says. */
  readonly synthetic: boolean;
  /** When the newest event happened that the clock of this machine had not reached on unlocking; null where it is ahead. */
  readonly clockBehind: string | null;
};
