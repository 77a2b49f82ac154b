import type { RekeyJob, RekeyMade, RekeyStep } from '#main/store/rekey-store.ts';

export type RekeyData = {
  readonly job: RekeyJob;
  readonly dataKey: Uint8Array;
  readonly newDataKey: Uint8Array;
  /** The present pair and the next public half; null where the clinic key stays. */
  readonly clinic: {
    readonly publicKey: Uint8Array;
    readonly privateKey: Uint8Array;
    readonly newPublicKey: Uint8Array;
  } | null;
  /** One number, not zero once the work is to stop. */
  readonly cancelFlag: Int32Array;
};

export type RekeyMessage =
  | { readonly type: 'step'; readonly step: RekeyStep }
  | { readonly type: 'done'; readonly made: RekeyMade };
