import { useMemo } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { specOption } from '../../ui/charts/spec-chart.ts';
import { formatCount, formatNumber, formatShare, none } from '../../ui/format.ts';
import type { TableColumn } from '../../ui/table-model.ts';
import { WorkedOut } from '../../ui/worked-out.tsx';
import { byRate, rateFinding, rateSpec } from './absence-model.ts';
import type { Absence, AbsenceFigures, GroupFigures } from './results.ts';
import { text } from './text.ts';

function numberColumn(
  id: string,
  header: string,
  read: (figures: AbsenceFigures) => number | null,
  show: (value: number) => string,
): TableColumn<GroupFigures> {
  return {
    id,
    header,
    value: ({ figures }) => (figures === null ? null : read(figures)),
    cell: ({ figures }) => {
      if (figures === null) return text.tooFew;
      const value = read(figures);
      return value === null ? none : show(value);
    },
    align: 'end',
    widthPx: 118,
  };
}

const one = (value: number) => formatNumber(value, 1);
const columns: readonly TableColumn<GroupFigures>[] = [
  { id: 'group', header: 'Group', value: (row) => row.group, grow: 1, widthPx: 180 },
  numberColumn('people', 'People', ({ people }) => people, formatCount),
  numberColumn('fte', 'FTE days lost', ({ days }) => days.fte, formatCount),
  numberColumn('rate', 'Per 100', ({ ratePercent }) => ratePercent, one),
  numberColumn('spells', 'Spells', ({ spells }) => spells, formatCount),
  numberColumn(
    'frequency',
    'Spells a year',
    ({ frequencyPerYear }) => frequencyPerYear,
    (value) => formatNumber(value, 2),
  ),
  numberColumn('severity', 'Days a spell', ({ severityDays }) => severityDays, one),
  numberColumn('long', 'Long spells', ({ long }) => long?.spells ?? null, formatCount),
  numberColumn('psychological', 'Psychological', ({ psychological }) => psychological?.share ?? null, formatShare),
  numberColumn('open', 'Still open', ({ openSpells }) => openSpells, formatCount),
];

type Props = { readonly absence: Absence; readonly by: string; readonly result: AnalysisResult };

/** Days lost of 100 in post, by group, beside the force. */
export function RatePanel({ absence, by, result }: Props) {
  const groups = useMemo(() => byRate(absence.groups), [absence]);
  const spec = useMemo(() => rateSpec(groups, absence.all), [groups, absence]);
  const option = useMemo(() => specOption(spec), [spec]);
  const title = rateFinding(groups, absence.all, by);
  return (
    <ChartPanel
      copyable={false}
      id="absence-rate"
      title={title}
      note={text.groupNote(absence.withheldGroups)}
      description={`Horizontal bars of FTE days lost per 100 by ${by}. ${title}. The table behind the chart has every value.`}
      heightPx={chartHeightPx(spec)}
      option={option}
      columns={columns}
      rows={groups}
      rowId={(row) => row.group}
      nothing={groups.every(({ figures }) => figures === null) ? text.groupsNothing : null}
      actions={
        <WorkedOut
          result={result}
          numbers={[{ term: 'People', value: formatCount(absence.people) }]}
          steps={[
            'Join absences that overlap or leave no day between into spells; count each day absent in post once, by the FTE held on it.',
            'Divide the FTE days lost by the FTE days in post, by the group that a person was in on the day; times 100.',
            'Withhold groups of fewer than ten people, or with fewer than ten absent, and what would give them away.',
          ]}
        />
      }
    />
  );
}
