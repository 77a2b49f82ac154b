import { kaplanMeier, type SurvivalCurve } from '#main/stats/survival/kaplan-meier.ts';
import { lastAtMost } from '#main/stats/survival/near-times.ts';
import { logLogLimits } from '#main/stats/survival/survival-limits.ts';
import { survivalQuantile } from '#main/stats/survival/survival-quantile.ts';
import type { PeerResponse } from '#shared/domain/peer-network.ts';
import type { RequestRecord } from './records.ts';

const z95 = 1.959964;
const hoursShown = [0, 4, 8, 12, 24, 36, 48, 72, 96, 120, 168, 240, 336, 504, 672];

/** Hours to an answer, and whether it came; what came after the end counts as open. */
export function waitOf(
  { requestedAt, respondedAt }: RequestRecord,
  endAt: number,
): { hours: number; answered: boolean } {
  const answered = respondedAt !== null && respondedAt < endAt;
  const until = answered ? respondedAt : endAt;
  return { hours: Math.max(0, until - requestedAt) / 3_600, answered };
}

/** Times to an answer over all requests, the open ones as censored. Nothing is estimated from fewer than `minimum` people. */
export function responseTimes(
  requests: readonly RequestRecord[],
  options: { readonly endAt: number; readonly responseHours: number; readonly minimum: number },
): PeerResponse {
  const { endAt, responseHours, minimum } = options;
  const waits = requests.map((request) => waitOf(request, endAt));
  const people = new Set(requests.map(({ token }) => token)).size;
  const openPeople = new Set(requests.filter((_, at) => !waits[at]?.answered).map(({ token }) => token)).size;
  const answeredPeople = new Set(requests.filter((_, at) => waits[at]?.answered).map(({ token }) => token)).size;
  const few = (count: number): boolean => count > 0 && count < minimum;
  const counts = {
    // Requests less people are those who asked again, where how many people asked is told by area.
    requests: few(people) || few(requests.length - people) ? null : requests.length,
    open: few(openPeople) || few(answeredPeople) ? null : waits.filter(({ answered }) => !answered).length,
  };
  if (people < minimum) return { ...counts, withinShare: null, hours: responseHours, medianHours: null, curve: [] };
  const curve = kaplanMeier(
    { time: Float64Array.from(waits, ({ hours }) => hours), entry: null },
    Float64Array.from(waits, ({ answered }) => (answered ? 1 : 0)),
  );
  const at = pointAt(curve, responseHours);
  const median = survivalQuantile(curve.time, curve.survival, 0.5);
  const mayShow = ({ atRisk, events }: Point): boolean => atRisk >= minimum && (events === 0 || events >= minimum);
  return {
    ...counts,
    withinShare: mayShow(at) ? complement(at) : null,
    hours: responseHours,
    medianHours: Number.isNaN(median) || !mayShow(pointAt(curve, median)) ? null : median,
    curve: keptApart(
      [...new Set([...hoursShown, responseHours])]
        .sort((a, b) => a - b)
        .map((hours) => ({ hours, point: pointAt(curve, hours) }))
        .filter(({ point }) => mayShow(point)),
      responseHours,
      minimum,
    )
      .filter(({ hours }) => hoursShown.includes(hours))
      .map(({ hours, point: { waiting, low, high } }) => ({ hours, waiting, low, high })),
  };
}

type TimedPoint = { readonly hours: number; readonly point: Point };

/**
 * Points between which nobody or enough were answered: the number answered between two follows from their shares and how many
 * asked. The point that is told in words is kept, and the others are measured from it, backwards and forwards.
 */
function keptApart(points: readonly TimedPoint[], toldHours: number, minimum: number): readonly TimedPoint[] {
  const told = points.findIndex(({ hours }) => hours === toldHours);
  const first = Math.max(0, told);
  const start = points[first];
  if (start === undefined) return [];
  const walk = (further: readonly TimedPoint[]): TimedPoint[] => {
    let last = start.point.events;
    return further.filter(({ point: { events } }) => {
      const between = Math.abs(events - last);
      if (between > 0 && between < minimum) return false;
      last = events;
      return true;
    });
  };
  return [...walk(points.slice(0, first).reverse()).reverse(), start, ...walk(points.slice(first + 1))];
}

type Point = {
  readonly waiting: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Requests still waiting just after, and those answered until then: neither may be few. */
  readonly atRisk: number;
  readonly events: number;
};

function pointAt(curve: SurvivalCurve, hours: number): Point {
  const place = lastAtMost(curve.time, hours);
  if (place < 0) return { waiting: 1, low: null, high: null, atRisk: curve.atRisk[0] ?? 0, events: 0 };
  const waiting = curve.survival[place] as number;
  const { low, high } = logLogLimits(waiting, waiting * (curve.seLog[place] as number), z95);
  const told = (limit: number): number | null => (Number.isNaN(limit) ? null : limit);
  const events = curve.events.subarray(0, place + 1).reduce((sum, count) => sum + count, 0);
  return { waiting, low: told(low), high: told(high), atRisk: curve.atRisk[place + 1] ?? 0, events };
}

function complement({ waiting, low, high }: Point): NonNullable<PeerResponse['withinShare']> {
  return { estimate: 1 - waiting, low: high === null ? null : 1 - high, high: low === null ? null : 1 - low };
}
