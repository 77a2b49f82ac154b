import { Button, Progress, Switch } from '@mantine/core';
import { formatCount } from '../../../ui/format.ts';
import classes from './screening.module.css';
import { screeningText as text } from './text.ts';
import type { MarkedWords } from './use-marked-terms.ts';
import type { Sitting } from './use-screening.ts';

type Props = { readonly sitting: Sitting; readonly marks: MarkedWords; readonly onStop: () => void };

/** How far the reviewer is and how fast, above the record. */
export function DeskProgress({ sitting: { progress }, marks, onStop }: Props) {
  const decided = progress?.decided ?? 0;
  const all = decided + (progress?.remaining ?? 0);
  const perHour = progress?.perHour ?? null;
  return (
    <>
      <div className={classes.top}>
        <span>{text.progress(formatCount(decided), formatCount(all))}</span>
        <span>{perHour === null ? text.noPace : text.pace(formatCount(Math.round(perHour / 10) * 10))}</span>
        <Switch size="xs" label={text.mark} checked={marks.isOn} onChange={marks.toggle} />
        <Button variant="subtle" size="compact-sm" onClick={onStop}>
          {text.stop}
        </Button>
      </div>
      <Progress
        value={all === 0 ? 0 : (100 * decided) / all}
        size="sm"
        aria-label={text.progress(formatCount(decided), formatCount(all))}
      />
    </>
  );
}
