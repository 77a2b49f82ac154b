import { Button, Group, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ReviewView } from '#shared/contract/review-shapes.ts';
import type { ReviewProtocol } from '#shared/domain/review.ts';
import { errorOf } from '../../../bridge/client.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { Panel, Stack } from '../../../ui/surface.tsx';
import classes from '../evidence.module.css';
import { text as evidenceText } from '../text.ts';
import { useEvidenceCommand } from '../use-evidence-command.ts';
import { CriteriaFields } from './criteria-fields.tsx';
import { LimitFields } from './limit-fields.tsx';
import { QuestionFields } from './question-fields.tsx';
import { rowOf, valuesOf } from './rows.ts';
import { ModeFields } from './screening-fields.tsx';
import { protocolText as text } from './text.ts';

type Props = { readonly view: ReviewView; readonly onClose: () => void };

/** The protocol as a form. What was typed stays where the engine refuses it. */
export function ProtocolEditor({ view, onClose }: Props) {
  const [protocol, setProtocol] = useState(view.protocol);
  const [limits, setLimits] = useState(() => view.protocol.limits.map((limit) => rowOf(limit)));
  const [inclusion, setInclusion] = useState(() => view.protocol.inclusion.map((criterion) => rowOf(criterion)));
  const [exclusion, setExclusion] = useState(() => view.protocol.exclusion.map((criterion) => rowOf(criterion)));
  const [reason, setReason] = useState('');
  const save = useEvidenceCommand('reviews.save');
  const isAmendment = view.registration !== null;
  const change = (part: Partial<ReviewProtocol>) => setProtocol((now) => ({ ...now, ...part }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const whole = {
      ...protocol,
      limits: valuesOf(limits),
      inclusion: valuesOf(inclusion),
      exclusion: valuesOf(exclusion),
    };
    const saved = await save.run(isAmendment ? { protocol: whole, reason: reason.trim() } : { protocol: whole });
    if (saved) onClose();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <AboutFields protocol={protocol} change={change} />
        <QuestionFields question={protocol.question} onChange={(question) => change({ question })} />
        <LimitFields rows={limits} onChange={setLimits} />
        <CriteriaFields title={text.inclusion} add={text.addInclusion} rows={inclusion} onChange={setInclusion} />
        <CriteriaFields
          title={text.exclusion}
          note={text.exclusionNote}
          add={text.addExclusion}
          rows={exclusion}
          onChange={setExclusion}
        />
        <ConductFields protocol={protocol} change={change} />
        {isAmendment ? (
          <TextInput
            label={text.reason}
            description={text.reasonHint}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={1_000}
            required
          />
        ) : null}
        {save.isError ? <ErrorPanel error={errorOf(save.error)} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {evidenceText.cancel}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={isAmendment && reason.trim().length < 3}>
            {evidenceText.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type PartProps = { readonly protocol: ReviewProtocol; readonly change: (part: Partial<ReviewProtocol>) => void };

function AboutFields({ protocol, change }: PartProps) {
  return (
    <Panel>
      <div className={classes.pair}>
        <TextInput
          label={evidenceText.reviewTitle}
          value={protocol.title}
          onChange={(event) => change({ title: event.currentTarget.value })}
          maxLength={200}
          required
        />
        <Select
          label={evidenceText.kind}
          data={Object.entries(evidenceText.kinds).map(([value, label]) => ({ value, label }))}
          value={protocol.kind}
          onChange={(kind) => change({ kind: kind === 'full' ? 'full' : 'rapid' })}
          allowDeselect={false}
        />
        <Textarea
          label={text.background}
          value={protocol.background}
          onChange={(event) => change({ background: event.currentTarget.value })}
          maxLength={4_000}
          autosize
          minRows={2}
        />
      </div>
    </Panel>
  );
}

function ConductFields({ protocol, change }: PartProps) {
  return (
    <Panel>
      <div className={classes.pair}>
        <TagsInput
          label={text.databases}
          description={text.databasesHint}
          value={protocol.databases}
          onChange={(databases) => change({ databases })}
          acceptValueOnBlur
        />
        <TagsInput
          label={text.reviewers}
          description={text.reviewersHint}
          value={protocol.reviewers}
          onChange={(reviewers) => change({ reviewers })}
          acceptValueOnBlur
        />
        <ModeFields
          label={text.titleScreening}
          mode={protocol.titleScreening}
          onChange={(titleScreening) => change({ titleScreening })}
        />
        <ModeFields
          label={text.fullTextScreening}
          mode={protocol.fullTextScreening}
          onChange={(fullTextScreening) => change({ fullTextScreening })}
        />
        <Textarea
          label={text.synthesis}
          value={protocol.synthesis}
          onChange={(event) => change({ synthesis: event.currentTarget.value })}
          maxLength={4_000}
          autosize
          minRows={2}
        />
      </div>
    </Panel>
  );
}
