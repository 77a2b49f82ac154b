import type { FoundSignal } from '#main/analysis/cases/raise-signals.ts';
import type { ExposureRow } from '#main/analysis/exposure/exposure-load.ts';
import type { SignalRow } from '#main/analysis/signals/signals.ts';
import { readMeta } from '#main/store/meta.ts';
import { attendanceDays, exposureDays } from '#main/store/overview-queries.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { ok, type Result } from '#shared/domain/result.ts';
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

/** Where the vault keeps the newest day of the data on which signals were looked for first. */
export const firstLookKey = 'signals.firstLookDay';

/** Single events on or before this day were history when signals were first looked for. */
function historyUpTo(context: VaultContext, asOfDay: number, cooldownDays: number): number {
  const stored = Number(readMeta(context.vault.store, firstLookKey) ?? asOfDay);
  return Math.min(stored, asOfDay) - Math.max(1, cooldownDays);
}

/**
 * Every single event since the cool-down before the first look: however late it comes to be known and however long the list
 * was not opened, none is lost. Those that were raised before are told apart by their day.
 */
async function singleEvents(
  context: VaultContext,
  asOfDay: number,
  after: number,
): Promise<Result<readonly FoundSignal[]>> {
  // A month end lies in every 31 days, so that the first look comes before the days that are asked about.
  const spec = {
    from: isoOfDay(after - 31),
    asOf: isoOfDay(asOfDay),
    every: 'month',
    scheme: defaultScheme,
    rows: true,
  };
  const run = await runAnalysis(context, 'signals', spec);
  if (!run.ok) return run;
  const rows = run.value.result['rows'] as readonly SignalRow[];
  return ok(
    rows.flatMap(({ person, rule, words, eventDay }) => {
      const day = eventDay === null ? null : dayOfIso(eventDay);
      return day === null || day <= after ? [] : [{ person, rule, words, eventDays: [day] }];
    }),
  );
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
  const load = await runAnalysis(context, 'exposure-load', {
    asOf: isoOfDay(asOfDay),
    scheme: defaultScheme,
    rows: true,
  });
  if (!load.ok) return load;
  const singles = await singleEvents(context, asOfDay, historyUpTo(context, asOfDay, scheme.cooldown_days));
  if (!singles.ok) return singles;
  const rows = load.value.result['rows'] as readonly ExposureRow[];
  const windows = rows.flatMap(({ person, triggers }) =>
    triggers
      .filter(({ rule }) => !rule.startsWith('single:'))
      .map(({ rule, words }): FoundSignal => ({ person, rule, words, eventDays: null })),
  );
  return ok({ ...common, asOfDay, found: [...windows, ...singles.value] });
};
