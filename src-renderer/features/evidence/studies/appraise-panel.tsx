import { Button, Group, Select } from '@mantine/core';
import { useState } from 'react';
import type { HeldEvidence } from '#shared/contract/evidence-studies.ts';
import { type Appraisal, type AppraisalTool, appraisalFaults } from '#shared/domain/evidence/appraisal.ts';
import type { Study } from '#shared/domain/evidence/study.ts';
import { errorOf } from '../../../bridge/client.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { useSession } from '../../../bridge/session.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { Panel, Stack } from '../../../ui/surface.tsx';
import classes from '../evidence.module.css';
import { text as evidenceText } from '../text.ts';
import { useEvidenceCommand } from '../use-evidence-command.ts';
import { DomainFields, type JudgedDomain } from './domain-fields.tsx';
import { studiesText as text } from './text.ts';

type Props = {
  readonly review: string;
  readonly study: Study;
  readonly evidence: HeldEvidence;
  readonly onClose: () => void;
};

/** What I judge of a study, by the tool that fits its design unless another is chosen. */
export function AppraisePanel(props: Props) {
  const tools = useOperation('evidence.tools', {});
  return <QueryGate query={tools}>{(held) => <ToolChoice {...props} tools={held.tools} />}</QueryGate>;
}

function ToolChoice({ tools, ...props }: Props & { readonly tools: readonly AppraisalTool[] }) {
  const fitting = tools.find(({ designs }) => designs.includes(props.study.design)) ?? tools[0];
  const [chosen, setChosen] = useState(fitting?.tool ?? '');
  const tool = tools.find((known) => known.tool === chosen);
  return (
    <Panel title={text.appraiseTitle(props.study.study)} note={tool?.notes}>
      <Stack>
        <Select
          label={text.tool}
          data={tools.map((known) => ({ value: known.tool, label: known.name }))}
          value={chosen}
          onChange={(value) => setChosen(value ?? '')}
          allowDeselect={false}
          maw={420}
        />
        {tool === undefined ? null : <AppraisalForm key={tool.tool} {...props} tool={tool} />}
      </Stack>
    </Panel>
  );
}

function AppraisalForm({ review, study, evidence, onClose, tool }: Props & { readonly tool: AppraisalTool }) {
  const me = useSession()?.user;
  const own = evidence.appraisals.find(
    ({ appraiser, appraisal }) => appraiser === me && appraisal.study === study.study && appraisal.tool === tool.tool,
  );
  const [judged, setJudged] = useState<Readonly<Record<string, JudgedDomain>>>(() =>
    Object.fromEntries((own?.appraisal.domains ?? []).map((domain) => [domain.domain, domain])),
  );
  const save = useEvidenceCommand('evidence.appraise');
  const domains = Object.values(judged).filter(({ judgement }) => judgement !== '');
  const lacksReason = domains.some(({ reason }) => reason.trim().length < 3);
  const appraisal: Appraisal = {
    study: study.study,
    tool: tool.tool,
    domains,
    overall: own?.appraisal.overall ?? null,
  };
  const isComplete = domains.length > 0 && !lacksReason && appraisalFaults(tool, appraisal).length === 0;
  const run = async () => {
    if (await save.run({ review, seen: own?.version ?? 0, appraisal })) onClose();
  };
  return (
    <>
      {tool.domains.map((domain) => (
        <DomainFields
          key={domain.domain}
          tool={tool}
          domain={domain}
          judged={judged[domain.domain] ?? { domain: domain.domain, answers: {}, judgement: '', reason: '', where: '' }}
          onChange={(next) => setJudged((now) => ({ ...now, [domain.domain]: next }))}
        />
      ))}
      {lacksReason ? <p className={classes.note}>{text.incomplete}</p> : null}
      {save.isError ? <ErrorPanel error={errorOf(save.error)} /> : null}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {evidenceText.cancel}
        </Button>
        <Button onClick={() => void run()} loading={save.isPending} disabled={!isComplete}>
          {text.keepAppraisal}
        </Button>
      </Group>
    </>
  );
}
