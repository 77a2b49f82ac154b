import type { ListSignal } from '#main/analysis/cases/standing-signals.ts';
import { addSignal, listSignals } from '#main/store/case-records.ts';
import type { WriteTransaction } from '#main/store/vault-store.ts';
import { type Failure, ok, type Result } from '#shared/domain/result.ts';
import { isoTime, type VaultContext } from '../call-context.ts';
import { earlyWarningSignals } from './early-warning-signals.ts';
import { exposureSignals, rememberLook } from './exposure-signals.ts';
import type { SignalLook, SignalSource } from './signal-source.ts';

/** Where signals come from; another source is added here. */
const sources: readonly SignalSource[] = [exposureSignals, earlyWarningSignals];

type DueSignal = ListSignal & Pick<SignalLook, 'scheme' | 'schemeVersion' | 'joinsOpenCase'>;

export type DueSignals = {
  /** Last day of the exposures that were looked at; null where there are none, or they could not be looked at. */
  readonly asOfDay: number | null;
  readonly signals: readonly DueSignal[];
};

/**
 * The signals that are to be raised now. It is asked when a clinician opens the worklist and not after an import: whoever
 * imports need not wait for it and raises nothing about a person, and a rule that comes to hold because time has passed is
 * found without an import too.
 */
export async function dueSignals(context: VaultContext): Promise<Result<DueSignals>> {
  const told = listSignals(context.vault.store.connection);
  let failure: Failure | null = null;
  let due: DueSignals = { asOfDay: null, signals: [] };
  for (const source of sources) {
    const look = await source(context, told);
    if (!look.ok) {
      // A fault of one source must not keep back what another has found.
      failure ??= look;
      continue;
    }
    const { asOfDay, scheme, schemeVersion, joinsOpenCase, signals } = look.value;
    due = {
      // The day is that of the rules.
      asOfDay: source === exposureSignals ? asOfDay : due.asOfDay,
      signals: [...due.signals, ...signals.map((signal) => ({ ...signal, scheme, schemeVersion, joinsOpenCase }))],
    };
  }
  return failure !== null && due.signals.length === 0 ? failure : ok(due);
}

/** Stores signals. One of a person with an open case joins it as new since the last review, where the scheme says so. */
export function storeSignals(
  transaction: WriteTransaction,
  context: VaultContext,
  { asOfDay: lookedTo, signals }: DueSignals,
  openCases: ReadonlyMap<string, number>,
): void {
  if (lookedTo !== null) rememberLook(transaction, lookedTo);
  const raisedAt = isoTime(context);
  for (const { joinsOpenCase, again, ...signal } of signals) {
    addSignal(transaction, {
      ...signal,
      again: again ? 1 : 0,
      raisedAt,
      caseId: joinsOpenCase ? (openCases.get(signal.person) ?? null) : null,
    });
  }
}
