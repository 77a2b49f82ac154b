import { Button, Checkbox } from '@mantine/core';
import { type KeyboardEvent, useMemo, useState } from 'react';
import type { CodeRules, UnmappedCode } from '#shared/contract/code-rules.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { notTraumatic } from '#shared/domain/exposure-categories.ts';
import { comparableCode } from '#shared/domain/incident-codes.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatCount, formatPeriod } from '../../ui/format.ts';
import { Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { CategoryDialog } from './category-dialog.tsx';
import classes from './codes.module.css';
import { categoryLabel, decide, decisionsOf } from './draft.ts';
import { text } from './text.ts';

type Decisions = ReadonlyMap<string, string>;
type Mark = { readonly marked: ReadonlySet<string>; readonly toggle: (code: string) => void };

function columnsOf(decisions: Decisions, mark: Mark | null): readonly TableColumn<UnmappedCode>[] {
  const count = (id: 'attendances' | 'incidents' | 'uncovered', header: string): TableColumn<UnmappedCode> => ({
    id,
    header,
    value: (row) => row[id],
    cell: (row) => formatCount(row[id]),
    align: 'end',
    widthPx: 96,
    counts: true,
  });
  const decision = (row: UnmappedCode): string | null => {
    const category = decisions.get(comparableCode(row.code));
    return category === undefined ? null : categoryLabel(category);
  };
  return [
    ...(mark ? [markColumn(mark)] : []),
    { id: 'code', header: 'Code', value: (row) => row.code, grow: 2, widthPx: 150 },
    count('attendances', 'Attendances'),
    count('incidents', 'Incidents'),
    { ...count('uncovered', 'Not counted'), hidden: true },
    {
      id: 'days',
      header: 'Seen',
      value: (row) => row.lastDay,
      cell: (row) => formatPeriod(row.firstDay, row.lastDay),
      widthPx: 196,
    },
    { id: 'together', header: 'Seen with', value: (row) => row.together.join(', ') || null, grow: 1, widthPx: 90 },
    {
      id: 'proposal',
      header: 'Proposal',
      value: (row) => (row.proposal ? categoryLabel(row.proposal.category) : null),
      cell: (row) =>
        row.proposal ? (
          <span className={classes.oneLine} title={row.proposal.reason}>
            {categoryLabel(row.proposal.category)}
          </span>
        ) : (
          '–'
        ),
      grow: 2,
      widthPx: 170,
    },
    {
      id: 'decision',
      header: 'Rule',
      value: decision,
      cell: (row) =>
        decision(row) === null ? (
          '–'
        ) : (
          <span className={`${classes.oneLine} ${classes.decided}`} title={decision(row) ?? ''}>
            {decision(row)}
          </span>
        ),
      grow: 2,
      widthPx: 150,
    },
  ];
}

function markColumn({ marked, toggle }: Mark): TableColumn<UnmappedCode> {
  return {
    id: 'mark',
    header: 'Mark',
    value: (row) => (marked.has(row.code) ? 1 : 0),
    cell: (row) => (
      <Checkbox
        size="xs"
        tabIndex={-1}
        aria-label={`Mark ${row.code}`}
        checked={marked.has(row.code)}
        onChange={() => toggle(row.code)}
        onClick={(event) => event.stopPropagation()}
      />
    ),
    sortable: false,
    widthPx: 56,
  };
}

type Props = {
  readonly answer: OutputOf<'codes.unmapped'>;
  readonly draft: CodeRules;
  readonly inForce: CodeRules;
  /** Null for who may only read. */
  readonly onDraft: ((draft: CodeRules) => void) | null;
};

/** The codes nobody has decided on, to be worked through by keyboard, one by one or several at once. */
export function UnmappedPanel({ answer, draft, inForce, onDraft }: Props) {
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<readonly UnmappedCode[] | null>(null);
  const decisions = useMemo(() => decisionsOf(draft, inForce), [draft, inForce]);
  const toggle = (code: string) =>
    setMarked((now) => (now.has(code) ? new Set([...now].filter((one) => one !== code)) : new Set([...now, code])));
  const columns = columnsOf(decisions, onDraft ? { marked, toggle } : null);
  const several = answer.codes.filter(({ code }) => marked.has(code));
  const apply = (rows: readonly UnmappedCode[], categoryFor: (row: UnmappedCode) => string | null) => {
    const byCode = new Map(rows.map((row) => [row.code, categoryFor(row)]));
    const codes = rows.map(({ code }) => code);
    onDraft?.(decide(draft, inForce, codes, (code) => byCode.get(code) ?? null));
  };
  const onRowKey = (event: KeyboardEvent, row: UnmappedCode): boolean | null => {
    if (event.ctrlKey || event.metaKey || event.altKey) return null;
    switch (event.key.toLowerCase()) {
      case 'n':
        apply([row], () => notTraumatic);
        return true;
      case 'p':
        if (row.proposal) apply([row], () => row.proposal?.category ?? null);
        return row.proposal !== null;
      case 's':
        return true;
      case 'x':
        toggle(row.code);
        return false;
      case 'backspace':
      case 'delete':
        apply([row], () => null);
        return false;
      default:
        return null;
    }
  };
  return (
    <Panel title={text.unmapped(answer.all)} note={answer.all === 0 ? text.unmappedNone : text.unmappedNote}>
      {answer.all === 0 ? null : (
        <>
          {onDraft ? <p className={classes.keys}>{text.keys}</p> : null}
          {answer.codes.length < answer.all ? (
            <p className={classes.keys}>{text.first(answer.codes.length, answer.all)}</p>
          ) : null}
          <DataTable
            id="codes-unmapped"
            label={text.unmapped(answer.all)}
            columns={columns}
            rows={answer.codes}
            rowId={(row) => row.code}
            sortBy={{ id: 'attendances', desc: true }}
            maxHeightPx={520}
            {...(onDraft ? { onOpen: (row: UnmappedCode) => setAsking([row]), onRowKey, marked } : { copyable: true })}
            toolbar={
              onDraft ? (
                <SeveralAtOnce
                  rows={several}
                  onChoose={() => setAsking(several)}
                  onApply={(categoryFor) => apply(several, categoryFor)}
                  onUnmark={() => setMarked(new Set())}
                />
              ) : undefined
            }
          />
        </>
      )}
      {asking ? (
        <CategoryDialog
          codes={asking.map(({ code }) => code)}
          proposed={asking.length === 1 ? (asking[0]?.proposal?.category ?? null) : null}
          onClose={() => setAsking(null)}
          onChosen={(category) => {
            apply(asking, () => category);
            setAsking(null);
          }}
        />
      ) : null}
    </Panel>
  );
}

type SeveralProps = {
  readonly rows: readonly UnmappedCode[];
  readonly onChoose: () => void;
  readonly onApply: (categoryFor: (row: UnmappedCode) => string | null) => void;
  readonly onUnmark: () => void;
};

function SeveralAtOnce({ rows, onChoose, onApply, onUnmark }: SeveralProps) {
  const none = rows.length === 0;
  return (
    <div className={classes.work}>
      <span role="status">{text.marked(rows.length)}</span>
      <Button size="compact-sm" variant="default" disabled={none} onClick={onChoose}>
        {text.choose}
      </Button>
      <Button size="compact-sm" variant="default" disabled={none} onClick={() => onApply(() => notTraumatic)}>
        {text.notTraumatic}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        disabled={rows.every(({ proposal }) => proposal === null)}
        onClick={() => onApply(({ proposal }) => proposal?.category ?? null)}
      >
        {text.accept}
      </Button>
      <Button size="compact-sm" variant="subtle" disabled={none} onClick={() => onApply(() => null)}>
        {text.takeBack}
      </Button>
      <Button size="compact-sm" variant="subtle" disabled={none} onClick={onUnmark}>
        {text.unmark}
      </Button>
    </div>
  );
}
