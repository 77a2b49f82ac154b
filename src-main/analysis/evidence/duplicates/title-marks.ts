/**
 * Words that make another publication of nearly the same title: a correction of a paper is not the paper. Two titles with
 * different marks are never the same.
 */
const kinds: readonly (readonly [mark: string, words: RegExp])[] = [
  ['correction', /\b(?:errat(?:um|a)|corrigend(?:um|a)|corrections?|addendum|publisher correction)\b/],
  ['retraction', /\b(?:retract(?:ed|ion)|expression of concern|withdrawn)\b/],
  ['comment', /\b(?:comment(?:ary|s)?|letter|editorial|reply|response|rejoinder|discussion|authors? reply)\b/],
  ['protocol', /\b(?:protocols?|study design|rationale and design|trial registration)\b/],
  ['abstract', /\b(?:abstracts?|poster|conference proceedings)\b/],
  ['update', /\b(?:updates?|updated|follow up|revisited|years? (?:later|on))\b/],
  ['review of a book', /\bbook review\b/],
  ['preprint', /\bpreprint\b/],
];

const numbers: Readonly<Record<string, string>> = {
  ...{ i: '1', ii: '2', iii: '3', iv: '4', v: '5', vi: '6', vii: '7', viii: '8', ix: '9', x: '10' },
  ...{ one: '1', two: '2', three: '3', four: '4', five: '5', six: '6', seven: '7', eight: '8', nine: '9', ten: '10' },
  ...{ first: '1', second: '2', third: '3', fourth: '4', fifth: '5' },
};

/** Parts and other numbers in the order in which they stand, whichever way they are written. */
function numbersIn(plain: string): readonly string[] {
  return plain.split(' ').flatMap((word, place, words) => {
    if (/\d/.test(word)) return [word];
    // A lone letter counts behind a word that numbers: “vitamin c” and “i” are none.
    const isLetter = word.length === 1;
    const counts = /^(?:part|study|phase|wave|paper|volume|report|stage|chapter|experiment|type)$/.test(
      words[place - 1] ?? '',
    );
    const number = numbers[word] ?? (isLetter && counts ? word : undefined);
    if (number === undefined || (isLetter && !counts && place !== words.length - 1)) return [];
    return [number];
  });
}

/**
 * What a title says of the kind of publication and of its numbers, as one text to be compared.
 * @param plain as `plainTitle` gives it
 */
export function titleMarks(plain: string): string {
  const kind = kinds.filter(([, words]) => words.test(plain)).map(([mark]) => mark);
  return [...kind, ...numbersIn(plain)].join(' ');
}
