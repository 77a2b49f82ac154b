import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReviewSearch } from '#shared/contract/review-shapes.ts';
import type { SearchSource } from '#shared/domain/review.ts';
import { DateField } from '../../../ui/date-field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import classes from '../evidence.module.css';
import { useEvidenceCommand } from '../use-evidence-command.ts';
import { searchText as text } from './text.ts';

type Props = {
  readonly review: string;
  /** The entry that is corrected; null for a new one. */
  readonly search: ReviewSearch | null;
  readonly onClose: () => void;
};

const sources = Object.entries(text.sources).map(([value, label]) => ({ value, label }));

function blank() {
  const source: SearchSource = 'database';
  const on = new Date().toISOString().slice(0, 10);
  return { source, database: '', platform: '', on, query: '', hits: 0, note: '' };
}

export function SearchDialog({ review, search, onClose }: Props) {
  const [form, setForm] = useState(() => {
    if (search === null) return blank();
    const { source, database, platform, on, query, hits, note } = search;
    return { source, database, platform, on, query, hits, note };
  });
  const change = (part: Partial<typeof form>) => setForm((now) => ({ ...now, ...part }));
  const save = useEvidenceCommand('reviews.search');
  const run = async () => {
    if (await save.run({ review, search: search?.search ?? null, ...form })) onClose();
  };
  return (
    <FormDialog
      title={search === null ? text.add : text.correct}
      confirm={search === null ? text.add : text.correct}
      command={save}
      isComplete={form.database.trim() !== '' && form.query.trim() !== ''}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <div className={classes.pair}>
        <TextInput
          label={text.database}
          value={form.database}
          onChange={(event) => change({ database: event.currentTarget.value })}
          maxLength={200}
          required
          data-autofocus
          autoComplete="off"
        />
        <Select
          label={text.source}
          data={sources}
          value={form.source}
          onChange={(source) => change({ source: (source ?? 'database') as SearchSource })}
          allowDeselect={false}
        />
        <TextInput
          label={text.platform}
          description={text.platformHint}
          value={form.platform}
          onChange={(event) => change({ platform: event.currentTarget.value })}
          maxLength={200}
          autoComplete="off"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
        />
        <DateField label={text.on} value={form.on} onChange={(on) => change({ on })} />
        <NumberInput
          label={text.hits}
          value={form.hits}
          onChange={(hits) => change({ hits: Number(hits) })}
          min={0}
          max={10_000_000}
          allowDecimal={false}
        />
      </div>
      <Textarea
        label={text.query}
        value={form.query}
        onChange={(event) => change({ query: event.currentTarget.value })}
        maxLength={20_000}
        autosize
        minRows={3}
        maxRows={10}
        required
      />
      <TextInput
        label={text.note}
        value={form.note}
        onChange={(event) => change({ note: event.currentTarget.value })}
        maxLength={2_000}
      />
    </FormDialog>
  );
}
