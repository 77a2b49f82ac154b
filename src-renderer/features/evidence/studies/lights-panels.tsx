import { useMemo } from 'react';
import type { TrafficLightsSpec } from '#shared/charts/evidence-specs.ts';
import type { HeldAppraisal, HeldEvidence } from '#shared/contract/evidence-studies.ts';
import type { AppraisalTool } from '#shared/domain/evidence/appraisal.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { ChartPanel } from '../../../ui/chart-panel.tsx';
import { specOption } from '../../../ui/charts/spec-chart.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { Panel } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { studiesText as text } from './text.ts';

/** What was judged by each tool: traffic lights where it is about bias, else a table. */
export function LightsPanels({ evidence }: { readonly evidence: HeldEvidence }) {
  const tools = useOperation('evidence.tools', {});
  if (evidence.appraisals.length === 0) return null;
  return (
    <QueryGate query={tools}>
      {(held) =>
        held.tools.map((tool) => {
          const judged = evidence.appraisals.filter(({ appraisal }) => appraisal.tool === tool.tool);
          return judged.length === 0 ? null : <Lights key={tool.tool} tool={tool} judged={judged} />;
        })
      }
    </QueryGate>
  );
}

type Props = { readonly tool: AppraisalTool; readonly judged: readonly HeldAppraisal[] };

function countsAs(tool: AppraisalTool, judgement: string | null | undefined): 'low' | 'some' | 'high' | null {
  return tool.judgements.find((known) => known.judgement === judgement)?.counts ?? null;
}

function judgementOf({ appraisal }: HeldAppraisal, domain: string): string | undefined {
  return appraisal.domains.find((judged) => judged.domain === domain)?.judgement;
}

function lightsOf({ tool, judged }: Props): TrafficLightsSpec {
  const nameOf = (counts: 'low' | 'some' | 'high') =>
    tool.judgements.find((judgement) => judgement.counts === counts)?.label ?? counts;
  return {
    kind: 'traffic-lights',
    domains: [...tool.domains.map(({ label }) => label), text.overall],
    studies: judged.map((one) => ({
      label: `${one.appraisal.study}, ${one.appraiser}`,
      lights: [
        ...tool.domains.map(({ domain }) => countsAs(tool, judgementOf(one, domain))),
        countsAs(tool, one.overall),
      ],
    })),
    names: { low: nameOf('low'), some: nameOf('some'), high: nameOf('high') },
  };
}

function columnsOf(tool: AppraisalTool): readonly TableColumn<HeldAppraisal>[] {
  const labelOf = (judgement: string | null | undefined) =>
    tool.judgements.find((known) => known.judgement === judgement)?.label ?? text.notJudged;
  return [
    { id: 'study', header: text.columns.study, value: ({ appraisal }) => appraisal.study, widthPx: 150 },
    { id: 'appraiser', header: text.appraiser, value: ({ appraiser }) => appraiser, widthPx: 100 },
    ...tool.domains.map(({ domain, label }) => ({
      id: domain,
      header: label,
      value: (one: HeldAppraisal) => labelOf(judgementOf(one, domain)),
      widthPx: 150,
    })),
    { id: 'overall', header: text.overall, value: ({ overall }) => labelOf(overall), widthPx: 140 },
  ];
}

const rowPx = 38;
const headPx = 110;

const rowId = ({ appraisal, appraiser }: HeldAppraisal): string => `${appraisal.study} ${appraiser}`;

function Lights({ tool, judged }: Props) {
  const option = useMemo(() => specOption(lightsOf({ tool, judged })), [tool, judged]);
  const columns = columnsOf(tool);
  const table = { id: `review-lights-${tool.tool}`, columns, rows: judged, rowId };
  if (tool.judges !== 'bias') {
    return (
      <Panel title={text.lights(tool.name)} note={tool.notes}>
        <DataTable {...table} label={text.lights(tool.name)} />
      </Panel>
    );
  }
  return (
    <ChartPanel
      {...table}
      title={text.lights(tool.name)}
      description={text.lightsDescribed(tool.name)}
      heightPx={headPx + rowPx * judged.length}
      option={option}
    />
  );
}
