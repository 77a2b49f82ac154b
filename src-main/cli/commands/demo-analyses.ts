import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import type { Caller } from '../engine-session.ts';
import { say } from '../output.ts';

/** What the demo asks of a vault once everything is in; each the result of an analysis by its method. */
export type DemoResults = {
  readonly load: Readonly<Record<string, unknown>>;
  readonly trend: Readonly<Record<string, unknown>>;
  readonly outcome: Readonly<Record<string, unknown>> | null;
  readonly absence: Readonly<Record<string, unknown>>;
  readonly indicators: Readonly<Record<string, unknown>>;
  /** Uptake before the offer changed, and of the whole period with the change; null where it did not change. */
  readonly support: {
    readonly before: Readonly<Record<string, unknown>>;
    readonly change: Readonly<Record<string, unknown>>;
  } | null;
  /** With rows: volunteers and proposed matches of the last day. */
  readonly peers: Readonly<Record<string, unknown>>;
  /** Null where no officer's household has answered. */
  readonly families: Readonly<Record<string, unknown>> | null;
  readonly earlyWarning: Readonly<Record<string, unknown>>;
  /** By the code of the pilot; one that cannot be told is not among them. */
  readonly pilots: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly reading: readonly string[];
};

export type OfferChange = { readonly on: string; readonly service: string };

/** A service of the synthetic force that stays as it was. */
const untouched = { service: 'Occupational health' };

function dayBefore(iso: string): string {
  return isoOfDay((dayOfIso(iso) ?? 0) - 1);
}

/** Months before the planted step, from which the limits of the run charts come; fewer than 12 carry no limits of their own. */
function baselineOf(from: string, stepFrom: string): number | null {
  const monthsOf = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
  const months = monthsOf(stepFrom) - monthsOf(from);
  return months >= 12 ? months : null;
}

/**
 * Runs the analyses whose results the demo sets beside what was planted.
 * @param period first and last day of the force, the day of the planted step, and that of the changed offer
 * @param lockedPilots codes of the pilots to evaluate
 */
export async function runAnalyses(
  { call }: Caller,
  period: {
    readonly from: string;
    readonly to: string;
    readonly stepFrom: string;
    readonly offerChange: OfferChange | null;
  },
  lockedPilots: readonly string[],
): Promise<DemoResults> {
  const run = async (method: string, spec: Readonly<Record<string, unknown>>) => {
    say(`Running ${method} …`);
    return await call('analyses.run', { method, spec });
  };
  const { from, to, stepFrom, offerChange } = period;
  const firstOutcome = isoOfDay((dayOfIso(from) ?? 0) + 180);
  const load = await run('exposure-load', { asOf: to });
  const trend = await run('exposure-trend', { from, to, baseline: baselineOf(from, stepFrom) });
  const outcome = await run('exposure-outcome', { instrument: 'PHQ-9', from: firstOutcome, to }).catch(refused);
  const absence = await run('absence', { from, to, by: 'role', reference: 'Neighbourhood' });
  const indicators = await run('indicators', { asOf: to, months: 24 });
  const support =
    offerChange === null
      ? null
      : {
          before: (await run('support-uptake', { from, to: dayBefore(offerChange.on), by: ['role'] })).result,
          change: (await run('support-uptake', { from, to, by: [], change: { ...offerChange, comparison: untouched } }))
            .result,
        };
  const peers = await run('peer-network', { asOf: to, rows: true });
  const families = await run('family-impact', {}).catch(refused);
  const signals = await run('signals', { asOf: to });
  const earlyWarning = await run('early-warning', { asOf: to, resamples: 50 });
  const pilots = new Map<string, Readonly<Record<string, unknown>>>();
  for (const pilot of lockedPilots) {
    const evaluated = await run('pilot-evaluation', { pilot, asOf: to }).catch(refused);
    if (evaluated) pilots.set(pilot, evaluated.result);
  }
  return {
    load: load.result,
    trend: trend.result,
    outcome: outcome?.result ?? null,
    absence: absence.result,
    indicators: indicators.result,
    support,
    peers: peers.result,
    families: families?.result ?? null,
    earlyWarning: earlyWarning.result,
    pilots,
    reading: [...load.reading, '', ...signals.reading.slice(0, 1)],
  };
}

/** A force of one year has no two screenings of a person to compare, and a small one may have no family or too few in a pilot; anything else is no refusal. */
function refused(cause: unknown): null {
  if (cause instanceof ExpectedError && cause.error.code === 'REFUSED_MODEL') return null;
  throw cause;
}
