import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { extractKindNamed } from '#shared/domain/extract-kinds/index.ts';
import { Notice, Panel, Stack } from '../../../ui/surface.tsx';
import { ImportCounts } from '../import-counts.tsx';
import { ImportProblems } from '../import-problems.tsx';
import { SaveRejects } from '../save-rejects.tsx';
import { UndoDialog } from '../undo-dialog.tsx';
import { StepFoot } from './step-foot.tsx';
import { loadAlternative, markUndone, startOver } from './wizard-actions.ts';
import type { WizardState } from './wizard-state.ts';
import { wizard } from './words.ts';

export function DoneStep({ state }: { readonly state: WizardState }) {
  const [asking, setAsking] = useState(false);
  if (state.load.status !== 'done') return null;
  const result = state.load.value;
  const { batch } = result;
  const others = (state.look?.alternatives ?? []).flatMap(({ mapping }) =>
    mapping && mapping.kind !== result.kind ? [mapping] : [],
  );
  return (
    <Stack>
      <Notice tone="good" title={batch === null ? wizard.doneNothing : wizard.doneTitle(batch)} announce>
        <p>{state.undone ? wizard.undoneText : batch === null ? '' : wizard.doneText}</p>
      </Notice>
      <ImportCounts rows={result.rows} />
      <Group gap="xs">
        {batch !== null && !state.undone ? (
          <Button variant="default" onClick={() => setAsking(true)}>
            {wizard.undo}
          </Button>
        ) : null}
        {batch !== null && result.rows.rejected > 0 && !state.undone ? <SaveRejects batch={batch} /> : null}
      </Group>
      {others.length > 0 ? (
        <Panel title={wizard.alsoTitle}>
          <Group gap="xs">
            {others.map((mapping) => (
              <Button key={mapping.kind} variant="default" onClick={() => loadAlternative(mapping)}>
                {wizard.also(extractKindNamed(mapping.kind)?.label ?? mapping.kind)}
              </Button>
            ))}
          </Group>
        </Panel>
      ) : null}
      {result.rows.rejected > 0 || result.warnings.length > 0 ? <ImportProblems result={result} /> : null}
      <StepFoot onNext={startOver} nextLabel={wizard.another} />
      {batch !== null && asking ? (
        <UndoDialog
          batch={batch}
          accepted={result.rows.accepted}
          onClose={() => setAsking(false)}
          onUndone={markUndone}
        />
      ) : null}
    </Stack>
  );
}
