import type { FoundSignal } from '#main/analysis/cases/raise-signals.ts';
import type { StoodRule } from '#main/analysis/cases/standing-signals.ts';
import type { SignalRow, StandingRow } from '#main/analysis/signals/signals.ts';
import { attendanceDays, exposureDays } from '#main/store/overview-queries.ts';
import { exposureSourceName } from '#main/workers/exposure-source.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import { runAnalysis } from '../analyses/index.ts';
import type { VaultContext } from '../call-context.ts';
import type { OpenVault } from '../vault/index.ts';

/** How far back the looks go at least: long enough for what stands to have a beginning. */
const lookBackDays = 364;

/** What the rules of a scheme found, look by look, up to the newest day of the data. */
export type ExposureLook = {
  readonly stood: readonly StoodRule[];
  readonly singles: readonly FoundSignal[];
  /** Hash of the data that were looked at. */
  readonly snapshot: string;
};

/** The newest day of an exposure or attendance; null where there is none. */
export function newestExposureDay({ vault }: VaultContext): number | null {
  const { connection } = vault.store;
  const spans = [exposureDays(connection), attendanceDays(connection)].filter((span) => span !== null);
  return spans.length === 0 ? null : Math.max(...spans.map(({ last }) => last));
}

type Question = {
  readonly scheme: string;
  readonly asOfDay: number;
  /** Single events after this day are to be found. */
  readonly singlesAfter: number;
};

/** The newest look of a vault, by what it was made from: the list asks each time it is opened, and every few minutes. */
const newestLooks = new WeakMap<OpenVault, { readonly name: string; readonly look: ExposureLook }>();

/**
 * Carries the rules of a scheme from week to week, as the analysis of signals does. Kept for as long as the store holds the same
 * batches.
 */
export async function lookAtExposures(
  context: VaultContext,
  { scheme, asOfDay, singlesAfter }: Question,
): Promise<Result<ExposureLook>> {
  const { vault } = context;
  const nameNow = (): string => `${scheme} ${asOfDay} ${singlesAfter} ${exposureSourceName(vault.store.connection)}`;
  const name = nameNow();
  const newest = newestLooks.get(vault);
  if (newest?.name === name) return ok(newest.look);
  const look = await lookAnew(context, { scheme, asOfDay, singlesAfter });
  // Where a batch has come or gone meanwhile, it is not said from which state it was made.
  if (look.ok && nameNow() === name) newestLooks.set(vault, { name, look: look.value });
  return look;
}

async function lookAnew(
  context: VaultContext,
  { scheme, asOfDay, singlesAfter }: Question,
): Promise<Result<ExposureLook>> {
  // A look lies in every 7 days, so that the first comes before the days that are asked about.
  const from = Math.min(asOfDay - lookBackDays, singlesAfter - 7);
  const spec = { from: isoOfDay(from), asOf: isoOfDay(asOfDay), every: 'week', scheme, rows: true };
  const run = await runAnalysis(context, 'signals', spec);
  if (!run.ok) return run;
  const { rows, standings } = run.value.result as unknown as {
    readonly rows: readonly SignalRow[];
    readonly standings: readonly StandingRow[];
  };
  return ok({
    stood: standings.map(({ person, rule, words, since, lastHeld, cleared }) => ({
      person,
      rule,
      words,
      sinceDay: dayNamed(since),
      lastHeldDay: dayNamed(lastHeld),
      clearedDay: cleared === null ? null : dayNamed(cleared),
    })),
    singles: rows.flatMap(({ person, rule, words, eventDay }) =>
      eventDay === null ? [] : [{ person, rule, words, eventDays: [dayNamed(eventDay)] }],
    ),
    snapshot: run.value.provenance.snapshot,
  });
}

function dayNamed(iso: string): number {
  return dayOfIso(iso) ?? 0;
}
