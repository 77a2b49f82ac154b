import { Select } from '@mantine/core';
import { useMemo } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { FamilyImpactResult } from '#shared/domain/family-impact.ts';
import { useAnalysis, useOperation } from '../../bridge/hooks.ts';
import { createMemory, useMemory } from '../../bridge/memory.ts';
import { AnalysisGate } from '../../ui/analysis-gate.tsx';
import { Filters } from '../../ui/filters.tsx';
import { formatCount } from '../../ui/format.ts';
import { NothingHeld } from '../../ui/nothing-held.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { BearInMind, InWords } from '../../ui/reading.tsx';
import { Notice, Page, Stack } from '../../ui/surface.tsx';
import { ChildrenPanel, DifferencesPanel, FlowPanel, ScoresPanel } from './answer-panels.tsx';
import { CrossoverPanels, MediationPanels, SpilloverPanel } from './model-panels.tsx';
import { readFamilyImpact } from './results.ts';
import { SummarySheet } from './summary-sheet.tsx';
import { text } from './text.ts';

/** Null: the wave with most complete couples. */
const waveMemory = createMemory<string | null>(null);

export function FamiliesPlace() {
  const overview = useOperation('overview.get', {});
  return (
    <Page title={text.title} lead={text.lead}>
      <QueryGate query={overview}>
        {({ freshness }) =>
          freshness.some(({ kind, rows }) => kind === 'families' && rows > 0) ? <Families /> : <NoFamilies />
        }
      </QueryGate>
    </Page>
  );
}

function NoFamilies() {
  return (
    <Stack>
      <NothingHeld icon="families" title={text.emptyTitle} text={text.emptyText} />
      <Notice title={text.theirsTitle}>
        <p>{text.theirs}</p>
      </Notice>
    </Stack>
  );
}

function Families() {
  const wave = useMemory(waveMemory);
  const spec = useMemo(() => (wave === null ? {} : { wave }), [wave]);
  const analysis = useAnalysis('family-impact', spec);
  return (
    <>
      <AnalysisGate analysis={analysis} label={text.running}>
        {(result) => <Answer result={result} />}
      </AnalysisGate>
      <SummarySheet wave={wave} />
    </>
  );
}

function Answer({ result }: { readonly result: AnalysisResult }) {
  const families = useMemo(() => readFamilyImpact(result), [result]);
  return (
    <Stack>
      <WaveChoice waves={families.waves} />
      <BearInMind warnings={result.warnings} />
      {families.unlinkedBecause === null ? null : (
        <Notice title={text.unlinkedTitle}>
          <p>{families.unlinkedBecause}</p>
        </Notice>
      )}
      <FlowPanel families={families} />
      <ScoresPanel families={families} />
      <DifferencesPanel families={families} />
      <SpilloverPanel families={families} result={result} />
      <CrossoverPanels families={families} result={result} />
      <MediationPanels families={families} result={result} />
      <ChildrenPanel answers={families.children} />
      <InWords lines={result.reading} />
    </Stack>
  );
}

function WaveChoice({ waves }: Pick<FamilyImpactResult, 'waves'>) {
  const chosen = useMemory(waveMemory);
  const usual = '';
  return (
    <Filters>
      <Select
        label={text.wave}
        allowDeselect={false}
        w={360}
        value={chosen ?? usual}
        onChange={(value) => waveMemory.set(() => (value === usual ? null : value))}
        data={[
          { value: usual, label: text.usualWave },
          ...waves.map(({ wave, count, withheld }) => ({
            value: wave,
            label: text.waveCount(wave, count === null ? (withheld ?? text.withheld) : formatCount(count)),
          })),
        ]}
      />
    </Filters>
  );
}
