import { Button, Group, Select } from '@mantine/core';
import { useState } from 'react';
import type { ReviewView } from '#shared/contract/review-shapes.ts';
import type { PairVerdict } from '#shared/domain/review.ts';
import { errorOf } from '../../../bridge/client.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { EmptyState, Panel, Stack } from '../../../ui/surface.tsx';
import classes from '../evidence.module.css';
import { useEvidenceCommand } from '../use-evidence-command.ts';
import { PairCard } from './pair-card.tsx';
import { duplicatesText as text } from './text.ts';

const pairsAtOnce = 10;
const verdicts = Object.entries(text.verdicts).map(([value, label]) => ({ value, label }));

export function DuplicatesTab({ view }: { readonly view: ReviewView }) {
  const { review } = view;
  const [verdict, setVerdict] = useState<PairVerdict>('asked');
  const [offset, setOffset] = useState(0);
  const pairs = useOperation('reviews.duplicates', { review, verdict, offset, limit: pairsAtOnce });
  const decide = useEvidenceCommand('reviews.decideDuplicate');
  const choose = (value: string | null) => {
    setVerdict((value ?? 'asked') as PairVerdict);
    setOffset(0);
  };
  return (
    <Stack>
      <p className={classes.note}>{text.lead}</p>
      <Group align="flex-end">
        <Select label={text.show} data={verdicts} value={verdict} onChange={choose} allowDeselect={false} />
      </Group>
      {decide.isError ? <ErrorPanel error={errorOf(decide.error)} /> : null}
      <QueryGate query={pairs}>
        {(found) =>
          found.total === 0 ? (
            <Panel>
              <EmptyState icon="check" title={text.title} text={text.nothing[verdict]} />
            </Panel>
          ) : (
            <>
              {found.pairs.map((pair) => (
                <PairCard
                  key={`${pair.first.record} ${pair.second.record}`}
                  pair={pair}
                  isBusy={decide.isPending}
                  onDecide={(next) =>
                    void decide.run({
                      ...{ review, first: pair.first.record, second: pair.second.record, verdict: next },
                    })
                  }
                />
              ))}
              <Pages total={found.total} offset={offset} onMove={setOffset} />
            </>
          )
        }
      </QueryGate>
    </Stack>
  );
}

type PagesProps = {
  readonly total: number;
  readonly offset: number;
  readonly onMove: (offset: number) => void;
};

function Pages({ total, offset, onMove }: PagesProps) {
  if (total <= pairsAtOnce && offset === 0) return null;
  return (
    <Group justify="flex-end" gap="xs">
      <span className={classes.note}>{text.shown(offset + 1, Math.min(total, offset + pairsAtOnce), total)}</span>
      <Button variant="default" size="xs" disabled={offset === 0} onClick={() => onMove(offset - pairsAtOnce)}>
        {text.before}
      </Button>
      <Button
        variant="default"
        size="xs"
        disabled={offset + pairsAtOnce >= total}
        onClick={() => onMove(offset + pairsAtOnce)}
      >
        {text.after}
      </Button>
    </Group>
  );
}
