import { PasswordInput, Progress } from '@mantine/core';
import classes from './lock.module.css';
import { guidePassphrase } from './passphrase-guidance.ts';
import { text } from './text.ts';

type PairProps = {
  readonly passphrase: string;
  readonly again: string;
  readonly onPassphrase: (value: string) => void;
  readonly onAgain: (value: string) => void;
};

const levelColours = { short: 'orange', enough: 'tide', good: 'tide' } as const;

/** A new passphrase, typed twice, with guidance by its length. */
export function PassphrasePair({ passphrase, again, onPassphrase, onAgain }: PairProps) {
  const guidance = guidePassphrase(passphrase);
  return (
    <>
      <PasswordInput
        label={text.newPassphrase}
        value={passphrase}
        onChange={(event) => onPassphrase(event.currentTarget.value)}
        autoComplete="new-password"
        aria-describedby="passphrase-guidance"
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the passphrase', tabIndex: 0 }}
        required
      />
      <div className={classes.guidance}>
        <Progress
          value={guidance.share * 100}
          size={4}
          color={levelColours[guidance.level]}
          aria-label="Length of the passphrase"
        />
        <span id="passphrase-guidance" aria-live="polite">
          {guidance.words}
        </span>
      </div>
      <PasswordInput
        label={text.repeat}
        value={again}
        onChange={(event) => onAgain(event.currentTarget.value)}
        autoComplete="new-password"
        error={again !== '' && again !== passphrase ? text.differ : null}
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the repeated passphrase', tabIndex: 0 }}
        required
      />
    </>
  );
}
