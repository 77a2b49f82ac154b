import { Button } from '@mantine/core';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useFileChooser } from '../../ui/file-chooser.tsx';
import { EmptyState, Panel, Stack } from '../../ui/surface.tsx';
import { wizard } from './text.ts';
import { lookAt, type WizardState } from './wizard-state.ts';

export function ChooseStep({ state }: { readonly state: WizardState }) {
  const { choose, dialog } = useFileChooser();
  return (
    <Stack>
      {state.lookError ? <ErrorPanel error={state.lookError} /> : null}
      <Panel>
        <EmptyState
          icon="file"
          title={wizard.chooseTitle}
          text={wizard.chooseText}
          action={
            <Button
              loading={state.looking !== null}
              onClick={() =>
                choose(
                  { kind: 'file', title: wizard.chooseTitle, endings: wizard.endings },
                  (file) => void lookAt(file),
                )
              }
            >
              {wizard.chooseButton}
            </Button>
          }
        />
      </Panel>
      {dialog}
    </Stack>
  );
}
