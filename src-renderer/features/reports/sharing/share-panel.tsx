import { Button, Checkbox, Group, TextInput } from '@mantine/core';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { isoOfDay, lastDayOfMonth, monthIndexOfIso } from '#shared/domain/dates.ts';
import { useJob } from '../../../bridge/hooks.ts';
import { createMemory, useMemory } from '../../../bridge/memory.ts';
import { DateField } from '../../../ui/date-field.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { PathField } from '../../../ui/file-chooser.tsx';
import { JobProgress } from '../../../ui/job-progress.tsx';
import { Notice, Panel, Stack } from '../../../ui/surface.tsx';
import { lastFullYear } from '../report-period.ts';
import classes from '../reports.module.css';
import { Fingerprint } from './fingerprint.tsx';
import { LeavingPanel } from './leaving-panel.tsx';
import { sharingText as text } from './text.ts';

type Spec = InputOf<'releases.prepare'>['spec'];

const formMemory = createMemory({
  force: '',
  from: null as string | null,
  to: null as string | null,
  exposures: true,
  absence: true,
  reason: '',
  file: '',
});

const leastReason = 3;
const parts = ['exposures', 'absence'] as const;

function isWholeMonths({ from, to }: Pick<Spec, 'from' | 'to'>): boolean {
  const last = monthIndexOfIso(to);
  return from <= to && from.endsWith('-01') && last !== null && isoOfDay(lastDayOfMonth(last)) === to;
}

/** What goes to other forces: a look at exactly what would leave, then the signed bundle. */
export function SharePanel({ latestDay }: { readonly latestDay: string }) {
  const form = useMemory(formMemory);
  const change = (part: Partial<typeof form>) => formMemory.set((now) => ({ ...now, ...part }));
  const prepare = useJob('releases.prepare');
  const share = useJob('releases.share');
  const usual = lastFullYear(latestDay);
  const { force, exposures, absence, reason, file } = form;
  const spec: Spec = {
    force: force.trim(),
    from: form.from ?? usual.from,
    to: form.to ?? usual.to,
    exposures,
    absence,
  };
  const isPeriod = isWholeMonths(spec);
  const busy = prepare.state.status === 'running' || share.state.status === 'running';
  const isHeld = busy || !isPeriod || spec.force.length < 2;
  const isComplete = !isHeld && reason.trim().length >= leastReason && file.trim() !== '';
  return (
    <>
      <Panel title={text.title} note={text.note}>
        <Stack>
          <div className={classes.form}>
            <DateField label={text.from} value={spec.from} onChange={(from) => change({ from })} />
            <DateField label={text.to} value={spec.to} onChange={(to) => change({ to })} />
            <TextInput
              label={text.force}
              description={text.forceHint}
              value={force}
              maxLength={80}
              onChange={(event) => change({ force: event.currentTarget.value })}
            />
          </div>
          <Checkbox.Group
            label={text.what}
            value={parts.filter((part) => form[part])}
            onChange={(chosen) =>
              change({ exposures: chosen.includes('exposures'), absence: chosen.includes('absence') })
            }
          >
            <Group gap="lg" mt={6}>
              {parts.map((part) => (
                <Checkbox key={part} value={part} label={text[part]} />
              ))}
            </Group>
          </Checkbox.Group>
          <TextInput
            label={text.reason}
            description={text.reasonHint}
            value={reason}
            maxLength={500}
            onChange={(event) => change({ reason: event.currentTarget.value })}
          />
          <PathField
            label={text.file}
            description={text.fileHint}
            value={file}
            onChange={(chosen) => change({ file: chosen })}
            options={{
              kind: 'save',
              title: text.file,
              suggestedName: `${spec.force || 'force'} ${spec.to.slice(0, 7)}.bundle`,
            }}
          />
          {isPeriod ? null : (
            <Notice tone="warn">
              <p>{text.periodWrong}</p>
            </Notice>
          )}
          <Group gap="xs">
            <Button variant="default" disabled={isHeld} onClick={() => void prepare.start({ spec })}>
              {text.preview}
            </Button>
            <Button
              disabled={!isComplete}
              onClick={() => void share.start({ spec, reason: reason.trim(), file: file.trim() })}
            >
              {text.release}
            </Button>
          </Group>
          <Outcome job={prepare} label={text.previewing} />
          <Outcome job={share} label={text.releasing} />
          {share.state.status === 'done' ? <Released {...share.state.value} /> : null}
          <Fingerprint />
        </Stack>
      </Panel>
      {prepare.state.status === 'done' ? <LeavingPanel prepared={prepare.state.value} onClose={prepare.reset} /> : null}
    </>
  );
}

type OutcomeProps = {
  readonly job: Pick<
    ReturnType<typeof useJob<'releases.prepare'>> | ReturnType<typeof useJob<'releases.share'>>,
    'state' | 'cancel'
  >;
  readonly label: string;
};

function Outcome({ job: { state, cancel }, label }: OutcomeProps) {
  if (state.status === 'running') return <JobProgress {...state} label={label} onCancel={cancel} />;
  if (state.status === 'failed') return <ErrorPanel error={state.error} />;
  if (state.status !== 'cancelled') return null;
  return (
    <Notice announce>
      <p>{text.stopped}</p>
    </Notice>
  );
}

function Released({ state, file, request }: OutputOf<'releases.share'>) {
  if (state === 'waiting') {
    return (
      <Notice tone="warn" title={text.waiting} announce>
        <p>{text.waitingNote(request ?? 0)}</p>
      </Notice>
    );
  }
  return (
    <Notice tone="good" title={text.released} announce>
      <p>{text.writtenTo(file ?? '')}</p>
    </Notice>
  );
}
