import { type EarlierSignal, type NewSignal, signalsToRaise } from '#main/analysis/cases/raise-signals.ts';
import { addSignal, listSignals } from '#main/store/case-records.ts';
import { readMeta, writeMeta } from '#main/store/meta.ts';
import type { WriteTransaction } from '#main/store/vault-store.ts';
import { type Failure, ok, type Result } from '#shared/domain/result.ts';
import { isoTime, type VaultContext } from '../call-context.ts';
import { earlyWarningSignals } from './early-warning-signals.ts';
import { exposureSignals, firstLookKey, type SignalSource } from './signal-source.ts';

/** Where signals come from; another source is added here. */
const sources: readonly SignalSource[] = [exposureSignals, earlyWarningSignals];

export type DueSignals = {
  readonly asOfDay: number | null;
  readonly scheme: string;
  readonly signals: readonly (NewSignal & { readonly scheme: string })[];
};

/**
 * The signals that are to be raised now. It is asked when a clinician opens the worklist and not after an import: whoever
 * imports need not wait for it and raises nothing about a person, and a rule that comes to hold because time has passed is
 * found without an import too.
 */
export async function dueSignals(context: VaultContext): Promise<Result<DueSignals>> {
  const earlier: EarlierSignal[] = listSignals(context.vault.store.connection);
  let failure: Failure | null = null;
  let due: DueSignals = { asOfDay: null, scheme: '', signals: [] };
  for (const source of sources) {
    const look = await source(context);
    if (!look.ok) {
      // A fault of one source must not keep back what another has found.
      failure ??= look;
      continue;
    }
    const { asOfDay, scheme, cooldownDays, found } = look.value;
    const signals = asOfDay === null ? [] : signalsToRaise(found, earlier, { asOfDay, cooldownDays });
    due = {
      // Day and scheme are those of the rules; what stands beside them names its own with each signal.
      asOfDay: source === exposureSignals ? asOfDay : due.asOfDay,
      scheme: source === exposureSignals ? scheme : due.scheme,
      signals: [...due.signals, ...signals.map((signal) => ({ ...signal, scheme }))],
    };
  }
  return failure !== null && due.signals.length === 0 ? failure : ok(due);
}

/** Stores signals, each joined to the person's open case where there is one. */
export function storeSignals(
  transaction: WriteTransaction,
  context: VaultContext,
  { asOfDay: lookedTo, signals }: DueSignals,
  openCases: ReadonlyMap<string, number>,
): void {
  if (lookedTo !== null && readMeta(transaction, firstLookKey) === null) {
    writeMeta(transaction, firstLookKey, String(lookedTo));
  }
  const raisedAt = isoTime(context);
  for (const { person, rule, words, asOfDay, eventDay, scheme } of signals) {
    addSignal(transaction, {
      person,
      rule,
      words,
      asOfDay,
      eventDay,
      scheme,
      raisedAt,
      caseId: openCases.get(person) ?? null,
    });
  }
}
