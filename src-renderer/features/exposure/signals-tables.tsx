import { DataTable } from '../../ui/data-table.tsx';
import { Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import type { SignalCounts, SignalRule, SignalUnit } from './signals-model.ts';
import { few, signalsText as text } from './signals-text.ts';

function countColumn<Row extends object>(id: string, header: string, count: (row: Row) => number): TableColumn<Row> {
  return { id, header, value: count, cell: (row) => few(count(row)), align: 'end', widthPx: 96 };
}

function countColumns<Row extends SignalCounts & { readonly people: number }>(): readonly TableColumn<Row>[] {
  return [
    countColumn('people', text.people, (row) => row.people),
    countColumn('signals', text.raised, (row) => row.signals),
    countColumn('new', text.fresh, (row) => row.new),
    countColumn('again', text.again, (row) => row.again),
  ];
}

const ruleColumns: readonly TableColumn<SignalRule>[] = [
  { id: 'words', header: text.rule, value: (row) => row.words, grow: 3, widthPx: 320 },
  ...countColumns<SignalRule>(),
  countColumn('standing', text.standsNow, (row) => row.standing),
];

const unitColumns: readonly TableColumn<SignalUnit>[] = [
  { id: 'unit', header: text.unit, value: (row) => row.unit, grow: 2, widthPx: 160 },
  ...countColumns<SignalUnit>(),
];

/** Each rule in words, and how often it spoke. */
export function RulesPanel({ rules }: { readonly rules: readonly SignalRule[] }) {
  return (
    <Panel title={text.rulesTitle}>
      <DataTable
        id="signals-rules"
        label={text.rulesTitle}
        columns={ruleColumns}
        rows={rules}
        rowId={(row) => row.rule}
        showToolbar={false}
      />
    </Panel>
  );
}

export function UnitsPanel({ units }: { readonly units: readonly SignalUnit[] }) {
  if (units.length === 0) return null;
  return (
    <Panel title={text.unitsTitle} note={text.unitsNote}>
      <DataTable
        id="signals-units"
        label={text.unitsTitle}
        columns={unitColumns}
        rows={units}
        rowId={(row) => row.unit}
        sortBy={{ id: 'signals', desc: true }}
        showToolbar={false}
        maxHeightPx={360}
      />
    </Panel>
  );
}
