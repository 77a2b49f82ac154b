import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CodeRules } from '#shared/contract/code-rules.ts';
import type { AppError } from '#shared/domain/result.ts';
import { call } from '../../bridge/client.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useFileChooser } from '../../ui/file-chooser.tsx';
import { Badge } from '../../ui/surface.tsx';
import { text } from './text.ts';

type Props = {
  readonly canWrite: boolean;
  /** Null for who may not change rules. */
  readonly onRead: ((document: CodeRules) => void) | null;
};

/** Rules out to a file, and in from one as a draft. */
export function RulesFile({ canWrite, onRead }: Props) {
  const { choose, dialog } = useFileChooser();
  const [failed, setFailed] = useState<AppError | null>(null);
  const [written, setWritten] = useState<number | null>(null);
  const write = async (file: string) => {
    const answer = await call('codes.export', { file });
    setFailed(answer.ok ? null : answer.error);
    setWritten(answer.ok ? answer.value.rules : null);
  };
  const read = async (file: string) => {
    const answer = await call('codes.read', { file });
    setFailed(answer.ok ? null : answer.error);
    if (answer.ok) onRead?.(answer.value.document);
  };
  return (
    <>
      {onRead ? (
        <Button
          variant="default"
          size="xs"
          onClick={() => choose({ kind: 'file', title: text.readFile }, (file) => void read(file))}
        >
          {text.readFile}
        </Button>
      ) : null}
      <Button
        variant="default"
        size="xs"
        disabled={!canWrite}
        onClick={() =>
          choose({ kind: 'save', title: text.writeFile, suggestedName: 'code-rules.json' }, (file) => void write(file))
        }
      >
        {text.writeFile}
      </Button>
      {written === null ? null : <Badge tone="good">{text.written(written)}</Badge>}
      {failed ? <ErrorPanel error={failed} /> : null}
      {dialog}
    </>
  );
}
