import type { AnalysisResult } from '#shared/contract/analyses.ts';
import classes from './reading.module.css';
import { Notice, Panel, Stack } from './surface.tsx';

/** Sentences one below the other. */
export function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul className={classes.lines}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

/** What has to be known of figures before they are read; nothing where nothing has. */
export function BearInMind({ warnings }: { readonly warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <Notice tone="warn" title="To bear in mind">
      {warnings.map((warning) => (
        <p key={warning}>{warning}</p>
      ))}
    </Notice>
  );
}

/** What the figures of an analysis say in sentences. */
export function InWords({ lines }: { readonly lines: readonly string[] }) {
  return (
    <Panel title="In words">
      <Lines lines={lines} />
    </Panel>
  );
}

/** What an analysis says in sentences, after what has to be known of it. */
export function ReadingPanel({ result }: { readonly result: AnalysisResult }) {
  return (
    <Panel title="In words">
      <Stack>
        <BearInMind warnings={result.warnings} />
        <Lines lines={result.reading} />
      </Stack>
    </Panel>
  );
}
