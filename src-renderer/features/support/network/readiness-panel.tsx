import type { PeerNetworkResult } from '#shared/domain/peer-network.ts';
import { formatCount } from '../../../ui/format.ts';
import { Facts, Panel } from '../../../ui/surface.tsx';
import { readinessOf } from './readiness.ts';
import { networkText } from './text.ts';

const text = networkText.readiness;

/** What keeps volunteers from taking somebody new on. */
export function ReadinessPanel({ network }: { readonly network: PeerNetworkResult }) {
  const { listed, ready, notReady } = readinessOf(network);
  const words = (count: number | null) => (count === null ? networkText.few('volunteers') : formatCount(count));
  return (
    <Panel
      title={text.title(ready === null || listed === null ? networkText.withheld : networkText.of(ready, listed))}
      note={text.note}
    >
      <Facts
        facts={[
          { term: text.ready, value: words(ready) },
          ...notReady.map(({ reason, volunteers }) => ({ term: text.reasons[reason], value: words(volunteers) })),
        ]}
      />
    </Panel>
  );
}
