import { Button } from '@mantine/core';
import { useState } from 'react';
import type { HeldEvidence } from '#shared/contract/evidence-studies.ts';
import type { ReviewView } from '#shared/contract/review-shapes.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { hasRole, useSession } from '../../../bridge/session.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatCount } from '../../../ui/format.ts';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { EmptyState, Notice, Panel, Stack } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { LightsPanels } from './lights-panels.tsx';
import { PilotDialog } from './pilot-dialog.tsx';
import { StudyDialog } from './study-dialog.tsx';
import { StudyPanel } from './study-panel.tsx';
import { studiesText as text } from './text.ts';

type Held = HeldEvidence['studies'][number];

export function StudiesTab({ view: { review } }: { readonly view: ReviewView }) {
  const held = useOperation('evidence.held', { review });
  return <QueryGate query={held}>{(evidence) => <Studies review={review} evidence={evidence} />}</QueryGate>;
}

function Studies({ review, evidence }: { readonly review: string; readonly evidence: HeldEvidence }) {
  const isEvaluator = hasRole(useSession(), 'evaluator');
  const [chosen, setChosen] = useState<string | null>(null);
  const [asking, setAsking] = useState<'study' | 'pilot' | null>(null);
  const { studies, disagreements } = evidence;
  const open = studies.find(({ study }) => study.study === chosen);
  const actions = (
    <>
      {isEvaluator ? (
        <Button variant="default" onClick={() => setAsking('pilot')}>
          {text.addPilot}
        </Button>
      ) : null}
      <Button onClick={() => setAsking('study')}>{text.enter}</Button>
    </>
  );
  return (
    <Stack>
      {disagreements.length === 0 ? null : (
        <Notice tone="warn" title={text.differ}>
          {disagreements.map(({ study, tool, judgements }) => (
            <p key={`${study} ${tool}`}>{text.differs(study, tool, judgements.join(', '))}</p>
          ))}
        </Notice>
      )}
      <Panel title={text.title} note={text.note} actions={actions}>
        {studies.length === 0 ? (
          <EmptyState icon="evidence" title={text.emptyTitle} text={text.emptyText} />
        ) : (
          <DataTable
            id="review-studies"
            label={text.title}
            columns={columnsOf(evidence)}
            rows={studies}
            rowId={({ study }) => study.study}
            onOpen={({ study }) => setChosen(study.study)}
            chosen={chosen}
            maxHeightPx={360}
          />
        )}
      </Panel>
      {open === undefined ? null : <StudyPanel key={chosen} review={review} held={open} evidence={evidence} />}
      <LightsPanels evidence={evidence} />
      {asking === 'study' ? <StudyDialog review={review} held={null} onClose={() => setAsking(null)} /> : null}
      {asking === 'pilot' ? (
        <PilotDialog
          review={review}
          outcomes={evidence.outcomes.map(({ outcome }) => outcome)}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </Stack>
  );
}

function columnsOf({ appraisals }: HeldEvidence): readonly TableColumn<Held>[] {
  const heads = text.columns;
  const appraised = (study: string) =>
    new Set(appraisals.filter(({ appraisal }) => appraisal.study === study).map(({ appraiser }) => appraiser)).size;
  return [
    { id: 'study', header: heads.study, value: ({ study }) => study.study, grow: 1, widthPx: 130 },
    { id: 'year', header: heads.year, value: ({ study }) => study.year, align: 'end', widthPx: 70 },
    { id: 'design', header: heads.design, value: ({ study }) => text.designs[study.design], widthPx: 236 },
    { id: 'studied', header: heads.studied, value: ({ study }) => text.studied[study.studied], widthPx: 176 },
    {
      id: 'participants',
      header: heads.participants,
      value: ({ study }) => study.participants,
      cell: ({ study }) => (study.participants === null ? '–' : formatCount(study.participants)),
      align: 'end',
      widthPx: 84,
    },
    { id: 'findings', header: heads.findings, value: ({ study }) => study.findings.length, align: 'end', widthPx: 88 },
    {
      id: 'appraised',
      header: heads.appraised,
      value: ({ study }) => appraised(study.study),
      align: 'end',
      widthPx: 96,
    },
  ];
}
