import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { ScreeningConflict } from '#shared/contract/review-screening.ts';
import type { ReviewView } from '#shared/contract/review-shapes.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { EmptyState, Panel, Stack } from '../../../ui/surface.tsx';
import classes from '../evidence.module.css';
import { text as evidenceText } from '../text.ts';
import { SettleDialog, type Settlement } from './settle-dialog.tsx';
import { agreementText as text } from './text.ts';

const shownAtOnce = 50;

/** Records on which reviewers differ, with what each decided. */
export function ConflictsPanel({ view }: { readonly view: ReviewView }) {
  const found = useOperation('reviews.conflicts', { review: view.review, limit: shownAtOnce });
  const [settling, setSettling] = useState<Settlement | null>(null);
  return (
    <Panel title={text.conflicts} note={text.conflictsNote}>
      <QueryGate query={found} heightPx={120}>
        {({ total, conflicts }) =>
          total === 0 ? (
            <EmptyState icon="check" title={text.noConflicts} text={text.conflictsNote} />
          ) : (
            <Stack>
              {total > shownAtOnce ? <p className={classes.note}>{text.shownOf(shownAtOnce, total)}</p> : null}
              {conflicts.map((conflict) => (
                <ConflictLine
                  key={`${conflict.stage} ${conflict.reference.record}`}
                  conflict={conflict}
                  view={view}
                  onSettle={(decision) => setSettling({ conflict, decision })}
                />
              ))}
            </Stack>
          )
        }
      </QueryGate>
      {settling === null ? null : <SettleDialog view={view} {...settling} onClose={() => setSettling(null)} />}
    </Panel>
  );
}

type LineProps = {
  readonly conflict: ScreeningConflict;
  readonly view: ReviewView;
  readonly onSettle: (decision: Settlement['decision']) => void;
};

function ConflictLine({ conflict: { stage, reference, decisions }, view, onSettle }: LineProps) {
  const wordsOf = (code: string | null): string =>
    code === null ? '' : `: ${view.protocol.exclusion.find((reason) => reason.code === code)?.words ?? code}`;
  return (
    <div>
      <p className={classes.words}>
        <strong>{reference.title}</strong> {reference.year ?? evidenceText.noYear}, {evidenceText.stages[stage]}
      </p>
      <ul className={classes.lines}>
        {decisions.map(({ reviewer, decision, reason, note }) => (
          <li key={reviewer}>
            {reviewer}: {evidenceText.verdicts[decision]}
            {wordsOf(reason)} {note}
          </li>
        ))}
      </ul>
      {view.mayScreen ? (
        <Group gap="xs" mt="xs">
          <Button size="xs" variant="default" onClick={() => onSettle('include')}>
            {text.include}
          </Button>
          <Button size="xs" variant="default" onClick={() => onSettle('exclude')}>
            {text.exclude}
          </Button>
        </Group>
      ) : null}
    </div>
  );
}
