import type { PeerResponse } from '../domain/peer-network.ts';
import { formatNumber } from '../report/format.ts';
import type { CurvesSpec } from './curves-spec.ts';

type Point = PeerResponse['curve'][number];

/** The share answered is what no longer waits, so that its limits change places. */
export function answered(waiting: number | null): number | null {
  return waiting === null ? null : 1 - waiting;
}

/** The share answered as a line between the hours that may be shown. */
export function responseSpec({ curve, medianHours }: PeerResponse): CurvesSpec {
  const line = (read: (point: Point) => number | null) =>
    curve.flatMap((point): (readonly [number, number])[] => {
      const value = answered(read(point));
      return value === null ? [] : [[point.hours, value]];
    });
  return {
    kind: 'curves',
    x: { measure: 'hours since the request', share: false, from: 0, to: curve.at(-1)?.hours ?? 72 },
    y: { measure: 'answered', share: true, from: 0, to: 1 },
    lines: [
      { name: 'Answered', points: line(({ waiting }) => waiting) },
      { name: 'Upper limit', points: line(({ low }) => low), dashed: true },
      { name: 'Lower limit', points: line(({ high }) => high), dashed: true },
    ],
    ...(medianHours === null
      ? {}
      : { mark: { x: medianHours, label: `half by hour ${formatNumber(medianHours, 0)}` } }),
  };
}
