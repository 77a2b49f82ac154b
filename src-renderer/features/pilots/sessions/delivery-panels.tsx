import { useMemo } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import { doseLevels, type PilotFidelityResult } from '#shared/domain/pilot-fidelity.ts';
import { ChartPanel } from '../../../ui/chart-panel.tsx';
import { specOption } from '../../../ui/charts/spec-chart.ts';
import { doseFinding, doseSpec, teamsSpec, weeksFinding, weeksOption } from './delivery-charts.ts';
import { clusterColumns, doseColumns, weekColumns } from './session-columns.tsx';
import { sessionText as text } from './text.ts';

type Props = { readonly fidelity: PilotFidelityResult };

/** What was delivered, drawn: week by week, by how much people had, and by team. */
export function DeliveryCharts({ fidelity }: Props) {
  return (
    <>
      {fidelity.weeks.length === 0 ? null : <WeeksChart fidelity={fidelity} />}
      <DoseChart fidelity={fidelity} />
      {fidelity.clusters.length < 2 ? null : <TeamsChart fidelity={fidelity} />}
    </>
  );
}

function WeeksChart({ fidelity: { weeks } }: Props) {
  const option = useMemo(() => weeksOption(weeks), [weeks]);
  const title = weeksFinding(weeks);
  return (
    <ChartPanel
      id="pilot-fidelity-weeks"
      title={title}
      note={text.weeksNote}
      description={`Bars of sessions by week. ${title}. The table behind the chart has every week.`}
      heightPx={260}
      option={option}
      columns={weekColumns}
      rows={weeks}
      rowId={({ from }) => from}
    />
  );
}

function DoseChart({ fidelity }: Props) {
  const spec = useMemo(() => doseSpec(fidelity), [fidelity]);
  const option = useMemo(() => specOption(spec), [spec]);
  const title = doseFinding(fidelity);
  const rows = doseLevels.map((level) => ({ label: text.columns[level], people: fidelity.all.byDose[level] }));
  return (
    <ChartPanel
      id="pilot-fidelity-dose"
      title={title}
      note={text.doseNote}
      description={`Bars of people by how much they had. ${title}. The table behind the chart has every value.`}
      heightPx={240}
      option={option}
      columns={doseColumns}
      rows={rows}
      rowId={({ label }) => label}
      nothing={fidelity.all.people === null ? text.doseWithheld : null}
    />
  );
}

function TeamsChart({ fidelity: { clusters, all } }: Props) {
  const spec = useMemo(() => teamsSpec(clusters, all), [clusters, all]);
  const option = useMemo(() => specOption(spec), [spec]);
  return (
    <ChartPanel
      id="pilot-fidelity-teams"
      title={text.teamTitle}
      note={text.teamNote}
      description={`Bars of teams. ${text.teamTitle}. The table behind the chart has every value.`}
      heightPx={chartHeightPx(spec)}
      option={option}
      columns={clusterColumns}
      rows={clusters}
      rowId={({ cluster }) => cluster}
    />
  );
}
