import { Button } from '@mantine/core';
import { useState } from 'react';
import type { HeldEvidence } from '#shared/contract/evidence-studies.ts';
import type { Finding } from '#shared/domain/evidence/study.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { Facts, Notice, Panel, Stack } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { AppraisePanel } from './appraise-panel.tsx';
import { FindingDialog } from './finding-dialog.tsx';
import { reportedWords } from './reported-words.ts';
import { StudyDialog } from './study-dialog.tsx';
import { studiesText as text } from './text.ts';

const heads = text.findingColumns;

const findingColumns: readonly TableColumn<Finding>[] = [
  { id: 'finding', header: heads.finding, value: ({ finding }) => finding, widthPx: 130 },
  { id: 'outcome', header: heads.outcome, value: ({ outcome }) => outcome, widthPx: 130 },
  { id: 'effect', header: heads.effect, value: ({ reported }) => reportedWords(reported), grow: 1, widthPx: 220 },
  { id: 'measuredBy', header: heads.measuredBy, value: ({ measuredBy }) => measuredBy, widthPx: 150 },
  { id: 'weeks', header: heads.weeks, value: ({ weeks }) => weeks, align: 'end', widthPx: 76 },
  { id: 'where', header: heads.where, value: ({ where }) => where, widthPx: 160 },
];

type Props = {
  readonly review: string;
  readonly held: HeldEvidence['studies'][number];
  readonly evidence: HeldEvidence;
};

/** One study: what it is, what it found, and what is judged of it. */
export function StudyPanel({ review, held, evidence }: Props) {
  const [isOpen, setOpen] = useState<'study' | 'finding' | 'appraisal' | null>(null);
  const { study } = held;
  const button = (what: NonNullable<typeof isOpen>, label: string) => (
    <Button size="xs" variant="default" onClick={() => setOpen(what)}>
      {label}
    </Button>
  );
  return (
    <>
      <Panel
        title={study.title}
        actions={
          <>
            {button('study', text.change)}
            {button('finding', text.addFinding)}
            {button('appraisal', text.appraise)}
          </>
        }
      >
        <Stack>
          {study.ownPilot === null ? null : (
            <Notice>
              <p>{text.ownPilot}</p>
            </Notice>
          )}
          <Facts
            facts={[
              { term: text.citation, value: study.reports.map(({ citation }) => citation).join(' ') },
              { term: text.design, value: text.designs[study.design] },
              { term: text.who, value: text.studied[study.studied] },
              ...(study.setting === '' ? [] : [{ term: text.setting, value: study.setting }]),
              ...(study.notes === '' ? [] : [{ term: text.notes, value: study.notes }]),
            ]}
          />
          <DataTable
            id="study-findings"
            label={text.findings}
            columns={findingColumns}
            rows={study.findings}
            rowId={({ finding }) => finding}
            linesPerRow={2}
            showToolbar={false}
            nothing={text.noFindings}
            maxHeightPx={320}
          />
        </Stack>
      </Panel>
      {isOpen === 'appraisal' ? (
        <AppraisePanel review={review} study={study} evidence={evidence} onClose={() => setOpen(null)} />
      ) : null}
      {isOpen === 'study' ? <StudyDialog review={review} held={held} onClose={() => setOpen(null)} /> : null}
      {isOpen === 'finding' ? (
        <FindingDialog
          review={review}
          held={held}
          outcomes={evidence.outcomes.map(({ outcome }) => outcome.outcome)}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </>
  );
}
