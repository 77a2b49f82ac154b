import type { FoundSignal } from '#main/analysis/cases/raise-signals.ts';
import type { ExposureRow } from '#main/analysis/exposure/exposure-load.ts';
import { attendanceDays, exposureDays } from '#main/store/overview-queries.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import { parseTriggerRule } from '#shared/domain/trigger-rules.ts';
import { runAnalysis } from '../analyses/index.ts';
import type { VaultContext } from '../call-context.ts';
import { schemeNamed } from '../schemes/index.ts';

/** What a source of signals finds in the newest data. */
export type SignalLook = {
  /** Last day of the data; null where there is nothing to look at. */
  readonly asOfDay: number | null;
  readonly scheme: string;
  readonly cooldownDays: number;
  readonly found: readonly FoundSignal[];
};

export type SignalSource = (context: VaultContext) => Promise<Result<SignalLook>>;

const defaultScheme = 'count-v1';

/** Days on which somebody met the single event that a rule is about, within the rule's window; null for other rules. */
async function eventDaysOf(
  context: VaultContext,
  person: string,
  rule: string,
  { scheme, asOfDay }: { readonly scheme: Scheme; readonly asOfDay: number },
): Promise<readonly number[] | null> {
  const parsed = parseTriggerRule(rule, Object.keys(scheme.tiers), scheme.cooldown_days);
  if (!parsed.ok || parsed.value.kind !== 'single') return null;
  const { category, windowDays } = parsed.value;
  const facts = await context.vault.analysis.timeline(person, context.signal);
  return (facts?.events ?? [])
    .filter((event) => event.category === category && event.day > asOfDay - windowDays && event.day <= asOfDay)
    .map((event) => event.day);
}

/** The review triggers of the default scheme, as of the newest exposure or attendance. */
export const exposureSignals: SignalSource = async (context) => {
  const { connection } = context.vault.store;
  const named = schemeNamed(connection, defaultScheme);
  if (!named.ok) return named;
  const { scheme } = named.value;
  const common = { scheme: defaultScheme, cooldownDays: scheme.cooldown_days };
  const days = [exposureDays(connection), attendanceDays(connection)].filter((span) => span !== null);
  if (days.length === 0) return ok({ ...common, asOfDay: null, found: [] });
  const asOfDay = Math.max(...days.map(({ last }) => last));
  const spec = { asOf: isoOfDay(asOfDay), scheme: defaultScheme, rows: true };
  const load = await runAnalysis(context, 'exposure-load', spec);
  if (!load.ok) return load;
  const rows = load.value.result['rows'] as readonly ExposureRow[];
  const found: FoundSignal[] = [];
  for (const { person, triggers } of rows) {
    for (const { rule, words } of triggers) {
      const eventDays = await eventDaysOf(context, person, rule, { scheme, asOfDay });
      found.push({ person, rule, words, eventDays });
    }
  }
  return ok({ ...common, asOfDay, found });
};
