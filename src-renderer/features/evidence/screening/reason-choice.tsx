import type { ReviewProtocol } from '#shared/domain/review.ts';
import classes from './screening.module.css';
import { screeningText as text } from './text.ts';

type Props = {
  readonly reasons: ReviewProtocol['exclusion'];
  /** False where a reason has to be given. */
  readonly mayGoWithout: boolean;
  /** 1 is the first reason, 0 none. */
  readonly onChoose: (number: number) => void;
};

/** The reasons of the protocol under their numbers; those after the ninth are chosen by their button. */
export function ReasonChoice({ reasons, mayGoWithout, onChoose }: Props) {
  return (
    <fieldset className={classes.reasons}>
      <legend className={classes.reasonsTitle}>{text.why}</legend>
      {reasons.map(({ code, words }, at) => (
        <button key={code} type="button" className={classes.reason} onClick={() => onChoose(at + 1)}>
          {at < 9 ? <span className={classes.key}>{at + 1}</span> : null}
          {words}
        </button>
      ))}
      {mayGoWithout ? (
        <button type="button" className={classes.reason} onClick={() => onChoose(0)}>
          <span className={classes.key}>0</span>
          {text.noReason}
        </button>
      ) : null}
    </fieldset>
  );
}
