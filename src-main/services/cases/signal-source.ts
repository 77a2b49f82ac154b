import type { EarlierSignal } from '#main/analysis/cases/raise-signals.ts';
import type { ListSignal } from '#main/analysis/cases/standing-signals.ts';
import type { Result } from '#shared/domain/result.ts';
import type { VaultContext } from '../call-context.ts';

/** A signal that was raised before, and by what. */
export type ToldSignal = EarlierSignal & { readonly scheme: string };

/** What a source of signals raises on the newest data. */
export type SignalLook = {
  /** Last day of the data; null where there is nothing to look at. */
  readonly asOfDay: number | null;
  readonly scheme: string;
  /** Null where what raises the signals is no scheme. */
  readonly schemeVersion: number | null;
  /** Whether a signal joins the open case of its person; otherwise it stands by itself. */
  readonly joinsOpenCase: boolean;
  readonly signals: readonly ListSignal[];
};

export type SignalSource = (context: VaultContext, told: readonly ToldSignal[]) => Promise<Result<SignalLook>>;
