import { useEffect, useRef, useState } from 'react';
import type { ReviewProtocol, ScreeningStage, ScreeningVerdict } from '#shared/domain/review.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { EmptyState, Stack } from '../../../ui/surface.tsx';
import { DeskActions } from './desk-actions.tsx';
import { useDeskKeys } from './desk-keys.ts';
import { DeskProgress } from './desk-progress.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { NoteField } from './note-field.tsx';
import { ReasonChoice } from './reason-choice.tsx';
import { RecordText } from './record-text.tsx';
import classes from './screening.module.css';
import { screeningText as text } from './text.ts';
import { useMarkedTerms } from './use-marked-terms.ts';
import { useScreening } from './use-screening.ts';

type Props = {
  readonly protocol: ReviewProtocol;
  readonly stage: ScreeningStage;
  readonly onStop: () => void;
};

/** What is open on the desk beside the record. */
type Open = 'nothing' | 'reasons' | 'note' | 'keys';

/** One record at a time, decided on by single keys. */
export function ScreeningDesk({ protocol, stage, onStop }: Props) {
  const { sitting, decide, takeBack } = useScreening(protocol.review, stage);
  const [open, setOpen] = useState<Open>('nothing');
  const [note, setNote] = useState('');
  const [heard, setHeard] = useState('');
  const marks = useMarkedTerms(protocol);
  const desk = useRef<HTMLElement>(null);
  const shown = useRef<HTMLElement>(null);
  const [record] = sitting.queue;
  const isHere = record !== undefined;
  const mayGoWithout = stage === 'title';

  const isDone = !isHere && sitting.progress?.remaining === 0;
  useEffect(() => {
    // The last decision can still be taken back by its key.
    if (isHere || isDone) (shown.current ?? desk.current)?.focus();
  }, [isHere, isDone]);

  const toRecord = () => {
    setOpen('nothing');
    shown.current?.focus();
  };
  const say = async (decision: ScreeningVerdict, reason: string | null = null) => {
    if (!(await decide({ decision, reason, note: note.trim() }))) return;
    setNote('');
    setHeard(text.saved[decision]);
    toRecord();
  };
  const goBack = async () => {
    setOpen('nothing');
    const isTaken = await takeBack();
    setHeard(isTaken ? text.saved.none : text.nothingToTakeBack);
    if (isTaken) shown.current?.focus();
  };
  const choose = (number: number): boolean => {
    if (number === 0 && mayGoWithout) void say('exclude');
    else {
      const reason = protocol.exclusion[number - 1];
      if (!reason) return false;
      void say('exclude', reason.code);
    }
    return true;
  };
  const acts: Readonly<Record<string, () => void>> = {
    i: () => void say('include'),
    e: () => setOpen('reasons'),
    u: () => void say('unsure'),
    b: () => void goBack(),
    n: () => setOpen('note'),
    h: marks.toggle,
    '?': () => setOpen('keys'),
    Escape: toRecord,
  };
  useDeskKeys(desk, (key) => {
    if (open === 'keys') return false;
    if (open === 'reasons' && /^\d$/.test(key)) return choose(Number(key));
    const act = acts[key];
    act?.();
    return act !== undefined;
  });

  return (
    <Stack>
      {sitting.error ? <ErrorPanel error={sitting.error} /> : null}
      <section ref={desk} tabIndex={-1} className={classes.desk} aria-label={text.desk}>
        <DeskProgress sitting={sitting} marks={marks} onStop={onStop} />
        {record === undefined ? (
          isDone ? (
            <EmptyState icon="check" title={text.nothing} text={text.nothingText[stage]} />
          ) : (
            <p className={classes.faint}>{text.fetching}</p>
          )
        ) : (
          <>
            <DeskActions
              isSaving={sitting.isSaving}
              canGoBack={sitting.decided.length > 0}
              hasNote={note.trim() !== ''}
              acts={acts}
            />
            {open === 'reasons' ? (
              <ReasonChoice reasons={protocol.exclusion} mayGoWithout={mayGoWithout} onChoose={choose} />
            ) : null}
            {open === 'note' ? <NoteField value={note} onChange={setNote} onDone={toRecord} /> : null}
            <article ref={shown} tabIndex={-1} className={classes.record} aria-label={record.title}>
              <RecordText reference={record} terms={marks.isOn ? marks.terms : null} />
            </article>
          </>
        )}
        <output className={classes.heard} aria-live="polite">
          {record ? `${heard} ${record.title}` : heard}
        </output>
      </section>
      {open === 'keys' ? <KeysDialog onClose={() => setOpen('nothing')} /> : null}
    </Stack>
  );
}
