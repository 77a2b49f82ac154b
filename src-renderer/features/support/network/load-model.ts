import type { CurvesSpec } from '#shared/charts/curves-spec.ts';
import type { PeerLoad } from '#shared/domain/peer-network.ts';
import { formatShare } from '../../../ui/format.ts';
import { networkText } from './text.ts';

const text = networkText.load;

/** How far the line of the contacts hangs below that of a load all alike. */
export function lorenzSpec({ lorenz }: PeerLoad): CurvesSpec {
  return {
    kind: 'curves',
    x: { measure: 'volunteers, from the least busy', share: true, from: 0, to: 1 },
    y: { measure: 'contacts they carry', share: true, from: 0, to: 1 },
    lines: [
      { name: '', points: lorenz.map(({ volunteers, contacts }): readonly [number, number] => [volunteers, contacts]) },
    ],
    diagonal: text.alike,
  };
}

export function loadFinding({ lorenz }: PeerLoad): string {
  const allButBusiest = lorenz.at(-2);
  return allButBusiest === undefined ? text.title : text.busiest(formatShare(1 - allButBusiest.contacts));
}
