import type { PeerNetworkResult } from '#shared/domain/peer-network.ts';
import { formatCount } from '../../../ui/format.ts';
import { Facts, Panel } from '../../../ui/surface.tsx';
import { networkText } from './text.ts';

const text = networkText.supervision;

/** People whose first contact was with a volunteer who then lacked something. */
export function SupervisionPanel({ supervision }: { readonly supervision: PeerNetworkResult['supervision'] }) {
  const { people, gaps } = supervision;
  return (
    <Panel title={people === null ? text.title : text.finding(people)} note={text.note}>
      <Facts
        facts={gaps.map(({ gap, people: missing }) => ({
          term: text.gaps[gap],
          value: missing === null ? networkText.few('people') : formatCount(missing),
        }))}
      />
    </Panel>
  );
}
