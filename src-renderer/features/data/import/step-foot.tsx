import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useStepKeys } from './step-keys.tsx';
import classes from './wizard.module.css';
import { wizard } from './words.ts';

type Props = {
  readonly onBack?: (() => void) | undefined;
  readonly backDisabled?: boolean;
  readonly onNext?: (() => void) | undefined;
  readonly nextLabel?: string;
  readonly nextDisabled?: boolean;
  /** What stands between the two. */
  readonly children?: ReactNode;
};

/** Back and on, always in reach at the foot of the window, with the keys that do the same. */
export function StepFoot(props: Props) {
  const { onBack, backDisabled = false, onNext, nextLabel = wizard.next, nextDisabled = false, children } = props;
  useStepKeys({ back: backDisabled ? undefined : onBack, next: nextDisabled ? undefined : onNext });
  return (
    <div className={classes.foot}>
      {onBack ? (
        <Button variant="default" onClick={onBack} disabled={backDisabled} aria-keyshortcuts="Alt+ArrowLeft">
          {wizard.back}
          <span className={classes.key} aria-hidden="true">
            Alt ←
          </span>
        </Button>
      ) : (
        <span />
      )}
      <div className={classes.footNote}>{children}</div>
      {onNext ? (
        <Button onClick={onNext} disabled={nextDisabled} aria-keyshortcuts="Alt+ArrowRight">
          {nextLabel}
          <span className={classes.key} aria-hidden="true">
            Alt →
          </span>
        </Button>
      ) : (
        <span />
      )}
    </div>
  );
}
