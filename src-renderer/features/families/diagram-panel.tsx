import { useMemo } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import { type DrawnCorrelation, diagramFinding, diagramSpec } from '#shared/charts/family-diagram.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { FamilyArrow, FamilyDiagram, FamilyRefused } from '#shared/domain/family-impact.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { specOption } from '../../ui/charts/spec-chart.ts';
import { Notice, Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { WorkedOut } from '../../ui/worked-out.tsx';
import { numberColumn, pColumn } from './columns.tsx';
import { text } from './text.ts';

const columns: readonly TableColumn<FamilyArrow>[] = [
  { id: 'sentence', header: 'Link', value: (row) => row.sentence, grow: 1, widthPx: 360 },
  numberColumn('estimate', 'Estimate', (row) => row.estimate, 2),
  numberColumn('low', 'Low', (row) => row.low, 2),
  numberColumn('high', 'High', (row) => row.high, 2),
  numberColumn('standardised', 'In SDs', (row) => row.standardised, 2),
  pColumn((row) => row.p),
];

type Part = { readonly refused: null; readonly diagram: FamilyDiagram } | FamilyRefused;
type Words = { readonly title: string; readonly note: string; readonly about: string };
type Props = {
  readonly id: string;
  readonly part: Part;
  readonly words: Words;
  readonly steps: readonly string[];
  readonly correlations?: readonly DrawnCorrelation[];
  readonly result: AnalysisResult;
};

/** A model as its path diagram; where it was refused, the reason in its place. */
export function DiagramPanel({ part, words, ...rest }: Props) {
  if (part.refused !== null) {
    return (
      <Panel title={words.title} note={words.note}>
        <Notice>
          <p>{part.refused}</p>
        </Notice>
      </Panel>
    );
  }
  return <Diagram diagram={part.diagram} words={words} {...rest} />;
}

type DiagramProps = Omit<Props, 'part'> & { readonly diagram: FamilyDiagram };

function Diagram({ id, diagram, words, steps, correlations, result }: DiagramProps) {
  const spec = useMemo(() => diagramSpec(diagram, correlations), [diagram, correlations]);
  const option = useMemo(() => specOption(spec), [spec]);
  const title = diagramFinding(words.title, diagram);
  const sentences = diagram.arrows.map(({ sentence }) => sentence).join(' ');
  return (
    <ChartPanel
      copyable={false}
      id={id}
      title={title}
      note={`${words.note} ${text.association}`}
      description={`${words.about} ${title}. ${sentences} The table behind the chart has every value.`}
      heightPx={chartHeightPx(spec)}
      option={option}
      columns={columns}
      rows={diagram.arrows}
      rowId={(row) => row.id}
      actions={<WorkedOut result={result} steps={steps} />}
    />
  );
}
