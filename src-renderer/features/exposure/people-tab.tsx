import { Select, Switch, TextInput } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { useAnalysis } from '../../bridge/hooks.ts';
import { AnalysisGate } from '../../ui/analysis-gate.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { Badge, Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { WorkedOut } from '../../ui/worked-out.tsx';
import { ExportRows } from './export-rows.tsx';
import classes from './exposure.module.css';
import { loadSpec, type Question, windowsDays } from './filters.ts';
import { everybody, filterPeople, type PeopleFilter, valuesOf } from './people-model.ts';
import { type PersonLoad, readLoad } from './results.ts';
import { text } from './text.ts';
import { TimelinePanel } from './timeline-panel.tsx';

export function PeopleTab({ question }: { readonly question: Question }) {
  const analysis = useAnalysis('exposure-load', loadSpec(question, { rows: true }));
  return (
    <AnalysisGate analysis={analysis} label={text.running}>
      {(result) => <People question={question} result={result} />}
    </AnalysisGate>
  );
}

function columnsFor(question: Question): readonly TableColumn<PersonLoad>[] {
  const weighted = question.scheme !== 'count-v1';
  const shown = String(question.windowDays);
  return [
    {
      id: 'person',
      header: 'Pseudonym',
      value: (row) => row.person,
      cell: (row) => <code>{row.person}</code>,
      widthPx: 148,
      grow: 1,
    },
    { id: 'unit', header: text.unit, value: (row) => row.unit, widthPx: 136, grow: 1 },
    { id: 'role', header: text.role, value: (row) => row.role, widthPx: 110, grow: 1 },
    ...windowsDays.map(
      (days): TableColumn<PersonLoad> => ({
        id: `count-${days}`,
        header: `${days} days`,
        value: (row) => row.counts[String(days)] ?? 0,
        cell: (row) => formatNumber(row.counts[String(days)] ?? 0, weighted ? 1 : 0),
        align: 'end',
        widthPx: 62,
      }),
    ),
    {
      id: 'decayed',
      header: 'Decayed load',
      value: (row) => row.decayed,
      cell: (row) => formatNumber(row.decayed, 1),
      align: 'end',
      widthPx: 78,
    },
    {
      id: 'percentile',
      header: `Percentile in role, ${shown} days`,
      value: (row) => row.percentiles[shown] ?? null,
      cell: (row) => formatNumber(row.percentiles[shown] ?? 0, 0),
      align: 'end',
      widthPx: 92,
    },
    {
      id: 'signals',
      header: text.signalHead,
      value: (row) => row.triggers.length,
      widthPx: 210,
      grow: 3,
      cell: (row) =>
        row.triggers.length === 0 ? (
          <span className={classes.dim}>{text.noSignal}</span>
        ) : (
          <span className={classes.signal} title={row.triggers.map((trigger) => trigger.words).join('\n')}>
            <Badge tone="tide">{formatCount(row.triggers.length)}</Badge>{' '}
            {row.triggers.map((trigger) => trigger.words).join(' ')}
          </span>
        ),
    },
  ];
}

function People({ question, result }: { readonly question: Question; readonly result: AnalysisResult }) {
  const load = useMemo(() => readLoad(result), [result]);
  const [filter, setFilter] = useState<PeopleFilter>(everybody);
  const [person, setPerson] = useState<PersonLoad | null>(null);
  const settled = useDeferredValue(filter);
  const rows = useMemo(() => filterPeople(load.rows, settled), [load, settled]);
  const columns = useMemo(() => columnsFor(question), [question]);
  const signals = useMemo(() => load.rows.filter((row) => row.triggers.length > 0).length, [load]);
  return (
    <Panel
      title={text.peopleFinding(load.people, signals)}
      note={`${text.peopleNote} ${text.openHint}`}
      actions={
        <>
          <ExportRows
            of={{
              what: 'loads',
              spec: loadSpec(question, { rows: true }),
              people: rows.length === load.rows.length ? null : rows.map((row) => row.person),
            }}
            rows={rows.length}
            suggestedName={`people-${question.asOf}.csv`}
          />
          <WorkedOut
            result={result}
            numbers={[
              { term: 'People in post', value: formatCount(load.people) },
              { term: 'Exposures', value: `${formatCount(load.eventsInPost)} of people in post` },
            ]}
            steps={[
              'Counts are summed weights in the window: plain numbers under count-v1.',
              'Decayed load adds every exposure, halved for each half-life that has passed.',
              'The percentile is the share of people of the same role in post whose load is no higher, those without exposures included.',
              'A signal names the rule of the scheme that raised it.',
            ]}
          />
        </>
      }
    >
      <DataTable
        id="people"
        label="People"
        columns={columns}
        rows={rows}
        rowId={(row) => row.person}
        sortBy={{ id: 'signals', desc: true }}
        maxHeightPx={620}
        onOpen={setPerson}
        chosen={person?.person ?? null}
        nothing={text.nobody}
        toolbar={<PeopleTools rows={load.rows} filter={filter} onChange={setFilter} />}
      />
      {person ? <TimelinePanel person={person} onClose={() => setPerson(null)} /> : null}
    </Panel>
  );
}

type ToolsProps = {
  readonly rows: readonly PersonLoad[];
  readonly filter: PeopleFilter;
  readonly onChange: (filter: PeopleFilter) => void;
};

function PeopleTools({ rows, filter, onChange }: ToolsProps) {
  const units = useMemo(() => valuesOf(rows, 'unit'), [rows]);
  const roles = useMemo(() => valuesOf(rows, 'role'), [rows]);
  return (
    <div className={classes.peopleTools}>
      <TextInput
        size="xs"
        w={240}
        aria-label={text.search}
        placeholder={text.search}
        leftSection={<Icon name="search" size={15} />}
        value={filter.search}
        onChange={(event) => onChange({ ...filter, search: event.currentTarget.value })}
      />
      <Select
        size="xs"
        w={170}
        aria-label={text.unit}
        searchable
        data={[{ value: '', label: text.allUnits }, ...units.filter((unit) => unit !== '')]}
        value={filter.unit ?? ''}
        onChange={(unit) => onChange({ ...filter, unit: unit || null })}
      />
      <Select
        size="xs"
        w={170}
        aria-label={text.role}
        searchable
        data={[{ value: '', label: text.allRoles }, ...roles.filter((role) => role !== '')]}
        value={filter.role ?? ''}
        onChange={(role) => onChange({ ...filter, role: role || null })}
      />
      <Switch
        size="xs"
        label={text.signalsOnly}
        checked={filter.signalsOnly}
        onChange={(event) => onChange({ ...filter, signalsOnly: event.currentTarget.checked })}
      />
    </div>
  );
}
