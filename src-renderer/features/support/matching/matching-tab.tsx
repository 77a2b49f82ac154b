import { MultiSelect } from '@mantine/core';
import { useRef, useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import { useLongQuery, useOperation } from '../../../bridge/hooks.ts';
import { useMemory } from '../../../bridge/memory.ts';
import { hasRole, useSession } from '../../../bridge/session.ts';
import { AnalysisGate } from '../../../ui/analysis-gate.tsx';
import { DateField } from '../../../ui/date-field.tsx';
import { Filters } from '../../../ui/filters.tsx';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { Notice, Panel, Stack } from '../../../ui/surface.tsx';
import { NoNetwork } from '../network/no-network.tsx';
import { newestDayOf, questionMemory } from '../network/question.ts';
import { DecideDialog, type Decided } from './decide-dialog.tsx';
import { DecisionsPanel } from './decisions-panel.tsx';
import { MatchingWorkedOut } from './matching-worked-out.tsx';
import { type AreaPair, neighboursMemory, pairsToChoose } from './neighbours.ts';
import { ProposalsPanel } from './proposals-panel.tsx';
import { matchingText as text } from './text.ts';
import { UnmatchedPanel } from './unmatched-panel.tsx';

/** Open requests with whom to propose; a coordinator decides on each. */
export function MatchingTab() {
  const overview = useOperation('overview.get', {});
  const isCoordinator = hasRole(useSession(), 'analyst');
  return (
    <QueryGate query={overview}>
      {({ freshness }) => {
        const newest = newestDayOf(freshness);
        if (newest === null) return <NoNetwork />;
        return isCoordinator ? <Matching newestDay={newest} /> : <Panel>{text.coordinatorsOnly}</Panel>;
      }}
    </QueryGate>
  );
}

function Matching({ newestDay }: { readonly newestDay: string }) {
  const asOf = useMemory(questionMemory).asOf ?? newestDay;
  const neighbours = useMemory(neighboursMemory);
  const proposed = useLongQuery('peers.propose', { spec: { asOf, neighbours } });
  const matching = proposed.query.data?.matching;
  // What can be chosen stays while the proposals are made anew for a choice.
  const pairs = useRef<readonly AreaPair[]>([]);
  if (matching) pairs.current = pairsToChoose(matching, neighbours);
  return (
    <Stack>
      <Notice title={text.byHandTitle}>
        <p>{text.byHand}</p>
      </Notice>
      <QuestionBar asOf={asOf} newestDay={newestDay} pairs={pairs.current} neighbours={neighbours} />
      <AnalysisGate analysis={proposed} label={text.running}>
        {(answer) => <Proposed neighbours={neighbours} proposed={answer} />}
      </AnalysisGate>
    </Stack>
  );
}

type ProposedProps = {
  readonly neighbours: readonly AreaPair[];
  readonly proposed: OutputOf<'peers.propose'>;
};

function Proposed({ neighbours, proposed }: ProposedProps) {
  const decisions = useOperation('peers.decisions', {});
  const [decided, setDecided] = useState<Decided | null>(null);
  const { matching, spec } = proposed;
  return (
    <Stack>
      <ProposalsPanel
        matching={matching}
        onDecide={setDecided}
        actions={<MatchingWorkedOut proposed={proposed} neighbours={neighbours} />}
      />
      <UnmatchedPanel unmatched={matching.unmatched} />
      <QueryGate query={decisions}>
        {(held) => <DecisionsPanel decisions={held.decisions} onDecide={setDecided} />}
      </QueryGate>
      {decided === null ? null : <DecideDialog decided={decided} spec={spec} onClose={() => setDecided(null)} />}
    </Stack>
  );
}

type BarProps = {
  readonly asOf: string;
  readonly newestDay: string;
  readonly pairs: readonly AreaPair[];
  readonly neighbours: readonly AreaPair[];
};

function QuestionBar({ asOf, newestDay, pairs, neighbours }: BarProps) {
  const keyOf = (pair: AreaPair) => JSON.stringify(pair);
  return (
    <Filters>
      <DateField
        label={text.asOf}
        description={text.latest(newestDay)}
        value={asOf}
        onChange={(day) => questionMemory.set((now) => ({ ...now, asOf: day === newestDay ? null : day }))}
      />
      <MultiSelect
        label={text.neighbours}
        description={text.neighboursHint}
        inputWrapperOrder={['label', 'input', 'description']}
        {...(neighbours.length === 0 ? { placeholder: text.neighboursNone } : {})}
        value={neighbours.map(keyOf)}
        onChange={(values) => neighboursMemory.set(pairs.filter((pair) => values.includes(keyOf(pair))))}
        data={pairs.map((pair) => ({ value: keyOf(pair), label: text.pair(...pair) }))}
        searchable
        w={320}
        disabled={pairs.length === 0}
      />
    </Filters>
  );
}
