import { signalsToRaise } from '#main/analysis/cases/raise-signals.ts';
import { type ListSignal, standingSignals } from '#main/analysis/cases/standing-signals.ts';
import { readMeta, writeMeta } from '#main/store/meta.ts';
import type { WriteTransaction } from '#main/store/vault-store.ts';
import { ok } from '#shared/domain/result.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import { isSingleEventRule, saysTheSameInEveryScheme } from '#shared/domain/trigger-rules.ts';
import type { VaultContext } from '../call-context.ts';
import { adoptedSchemes } from '../schemes/index.ts';
import { type ExposureLook, lookAtExposures, newestExposureDay } from './exposure-look.ts';
import type { SignalSource, ToldSignal } from './signal-source.ts';

/** Where the vault keeps the newest day of the data on which signals were looked for first, and last. */
const firstLookKey = 'signals.firstLookDay';
const lastLookKey = 'signals.lastLookDay';

/** Schemes in the order in which they are in use, each with the newest day of the data when it was adopted. */
type SchemeInTurn = { readonly scheme: Scheme; readonly adoption: { readonly asOfDay: number } | null };

type Looks = { readonly first: number | null; readonly last: number | null };

function looksBefore({ vault }: VaultContext): Looks {
  const dayAt = (key: string): number | null => {
    const stored = readMeta(vault.store, key);
    return stored === null ? null : Number(stored);
  };
  const first = dayAt(firstLookKey);
  return { first, last: dayAt(lastLookKey) ?? first };
}

/** Remembers that signals were looked for on the data up to a day. */
export function rememberLook(transaction: WriteTransaction, asOfDay: number): void {
  if (readMeta(transaction, firstLookKey) === null) writeMeta(transaction, firstLookKey, String(asOfDay));
  writeMeta(transaction, lastLookKey, String(asOfDay));
}

/**
 * For each single-event rule of the scheme in use, the day up to which its events are history: the cool-down before it was looked
 * for first. A rule that the schemes before had too has been looked for since the first of them.
 */
function historyOf(schemes: readonly SchemeInTurn[], firstLook: number): ReadonlyMap<string, number> {
  const inUse = schemes.at(-1)?.scheme;
  const cooldown = Math.max(1, inUse?.cooldown_days ?? 0);
  const rules = (inUse?.review_triggers ?? []).map(({ rule }) => rule).filter(isSingleEventRule);
  return new Map(
    rules.map((rule) => {
      const lacking = schemes.findLastIndex(
        ({ scheme }) => !scheme.review_triggers.some((other) => other.rule === rule),
      );
      const begun = schemes[lacking + 1]?.adoption?.asOfDay ?? firstLook;
      return [rule, begun - cooldown];
    }),
  );
}

/** The signals of a look that were not told before. */
function dueOf(
  { stood, singles }: ExposureLook,
  told: readonly ToldSignal[],
  history: ReadonlyMap<string, number>,
  {
    scheme,
    asOfDay,
    lookedToDay,
  }: { readonly scheme: Scheme; readonly asOfDay: number; readonly lookedToDay: number | null },
): ListSignal[] {
  const cooldownDays = scheme.cooldown_days;
  const earlier = told.filter((signal) => saysTheSameInEveryScheme(signal.rule) || signal.scheme === scheme.id);
  const events = singles.filter(({ rule, eventDays }) => (eventDays?.[0] ?? 0) > (history.get(rule) ?? asOfDay));
  return [
    ...standingSignals(stood, earlier, { cooldownDays, lookedToDay }),
    ...signalsToRaise(events, earlier, { asOfDay, cooldownDays }).map((signal) => ({
      ...signal,
      sinceDay: null,
      again: false,
    })),
  ];
}

/** What a list would raise on the newest data by the last of these schemes. */
export async function signalsBy(
  context: VaultContext,
  schemes: readonly SchemeInTurn[],
  asOfDay: number,
  told: readonly ToldSignal[],
) {
  const { scheme } = schemes.at(-1) as SchemeInTurn;
  const { first, last } = looksBefore(context);
  const history = historyOf(schemes, Math.min(first ?? asOfDay, asOfDay));
  const singlesAfter = Math.min(asOfDay, ...history.values());
  const look = await lookAtExposures(context, { scheme: scheme.id, asOfDay, singlesAfter });
  if (!look.ok) return look;
  return ok({ look: look.value, signals: dueOf(look.value, told, history, { scheme, asOfDay, lookedToDay: last }) });
}

/** The review triggers of the scheme in use, as of the newest exposure or attendance. */
export const exposureSignals: SignalSource = async (context, told) => {
  const schemes = adoptedSchemes(context.vault.store.connection);
  const { scheme, version } = schemes.at(-1) ?? schemes[0];
  const common = { scheme: scheme.id, schemeVersion: version, joinsOpenCase: scheme.suppress_if_open_case };
  const asOfDay = newestExposureDay(context);
  if (asOfDay === null) return ok({ ...common, asOfDay, signals: [] });
  const due = await signalsBy(context, schemes, asOfDay, told);
  return due.ok ? ok({ ...common, asOfDay, signals: due.value.signals }) : due;
};
