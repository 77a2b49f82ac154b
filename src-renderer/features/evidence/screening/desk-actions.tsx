import { Button } from '@mantine/core';
import classes from './screening.module.css';
import { screeningText as text } from './text.ts';

type Props = {
  readonly isSaving: boolean;
  readonly canGoBack: boolean;
  readonly hasNote: boolean;
  /** What each key does; the buttons do the same. */
  readonly acts: Readonly<Record<string, () => void>>;
};

/** The same choices as the keys, for whoever points. */
export function DeskActions({ isSaving, canGoBack, hasNote, acts }: Props) {
  const button = (key: string, label: string, isEnabled = true) => (
    <Button
      key={key}
      variant={key === 'i' ? 'filled' : 'default'}
      leftSection={<span className={classes.key}>{key.toUpperCase()}</span>}
      aria-keyshortcuts={key}
      aria-disabled={!isEnabled || isSaving}
      onClick={() => {
        if (isEnabled && !isSaving) acts[key]?.();
      }}
    >
      {label}
    </Button>
  );
  return (
    <div className={classes.actions}>
      {button('i', text.include)}
      {button('e', text.exclude)}
      {button('u', text.unsure)}
      {button('b', text.back, canGoBack)}
      {button('n', hasNote ? `${text.note} ✓` : text.note)}
      {button('?', text.keys)}
    </div>
  );
}
