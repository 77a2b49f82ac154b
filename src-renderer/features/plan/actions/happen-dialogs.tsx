import { Select } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { InputOf } from '#shared/contract/index.ts';
import type { ActionView } from '#shared/contract/plan.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { LineField, WordsField } from '../fields.tsx';
import { text as planText } from '../text.ts';
import { usePlanCommand } from '../use-plan-command.ts';
import { actionText as text } from './text.ts';

type Props = { readonly view: ActionView; readonly onClose: () => void };

export function SignDialog({ view, onClose }: Props) {
  const [post, setPost] = useState('');
  const sign = usePlanCommand('plan.signOff');
  const run = async () => {
    if (await sign.run({ action: view.action, version: view.version, post: post.trim() })) onClose();
  };
  return (
    <FormDialog
      title={text.signTitle}
      note={text.signNote}
      confirm={text.sign}
      command={sign}
      isComplete={post.trim().length >= 2}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <LineField label={text.post} hint={text.postHint} value={post} onChange={setPost} required isFirst />
    </FormDialog>
  );
}

type Target = InputOf<'plan.moveAction'>['to'];

export function MoveDialog({ view, onClose }: Props) {
  const [to, setTo] = useState(view.moves[0] as Target);
  const [reason, setReason] = useState('');
  const move = usePlanCommand('plan.moveAction');
  const run = async () => {
    if (await move.run({ action: view.action, to, reason: reason.trim() })) onClose();
  };
  return (
    <ReasonDialog
      title={text.move}
      note={null}
      confirm={text.move}
      command={move}
      isComplete={reason.trim().length >= 3}
      onConfirm={() => void run()}
      onClose={onClose}
      reason={reason}
      reasonHint={text.moveHint}
      onReason={setReason}
    >
      <Select
        label={text.moveTo}
        data={view.moves.map((status) => ({ value: status, label: planText.statuses[status] }))}
        value={to}
        onChange={(value) => setTo((value ?? to) as Target)}
        allowDeselect={false}
      />
    </ReasonDialog>
  );
}

export function NoteDialog({ view, onClose }: Props) {
  const [words, setWords] = useState('');
  const note = usePlanCommand('plan.note');
  const run = async () => {
    if (await note.run({ action: view.action, words: words.trim() })) onClose();
  };
  return (
    <FormDialog
      title={text.addNote}
      confirm={text.addNote}
      command={note}
      isComplete={words.trim().length >= 3}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <WordsField label={text.noteWords} hint={text.noteHint} value={words} onChange={setWords} required />
    </FormDialog>
  );
}

/** Begins a pilot as an idea and goes to it. */
export function StartPilotDialog({ view, onClose }: Props) {
  const [pilot, setPilot] = useState('');
  const navigate = useNavigate();
  const start = usePlanCommand('plan.startPilot');
  const run = async () => {
    const begun = await start.run({ action: view.action, pilot: pilot.trim() });
    if (begun) void navigate({ to: '/pilots/$pilot', params: { pilot: pilot.trim() } });
  };
  return (
    <FormDialog
      title={text.startPilot}
      note={text.startPilotNote}
      confirm={text.startPilot}
      command={start}
      isComplete={pilot.trim() !== ''}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <LineField label={text.pilotName} hint={text.pilotHint} value={pilot} onChange={setPilot} required isFirst />
    </FormDialog>
  );
}

export function LinkPilotDialog({ view, onClose }: Props) {
  const [pilot, setPilot] = useState<string | null>(null);
  const held = useOperation('pilots.list', {});
  const link = usePlanCommand('plan.linkPilot');
  const run = async () => {
    if (pilot !== null && (await link.run({ action: view.action, pilot }))) onClose();
  };
  return (
    <FormDialog
      title={text.linkPilot}
      note={text.linkNote}
      confirm={text.linkPilot}
      command={link}
      isComplete={pilot !== null}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <Select
        label={text.pilot}
        data={(held.data?.pilots ?? []).map((found) => ({ value: found.pilot, label: found.title }))}
        value={pilot}
        onChange={setPilot}
      />
    </FormDialog>
  );
}
