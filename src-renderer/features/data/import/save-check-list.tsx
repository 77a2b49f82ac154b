import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Mapping } from '#shared/contract/mapping.ts';
import { useJob } from '../../../bridge/hooks.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { useFileChooser } from '../../../ui/file-chooser.tsx';
import { baseName } from '../../../ui/file-names.ts';
import { JobProgress } from '../../../ui/job-progress.tsx';
import { Badge } from '../../../ui/surface.tsx';
import { wizard } from './words.ts';

/** Writes every located problem of a dry run (row, column, rule) to a file: the check is run once more for it. */
export function SaveCheckList({ file, mapping }: { readonly file: string; readonly mapping: Mapping }) {
  const check = useJob('imports.check');
  const { choose, dialog } = useFileChooser();
  const [saved, setSaved] = useState<string | null>(null);
  const { state } = check;
  const save = async (rejectsFile: string) => {
    const last = await check.start({ file, kind: mapping.kind, mapping, rejectsFile });
    if (last.status === 'done') setSaved(baseName(rejectsFile));
  };
  return (
    <div>
      {state.status === 'running' ? (
        <JobProgress {...state} label={wizard.savingList} onCancel={check.cancel} />
      ) : (
        <Button
          variant="default"
          onClick={() =>
            choose(
              { kind: 'save', title: wizard.saveList, suggestedName: `${baseName(file)} problems.csv` },
              (path) => void save(path),
            )
          }
        >
          {wizard.saveList}
        </Button>
      )}
      {saved !== null && state.status === 'done' ? <Badge tone="good">{wizard.savedList(saved)}</Badge> : null}
      {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
      {dialog}
    </div>
  );
}
