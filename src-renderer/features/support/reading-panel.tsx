import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { Notice, Panel, Stack } from '../../ui/surface.tsx';
import classes from './support.module.css';
import { text } from './text.ts';

/** What the figures say in sentences, after what has to be known of them. */
export function ReadingPanel({ result }: { readonly result: AnalysisResult }) {
  return (
    <Panel title={text.reading}>
      <Stack>
        {result.warnings.length > 0 ? (
          <Notice tone="warn" title={text.bearInMind}>
            {result.warnings.map((warning) => (
              <p key={warning}>{warning}</p>
            ))}
          </Notice>
        ) : null}
        <ul className={classes.reading}>
          {result.reading.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Stack>
    </Panel>
  );
}
