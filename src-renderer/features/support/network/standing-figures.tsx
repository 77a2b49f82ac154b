import type { PeerNetworkResult } from '#shared/domain/peer-network.ts';
import { formatCount, formatShare, none } from '../../../ui/format.ts';
import { KeyFigures } from '../../../ui/surface.tsx';
import { readinessOf } from './readiness.ts';
import { networkText } from './text.ts';

const text = networkText.figures;

/** How the network stands, at a glance. */
export function StandingFigures({ network }: { readonly network: PeerNetworkResult }) {
  const { listed, ready, over } = readinessOf(network);
  const { open, withinShare, hours } = network.response;
  const figure = (label: string, value: string | null, note: string, of: 'people' | 'volunteers') =>
    value === null ? { label, value: none, note: networkText.few(of) } : { label, value, note };
  return (
    <KeyFigures
      figures={[
        figure(
          text.ready,
          ready === null || listed === null ? null : networkText.of(ready, listed),
          text.readyNote,
          'volunteers',
        ),
        figure(
          text.over,
          over === null ? null : formatCount(over),
          network.rows === undefined ? text.overNoteWithout : text.overNote,
          'volunteers',
        ),
        figure(text.waiting, open === null ? null : formatCount(open), text.waitingNote, 'people'),
        figure(
          text.within(hours),
          withinShare === null ? null : formatShare(withinShare.estimate),
          withinShare === null || withinShare.low === null || withinShare.high === null
            ? text.intervalNone
            : text.interval(formatShare(withinShare.low), formatShare(withinShare.high)),
          'people',
        ),
      ]}
    />
  );
}
