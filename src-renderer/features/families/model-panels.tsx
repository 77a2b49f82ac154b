import { useMemo } from 'react';
import { dyadCorrelations } from '#shared/charts/family-diagram.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type {
  FamilyImpactResult,
  FamilyIndirect,
  FamilyMediation,
  FamilyNode,
  FamilyTest,
} from '#shared/domain/family-impact.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Lines } from '../../ui/reading.tsx';
import { Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { numberColumn, pColumn } from './columns.tsx';
import { DiagramPanel } from './diagram-panel.tsx';
import { text } from './text.ts';

type Props = { readonly families: FamilyImpactResult; readonly result: AnalysisResult };

export function SpilloverPanel({ families, result }: Props) {
  return (
    <DiagramPanel
      id="families-spillover"
      part={families.spillover}
      words={text.spillover}
      result={result}
      steps={[
        'Take officers who answered, with their exposure in the window before their answer.',
        'Model conflict between work and family by exposure and distress; errors clustered by unit (CR2).',
      ]}
    />
  );
}

const testColumns: readonly TableColumn<FamilyTest>[] = [
  { id: 'words', header: 'Question', value: (row) => row.words, grow: 1, widthPx: 320 },
  numberColumn('statistic', 'Chi-squared', (row) => row.statistic, 2),
  numberColumn('df', 'df', (row) => row.df, 0),
  pColumn((row) => row.p),
];

export function CrossoverPanels({ families, result }: Props) {
  const { crossover } = families;
  const correlations = useMemo(() => (crossover.refused === null ? dyadCorrelations(crossover) : []), [crossover]);
  return (
    <Stack>
      <DiagramPanel
        id="families-crossover"
        part={crossover}
        correlations={correlations}
        words={text.crossover}
        result={result}
        steps={[
          'Take couples in which both agreed and nobody withdrew.',
          'Fit the actor–partner model by maximum likelihood, with couples that have some values missing.',
          'Give the partner effect over the actor effect only where the actor effect is distinguishable from nothing.',
        ]}
      />
      {crossover.refused === null ? (
        <Panel title={text.testsTitle}>
          <Stack>
            <DataTable
              id="families-tests"
              label={text.testsTitle}
              columns={testColumns}
              rows={crossover.tests}
              rowId={(row) => row.name}
              showToolbar={false}
            />
            <Lines lines={crossover.k.map(({ sentence }) => sentence)} />
          </Stack>
        </Panel>
      ) : null}
    </Stack>
  );
}

function indirectColumns(nodes: readonly FamilyNode[]): readonly TableColumn<FamilyIndirect>[] {
  const labelOf = (id: string) => nodes.find((node) => node.id === id)?.label ?? id;
  const way = ({ id, through }: FamilyIndirect) => (id === 'all' ? text.allWays : through.map(labelOf).join(' → '));
  return [
    { id: 'way', header: 'Way', value: way, grow: 1, widthPx: 360 },
    numberColumn('estimate', 'Estimate', (row) => row.estimate, 3),
    numberColumn('low', 'Low', (row) => row.low, 3),
    numberColumn('high', 'High', (row) => row.high, 3),
  ];
}

function WaysPanel({ mediation }: { readonly mediation: FamilyMediation }) {
  const columns = useMemo(() => indirectColumns(mediation.diagram.nodes), [mediation]);
  return (
    <Panel title={text.indirectTitle} note={text.indirectNote}>
      <DataTable
        id="families-indirect"
        label={text.indirectTitle}
        columns={columns}
        rows={mediation.indirect}
        rowId={(row) => row.id}
        showToolbar={false}
      />
    </Panel>
  );
}

export function MediationPanels({ families, result }: Props) {
  const { mediation } = families;
  return (
    <Stack>
      <DiagramPanel
        id="families-mediation"
        part={mediation}
        words={text.mediation}
        result={result}
        steps={[
          'Take complete couples with a known exposure.',
          'Model each link of the chain in turn, and multiply along each way.',
          'Give each way an interval by drawing couples again and again.',
        ]}
      />
      {mediation.refused === null ? <WaysPanel mediation={mediation} /> : null}
    </Stack>
  );
}
