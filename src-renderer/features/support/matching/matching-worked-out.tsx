import type { OutputOf } from '#shared/contract/index.ts';
import { formatCount, formatDate } from '../../../ui/format.ts';
import { Facts } from '../../../ui/surface.tsx';
import { Section, Steps, WorkedOutDrawer } from '../../../ui/worked-out.tsx';
import type { AreaPair } from './neighbours.ts';
import { matchingText } from './text.ts';

const text = matchingText.worked;

type Props = { readonly proposed: OutputOf<'peers.propose'>; readonly neighbours: readonly AreaPair[] };

/** By which rules and weights the matches were proposed. */
export function MatchingWorkedOut({ proposed, neighbours }: Props) {
  const { asOf, spec, matching, snapshot } = proposed;
  const weights = Object.entries((spec['weights'] ?? {}) as Readonly<Record<string, number>>);
  return (
    <WorkedOutDrawer>
      <Section title="Method">
        <Facts
          facts={[
            { term: text.asOf, value: formatDate(asOf) },
            {
              term: text.neighbours,
              value:
                neighbours.length === 0
                  ? text.noNeighbours
                  : neighbours.map(([one, other]) => matchingText.pair(one, other)).join('; '),
            },
            { term: text.cost, value: formatCount(matching.cost) },
            { term: text.snapshot, value: <code>{snapshot}</code> },
          ]}
        />
        <Steps steps={text.steps} />
      </Section>
      <Section title={text.weights}>
        <Facts
          facts={weights.map(([name, points]) => ({
            term: text.weightNames[name] ?? name,
            value: formatCount(points),
          }))}
        />
      </Section>
    </WorkedOutDrawer>
  );
}
