import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { EvidenceLibrary } from '#shared/domain/evidence/library.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { text } from './text.ts';
import { useEvidenceCommand } from './use-evidence-command.ts';

type Kind = keyof typeof text.kinds;

type Props = {
  readonly taken: readonly string[];
  /** Whose studies the review begins with; null for a review that begins empty. */
  readonly library: EvidenceLibrary | null;
  readonly onClose: () => void;
  readonly onBegun: (review: string) => void;
};

/** Keeps a draft under a name and a title, with the studies of a library where one is given. */
export function BeginDialog({ taken, library, onClose, onBegun }: Props) {
  const [review, setReview] = useState('');
  const [title, setTitle] = useState(library?.title ?? '');
  const [kind, setKind] = useState<Kind>('rapid');
  const [isSaved, setSaved] = useState(false);
  const save = useEvidenceCommand('reviews.save');
  const copy = useEvidenceCommand('evidence.startFrom');
  const name = review.trim();
  const isTaken = !isSaved && taken.includes(name);
  const begin = async () => {
    if (!isSaved) {
      const saved = await save.run({ protocol: { review: name, title: title.trim(), kind } });
      if (!saved) return;
      setSaved(true);
    }
    if (library !== null && !(await copy.run({ review: name, library: library.library }))) return;
    onBegun(name);
  };
  return (
    <FormDialog
      title={library === null ? text.beginTitle : text.libraryBegin}
      note={library === null ? text.beginNote : text.libraryDialogNote}
      confirm={text.begin}
      command={save.isError ? save : copy}
      isComplete={name !== '' && title.trim() !== '' && !isTaken}
      onConfirm={() => void begin()}
      onClose={onClose}
    >
      <TextInput
        label={text.name}
        description={text.nameHint}
        value={review}
        onChange={(event) => setReview(event.currentTarget.value)}
        error={isTaken ? text.nameTaken : null}
        maxLength={200}
        required
        disabled={isSaved}
        data-autofocus
        autoComplete="off"
      />
      <TextInput
        label={text.reviewTitle}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        maxLength={200}
        required
        autoComplete="off"
      />
      <Select
        label={text.kind}
        data={Object.entries(text.kinds).map(([value, label]) => ({ value, label }))}
        value={kind}
        onChange={(value) => setKind((value ?? 'rapid') as Kind)}
        allowDeselect={false}
      />
    </FormDialog>
  );
}
