import { Button, Textarea } from '@mantine/core';
import { useDeferredValue, useMemo } from 'react';
import type { Passage } from '#shared/contract/narrative.ts';
import type { PrintedNumbers } from '#shared/report/narrative/printed-numbers.ts';
import { readPassage, withQuotes } from '#shared/report/narrative/read-passage.ts';
import { NumbersInWords } from './numbers-in-words.tsx';
import classes from './words.module.css';
import { wordsText as text } from './words-text.ts';

const mostLetters = 6_000;

type Props = {
  readonly label: string;
  readonly passage: Passage;
  /** Null where there is no preview to compare with. */
  readonly printed: PrintedNumbers | null;
  readonly onPassage: (passage: Passage) => void;
  readonly onRemove: () => void;
};

/** One passage, and beside it the numbers in it. */
export function PassageEditor({ label, passage, printed, onPassage, onRemove }: Props) {
  const shown = useDeferredValue(passage);
  const numbers = useMemo(() => (printed === null ? [] : readPassage(shown, printed)), [shown, printed]);
  const write = (words: string) => {
    const next = { ...passage, text: words };
    onPassage(printed === null ? next : withQuotes(next, printed));
  };
  return (
    <div className={classes.passage}>
      <div>
        <Textarea
          label={label}
          autosize
          minRows={3}
          maxRows={14}
          maxLength={mostLetters}
          value={passage.text}
          onChange={(event) => write(event.currentTarget.value)}
        />
        <Button variant="subtle" size="compact-sm" mt={4} onClick={onRemove} aria-label={`${label}: ${text.remove}`}>
          {text.remove}
        </Button>
      </div>
      {printed === null || numbers.length === 0 ? null : (
        <NumbersInWords label={label} passage={shown} numbers={numbers} printed={printed} onPassage={onPassage} />
      )}
    </div>
  );
}
