import { Switch, TextInput } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { DataTable } from '../../ui/data-table.tsx';
import { formatDate, none } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { Badge, Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import classes from './exposure.module.css';
import type { PersonLoad } from './results.ts';
import { filterLines, type LineFilter, type SignalLine } from './signals-model.ts';
import { signalsText as text } from './signals-text.ts';
import { TimelinePanel } from './timeline-panel.tsx';

function lineKey({ person, rule, raised, eventDay }: SignalLine): string {
  return `${person} ${rule} ${raised} ${eventDay ?? ''}`;
}

function coolingWords({ coolsUntil }: SignalLine, asOf: string): string {
  if (coolsUntil === null) return text.noCooldown;
  return coolsUntil > asOf ? text.coolsUntil(coolsUntil) : text.cooled;
}

function standsWords({ since, stands, cleared }: SignalLine): string {
  if (since === null) return none;
  if (stands) return formatDate(since);
  return cleared === null ? none : text.clearedOn(cleared);
}

function columnsFor(asOf: string): readonly TableColumn<SignalLine>[] {
  return [
    {
      id: 'person',
      header: 'Pseudonym',
      value: (row) => row.person,
      cell: (row) => <code>{row.person}</code>,
      widthPx: 148,
    },
    {
      id: 'raised',
      header: text.raisedOn,
      value: (row) => row.raised,
      cell: (row) => formatDate(row.raised),
      widthPx: 112,
    },
    {
      id: 'state',
      header: text.state,
      value: (row) => row.state,
      cell: (row) =>
        row.state === 'new' ? <Badge tone="tide">{text.newState}</Badge> : <Badge>{text.againState}</Badge>,
      widthPx: 92,
    },
    {
      id: 'words',
      header: text.why,
      value: (row) => row.words,
      cell: (row) => (
        <span className={classes.signal} title={row.words}>
          {row.words}
        </span>
      ),
      grow: 3,
      widthPx: 200,
    },
    { id: 'since', header: text.since, value: (row) => row.since, cell: standsWords, widthPx: 160 },
    {
      id: 'cooling',
      header: text.cooling,
      value: (row) => row.coolsUntil,
      cell: (row) => coolingWords(row, asOf),
      widthPx: 128,
    },
    { id: 'unit', header: text.unit, value: (row) => row.unit, grow: 1, widthPx: 110 },
    { id: 'role', header: text.role, value: (row) => row.role, grow: 1, widthPx: 100, hidden: true },
  ];
}

/** The timeline shows what the person’s signals say; it needs no load. */
function asPerson(line: SignalLine, lines: readonly SignalLine[]): PersonLoad {
  const own = lines.filter(({ person, stands, eventDay }) => person === line.person && (stands || eventDay !== null));
  const triggers = [...new Map([...own, line].map(({ rule, words }) => [rule, { rule, words }])).values()];
  const { person, role, unit } = line;
  return { person, role, unit, counts: {}, events: {}, decayed: 0, percentiles: {}, triggers };
}

type Props = { readonly lines: readonly SignalLine[]; readonly asOf: string };

/** Every signal of the period, for whom by pseudonym, with its rule in words. */
export function SignalsPeople({ lines, asOf }: Props) {
  const [filter, setFilter] = useState<LineFilter>({ search: '', standingOnly: false });
  const [chosen, setChosen] = useState<SignalLine | null>(null);
  const settled = useDeferredValue(filter);
  const rows = useMemo(() => filterLines(lines, settled), [lines, settled]);
  const columns = useMemo(() => columnsFor(asOf), [asOf]);
  return (
    <Panel title={text.peopleTitle(lines.length)} note={text.peopleNote}>
      <DataTable
        id="signals-people"
        label={text.raised}
        columns={columns}
        rows={rows}
        rowId={lineKey}
        sortBy={{ id: 'raised', desc: true }}
        maxHeightPx={560}
        onOpen={setChosen}
        chosen={chosen === null ? null : lineKey(chosen)}
        nothing={text.nothing}
        toolbar={
          <div className={classes.peopleTools}>
            <TextInput
              size="xs"
              w={260}
              aria-label={text.search}
              placeholder={text.search}
              leftSection={<Icon name="search" size={15} />}
              value={filter.search}
              onChange={(event) => setFilter({ ...filter, search: event.currentTarget.value })}
            />
            <Switch
              size="xs"
              label={text.standingOnly}
              checked={filter.standingOnly}
              onChange={(event) => setFilter({ ...filter, standingOnly: event.currentTarget.checked })}
            />
          </div>
        }
      />
      {chosen ? <TimelinePanel person={asPerson(chosen, lines)} onClose={() => setChosen(null)} /> : null}
    </Panel>
  );
}
