import { Button, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { CodeRule, CodeRules } from '#shared/contract/code-rules.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatDate } from '../../ui/format.ts';
import { Badge, Panel } from '../../ui/surface.tsx';
import { filterRows, type TableColumn } from '../../ui/table-model.ts';
import { categoryLabel, ruleKey, withoutRule, withRule } from './draft.ts';
import { RuleDialog } from './rule-dialog.tsx';
import { RulesFile } from './rules-file.tsx';
import { places, text } from './text.ts';

type Actions = { readonly edit: (rule: CodeRule) => void; readonly remove: (rule: CodeRule) => void };

function columnsOf(before: ReadonlySet<string>, actions: Actions | null): readonly TableColumn<CodeRule>[] {
  return [
    {
      id: 'code',
      header: text.code,
      value: (rule) => rule.code,
      cell: (rule) => (
        <>
          {rule.code}
          {before.has(ruleKey(rule)) ? null : <Badge tone="tide">not saved</Badge>}
        </>
      ),
      grow: 1,
      widthPx: 160,
    },
    { id: 'category', header: text.category, value: (rule) => categoryLabel(rule.category), grow: 1, widthPx: 180 },
    {
      id: 'from',
      header: text.from,
      value: (rule) => rule.from ?? null,
      cell: (rule) => formatDate(rule.from ?? null),
      widthPx: 100,
    },
    {
      id: 'to',
      header: text.to,
      value: (rule) => rule.to ?? null,
      cell: (rule) => formatDate(rule.to ?? null),
      widthPx: 100,
    },
    { id: 'where', header: text.where, value: (rule) => places[rule.match ?? 'any'], widthPx: 170 },
    { id: 'note', header: text.note, value: (rule) => rule.note ?? null, grow: 1, widthPx: 100 },
    ...(actions ? [actionColumn(actions)] : []),
  ];
}

function actionColumn({ edit, remove }: Actions): TableColumn<CodeRule> {
  return {
    id: 'actions',
    header: 'Change',
    value: () => null,
    sortable: false,
    widthPx: 140,
    cell: (rule) => (
      <>
        <Button variant="subtle" size="compact-xs" aria-label={`${text.edit} ${rule.code}`} onClick={() => edit(rule)}>
          {text.edit}
        </Button>
        <Button
          variant="subtle"
          size="compact-xs"
          aria-label={`${text.remove} ${rule.code}`}
          onClick={() => remove(rule)}
        >
          {text.remove}
        </Button>
      </>
    ),
  };
}

type Props = {
  readonly version: number | null;
  readonly draft: CodeRules;
  readonly inForce: CodeRules;
  readonly onDraft: ((draft: CodeRules) => void) | null;
};

/** The rules in force and those being worked on, with search. */
export function RulesPanel({ version, draft, inForce, onDraft }: Props) {
  const [search, setSearch] = useState('');
  const [editing, setEditing] = useState<{ readonly rule: CodeRule | null } | null>(null);
  const before = useMemo(() => new Set(inForce.rules.map(ruleKey)), [inForce]);
  const columns = columnsOf(
    before,
    onDraft ? { edit: (rule) => setEditing({ rule }), remove: (rule) => onDraft(withoutRule(draft, rule)) } : null,
  );
  // The same rule said twice is shown once.
  const rules = useMemo(() => [...new Map(draft.rules.map((rule) => [ruleKey(rule), rule])).values()], [draft]);
  return (
    <Panel
      title={text.rules}
      note={text.rulesNote(version)}
      actions={
        <>
          {onDraft ? (
            <Button variant="default" size="xs" onClick={() => setEditing({ rule: null })}>
              {text.addRule}
            </Button>
          ) : null}
          <RulesFile canWrite={version !== null} onRead={onDraft} />
        </>
      }
    >
      <DataTable
        id="codes-rules"
        label={text.rules}
        columns={columns}
        rows={filterRows(rules, columns, search)}
        rowId={ruleKey}
        sortBy={{ id: 'code', desc: false }}
        maxHeightPx={420}
        copyable
        nothing={text.noRules}
        toolbar={
          <TextInput
            size="xs"
            type="search"
            aria-label={text.search}
            placeholder={text.search}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        }
      />
      {editing ? (
        <RuleDialog
          rule={editing.rule}
          onClose={() => setEditing(null)}
          onDone={(rule) => {
            onDraft?.(withRule(draft, rule, editing.rule));
            setEditing(null);
          }}
        />
      ) : null}
    </Panel>
  );
}
