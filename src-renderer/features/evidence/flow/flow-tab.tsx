import { Table } from '@mantine/core';
import type { ReviewView } from '#shared/contract/review-shapes.ts';
import { formatCount } from '../../../ui/format.ts';
import { Panel, Stack } from '../../../ui/surface.tsx';
import { type FlowBox, type FlowStep, flowSteps } from './flow-boxes.ts';
import { PrismaDiagram } from './prisma-diagram.tsx';
import { flowText as text } from './text.ts';

export function FlowTab({ view }: { readonly view: ReviewView }) {
  const steps = flowSteps(view.flow);
  return (
    <Stack>
      <Panel title={text.title} note={text.note}>
        <PrismaDiagram steps={steps} />
      </Panel>
      <Panel title={text.table}>
        <Table aria-label={text.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{text.columns.stage}</Table.Th>
              <Table.Th>{text.columns.box}</Table.Th>
              <Table.Th ta="end">{text.columns.count}</Table.Th>
              <Table.Th>{text.columns.of}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {steps.flatMap(({ stage, main, leaves }) => [
              <BoxRow key={main.box} stage={stage} box={main} />,
              ...(leaves === null ? [] : [<BoxRow key={leaves.box} stage={stage} box={leaves} />]),
            ])}
          </Table.Tbody>
        </Table>
      </Panel>
    </Stack>
  );
}

function BoxRow({ stage, box: { box, count, parts } }: { readonly stage: FlowStep['stage']; readonly box: FlowBox }) {
  return (
    <Table.Tr>
      <Table.Td>{text.stages[stage]}</Table.Td>
      <Table.Td>{box}</Table.Td>
      <Table.Td ta="end">{formatCount(count)}</Table.Td>
      <Table.Td>{parts.map((part) => `${part.label} ${formatCount(part.count)}`).join('; ')}</Table.Td>
    </Table.Tr>
  );
}
