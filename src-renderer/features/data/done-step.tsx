import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { Notice, Stack } from '../../ui/surface.tsx';
import { ImportCounts } from './import-counts.tsx';
import { ImportProblems } from './import-problems.tsx';
import { SaveRejects } from './save-rejects.tsx';
import { wizard } from './text.ts';
import { UndoDialog } from './undo-dialog.tsx';
import { markUndone, startOver, type WizardState } from './wizard-state.ts';

export function DoneStep({ state }: { readonly state: WizardState }) {
  const [asking, setAsking] = useState(false);
  if (state.load.status !== 'done') return null;
  const result = state.load.value;
  const { batch } = result;
  return (
    <Stack>
      <Notice tone="good" title={batch === null ? wizard.doneNothing : wizard.doneTitle(batch)} announce>
        <p>{state.undone ? wizard.undoneText : batch === null ? '' : wizard.doneText}</p>
      </Notice>
      <ImportCounts rows={result.rows} />
      <Group gap="xs">
        <Button onClick={startOver}>{wizard.another}</Button>
        {batch !== null && !state.undone ? (
          <Button variant="default" onClick={() => setAsking(true)}>
            {wizard.undo}
          </Button>
        ) : null}
        {batch !== null && result.rows.rejected > 0 && !state.undone ? <SaveRejects batch={batch} /> : null}
      </Group>
      {result.rows.rejected > 0 || result.warnings.length > 0 ? <ImportProblems result={result} /> : null}
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
