import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { CaseView } from '#shared/contract/cases.ts';
import { formatInstant } from '../../ui/format.ts';
import { Panel, Stack } from '../../ui/surface.tsx';
import classes from './cases.module.css';
import { SummaryDialog } from './summary-dialog.tsx';
import { text } from './text.ts';

/** Summaries that were made of the case, and the way to make another. */
export function SummaryPanel({ view }: { readonly view: CaseView }) {
  const [making, setMaking] = useState(false);
  return (
    <Panel title={text.summaryTitle} note={text.summaryNote}>
      <Stack>
        {view.summaries.length === 0 ? (
          <p className={classes.dim}>{text.summaryNone}</p>
        ) : (
          <ul className={classes.entries}>
            {[...view.summaries].reverse().map(({ at, user, reason, identity }) => (
              <li key={at} className={classes.entry}>
                <p className={classes.dim}>
                  {`${formatInstant(at)} by ${user}; ${identity ? text.summaryNamed : text.summaryUnnamed}`}
                </p>
                <p className={classes.entryText}>{reason ?? text.summaryUnreadable}</p>
              </li>
            ))}
          </ul>
        )}
        <Group>
          <Button variant="default" onClick={() => setMaking(true)}>
            {text.summaryMake}
          </Button>
        </Group>
      </Stack>
      {making ? <SummaryDialog caseId={view.case} onClose={() => setMaking(false)} /> : null}
    </Panel>
  );
}
