import classes from './variation.module.css';

/** How a target is met: as NHS England's icons of assurance say, by too few months to say, or without a target. */
export type AssuranceState = 'pass' | 'fail' | 'hit or miss' | 'unknown' | 'none';

const marks = {
  pass: { letter: 'P', words: 'Consistently passing', short: 'passing', tone: 'improvement' },
  fail: { letter: 'F', words: 'Consistently failing', short: 'failing', tone: 'concern' },
  'hit or miss': { letter: '?', words: 'Hit and miss', short: 'hit and miss', tone: null },
  unknown: { letter: '', words: 'Too few months', short: 'too few months', tone: null },
  none: { letter: '', words: 'No target', short: 'no target', tone: null },
} as const;

export function assuranceWords(state: AssuranceState): string {
  return marks[state].words;
}

type Props = {
  readonly state: AssuranceState;
  /** Said before the words, which are then short; in full without. */
  readonly target?: string;
};

/** The icon of assurance as NHS England draws it, and its words. */
export function Assurance({ state, target }: Props) {
  const { letter, words, short, tone } = marks[state];
  return (
    <span className={classes.variation} title={target === undefined ? words : `${target}: ${words.toLowerCase()}`}>
      <svg
        className={`${classes.mark} ${tone === null ? '' : (classes[tone] ?? '')}`}
        width={24}
        height={24}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeDasharray={state === 'unknown' || state === 'none' ? '2.5 2.5' : undefined}
        aria-hidden="true"
        focusable="false"
      >
        <circle cx="12" cy="12" r="10.8" />
        <text x="12" y="16.4" fontSize="12" fontWeight="700" textAnchor="middle" fill="currentColor" stroke="none">
          {letter}
        </text>
      </svg>
      <span className={classes.words}>{target === undefined ? words : `${target}: ${short}`}</span>
    </span>
  );
}
