import { useMemo, useState } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { BearInMind, InWords, Lines } from '../../../ui/reading.tsx';
import { Notice, Panel, Stack } from '../../../ui/surface.tsx';
import { CoveragePanel } from './coverage-panel.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { SessionDialog } from './session-dialog.tsx';
import { timetableText as text } from './text.ts';
import classes from './timetable.module.css';
import { TimetableActions } from './timetable-actions.tsx';
import { useTimetableWork } from './timetable-memory.ts';
import {
  type EditedSession,
  editable,
  faultLines,
  faultsBySession,
  type PlacedSession,
  placedAgain,
  placedSessions,
  readTimetable,
  withSession,
} from './timetable-model.ts';
import { WeekCalendar } from './week-calendar.tsx';
import { weeksBetween } from './weeks.ts';

const mostFaultLines = 8;

type Props = {
  readonly pilot: string;
  /** A proposal, or the check of one that was changed by hand. */
  readonly result: AnalysisResult;
};

/** A timetable as a calendar, what was found of it, and what can be done with it. */
export function ProposedTimetable({ pilot, result }: Props) {
  const { work } = useTimetableWork(pilot);
  const timetable = useMemo(() => readTimetable(result), [result]);
  const isStale = work.edited !== null && work.checked === null;
  const sessions = useMemo(
    () => (isStale && work.edited !== null ? placedAgain(work.edited) : placedSessions(timetable)),
    [isStale, work.edited, timetable],
  );
  return (
    <Stack>
      <BearInMind warnings={result.warnings} />
      {isStale ? null : <CoveragePanel timetable={timetable} result={result} />}
      <SessionsPanel
        pilot={pilot}
        period={timetable}
        sessions={sessions}
        broken={isStale ? null : (timetable.broken ?? [])}
        mayEdit={timetable.rows !== undefined}
      />
      {isStale ? null : <InWords lines={result.reading} />}
    </Stack>
  );
}

type PanelProps = {
  readonly pilot: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly sessions: readonly PlacedSession[];
  /** Null where the sessions were changed by hand and not checked since. */
  readonly broken: NonNullable<ReturnType<typeof readTimetable>['broken']> | null;
  readonly mayEdit: boolean;
};

function SessionsPanel({ pilot, period, sessions, broken, mayEdit }: PanelProps) {
  const { work, change } = useTimetableWork(pilot);
  const [open, setOpen] = useState<'nothing' | 'add' | 'export' | PlacedSession>('nothing');
  const weeks = useMemo(() => weeksBetween(period.from, period.to, sessions), [period.from, period.to, sessions]);
  const faults = faultsBySession(broken ?? []);
  const close = () => setOpen('nothing');
  const checkOf = (seat: boolean) => ({ ...work.asked, rows: true, check: editable(sessions), seat });
  const edit = (index: number | null, session: EditedSession | null) => {
    change({ edited: withSession(editable(sessions), index, session), checked: null });
    close();
  };
  return (
    <Panel
      title={text.sessions}
      note={work.edited === null ? text.ofProposal : broken === null ? text.ofEdit : text.ofCheck}
      actions={
        mayEdit ? (
          <TimetableActions
            isEdited={work.edited !== null}
            isStale={broken === null}
            isEmpty={sessions.length === 0}
            onAdd={() => setOpen('add')}
            onSeat={() => change({ checked: checkOf(true) })}
            onDiscard={() => change({ edited: null, checked: null })}
            onCheck={() => change({ checked: checkOf(false) })}
            onWrite={() => setOpen('export')}
          />
        ) : undefined
      }
    >
      <Stack>
        {work.checked === null || broken === null ? null : <Found lines={faultLines(broken, sessions)} />}
        {sessions.length === 0 ? (
          <Notice>
            <p>{text.noneProposed}</p>
          </Notice>
        ) : (
          <div>
            <p className={classes.key}>{mayEdit ? text.key(Number(work.asked?.['places'])) : text.keyOthers}</p>
            <WeekCalendar
              weeks={weeks}
              at={work.week}
              onWeek={(week) => change({ week })}
              faults={faults}
              onChoose={mayEdit ? setOpen : null}
            />
          </div>
        )}
      </Stack>
      {open === 'add' || typeof open === 'object' ? (
        <SessionDialog
          session={open === 'add' ? null : open}
          faults={open === 'add' ? [] : (faults.get(open.index) ?? [])}
          places={[...new Set(sessions.map(({ place }) => place))].sort()}
          firstDay={weeks[work.week]?.days[0] ?? period.from}
          minutes={Number(work.asked?.['minutes'])}
          onKeep={(session) => edit(open === 'add' ? null : open.index, session)}
          onClose={close}
        />
      ) : null}
      {open === 'export' ? (
        <ExportDialog
          spec={work.edited === null ? { ...work.asked } : checkOf(false)}
          sessions={sessions.length}
          broken={broken?.length ?? null}
          onClose={close}
        />
      ) : null}
    </Panel>
  );
}

/** Every rule that a checked timetable breaks, the first of them in words. */
function Found({ lines }: { readonly lines: readonly string[] }) {
  if (lines.length === 0) {
    return (
      <Notice tone="good" announce>
        <p>{text.whole}</p>
      </Notice>
    );
  }
  return (
    <Notice tone="bad" title={text.broken(lines.length)} announce>
      <Lines lines={lines.slice(0, mostFaultLines)} />
      {lines.length > mostFaultLines ? <p>{text.moreFaults(lines.length - mostFaultLines)}</p> : null}
    </Notice>
  );
}
