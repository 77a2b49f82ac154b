import { useMemo } from 'react';
import { type MarkedTerms, markParts } from './marked-terms.ts';
import classes from './screening.module.css';

type Props = { readonly text: string /** Null where nothing is marked. */; readonly terms: MarkedTerms | null };

/** A text whose marked words differ by line as well as by colour. */
export function MarkedText({ text, terms }: Props) {
  const parts = useMemo(() => (terms === null ? [{ text, mark: null }] : markParts(text, terms)), [text, terms]);
  let at = 0;
  return (
    <>
      {parts.map((part) => {
        const key = at;
        at += part.text.length;
        if (part.mark === null) return <span key={key}>{part.text}</span>;
        return (
          <mark key={key} className={part.mark === 'inclusion' ? classes.wanted : classes.unwanted}>
            {part.text}
          </mark>
        );
      })}
    </>
  );
}
