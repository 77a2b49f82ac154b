import { Button, NativeSelect } from '@mantine/core';
import type { Passage } from '#shared/contract/narrative.ts';
import type { PrintedNumber, PrintedNumbers } from '#shared/report/narrative/printed-numbers.ts';
import {
  isStale,
  type NumberRead,
  quoteOf,
  withNumbersOfNow,
  withQuote,
} from '#shared/report/narrative/read-passage.ts';
import { Badge } from '../../../ui/surface.tsx';
import classes from './words.module.css';
import { wordsText as text } from './words-text.ts';

type Props = {
  readonly label: string;
  readonly passage: Passage;
  readonly numbers: readonly NumberRead[];
  readonly printed: PrintedNumbers;
  readonly onPassage: (passage: Passage) => void;
};

/** Those that have changed first; of each where it is from, to be chosen where the report prints it in several places. */
export function NumbersInWords({ label, passage, numbers, printed, onPassage }: Props) {
  const inOrder = [...numbers].sort((a, b) => Number(isStale(b)) - Number(isStale(a)));
  return (
    <ul className={classes.numbers} aria-label={`${label}: ${text.numbers}`}>
      {inOrder.map((number) => (
        <li key={`${number.text} ${number.occurrence}`} className={classes.number}>
          <div className={classes.said}>
            <strong>
              {number.state === 'changed' && number.now !== null ? text.now(number.text, number.now) : number.text}
            </strong>
            <Badge tone={toneOf(number)}>{text.states[number.state]}</Badge>
            {number.state === 'changed' && number.now !== null ? (
              <Button
                variant="default"
                size="compact-xs"
                onClick={() => onPassage(withNumbersOfNow(passage, printed, (each) => isSame(each, number)))}
              >
                {text.use(number.now)}
              </Button>
            ) : null}
          </div>
          {number.state === 'unknown' ? null : (
            <NativeSelect
              size="xs"
              aria-label={text.placeOf(number.text, number.occurrence)}
              value={chosenOf(number)}
              data={optionsOf(number)}
              onChange={(event) => onPassage(chosen(passage, number, event.currentTarget.value))}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

const own = 'own';
const mostPlaces = 30;

function isSame(a: NumberRead, b: NumberRead): boolean {
  return a.text === b.text && a.occurrence === b.occurrence;
}

function toneOf({ state }: NumberRead): 'plain' | 'good' | 'warn' | 'bad' {
  if (state === 'same') return 'good';
  if (state === 'withheld') return 'bad';
  return state === 'changed' || state === 'gone' ? 'warn' : 'plain';
}

function keyOf({ fact, number }: { readonly fact: string; readonly number?: number | undefined }): string {
  return `${number ?? 1} ${fact}`;
}

function chosenOf({ quote }: NumberRead): string {
  if (quote === null) return '';
  return quote.fact === null ? own : keyOf({ ...quote, fact: quote.fact });
}

function optionsOf(number: NumberRead): { readonly value: string; readonly label: string }[] {
  const { quote, places } = number;
  const listed = places.slice(0, mostPlaces).map((place) => ({ value: keyOf(place), label: shortPlace(place.fact) }));
  const kept =
    quote === null || quote.fact === null || listed.some(({ value }) => value === chosenOf(number))
      ? []
      : [{ value: chosenOf(number), label: shortPlace(quote.fact) }];
  const open = quote === null ? [{ value: '', label: text.choose }] : [];
  return [...open, ...kept, ...listed, { value: own, label: text.own }];
}

function chosen(passage: Passage, number: NumberRead, value: string): Passage {
  if (value === '') return withQuote(passage, number, null);
  const place: PrintedNumber | undefined = number.places.find((each) => keyOf(each) === value);
  if (value !== own && place === undefined) return passage;
  return withQuote(passage, number, quoteOf(number, place ?? null));
}

const longestPart = 44;

/** A place with its long captions cut. */
function shortPlace(fact: string): string {
  return fact
    .split(' › ')
    .map((part) => (part.length > longestPart ? `${part.slice(0, longestPart - 1)}…` : part))
    .join(' › ');
}
