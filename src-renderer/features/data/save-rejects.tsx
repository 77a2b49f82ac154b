import { Button } from '@mantine/core';
import { errorOf } from '../../bridge/client.ts';
import { useCommand } from '../../bridge/hooks.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useFileChooser } from '../../ui/file-chooser.tsx';
import { Badge } from '../../ui/surface.tsx';
import { text } from './text.ts';

/** Saves a batch's rejected rows: row, column and rule. */
export function SaveRejects({ batch }: { readonly batch: number }) {
  const save = useCommand('imports.saveRejects');
  const { choose, dialog } = useFileChooser();
  return (
    <>
      <Button
        variant="default"
        loading={save.isPending}
        onClick={() =>
          choose({ kind: 'save', title: text.rejects, suggestedName: `rejected-rows-batch-${batch}.csv` }, (file) =>
            save.mutate({ batch, file }),
          )
        }
      >
        {text.saveRejects}
      </Button>
      {save.isSuccess ? <Badge tone="good">{text.savedRejects(save.data.rows)}</Badge> : null}
      {save.isError ? <ErrorPanel error={errorOf(save.error)} /> : null}
      {dialog}
    </>
  );
}
