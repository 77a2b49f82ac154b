import type { DuplicatePair } from '#shared/contract/review-records.ts';
import { searchSources } from '#shared/domain/review.ts';
import { requiredPath, wholeNumber, word } from '../arguments.ts';
import { withVault } from '../engine-session.ts';
import { needed, oneOf, type Run, reviewOf, titleOf } from './evidence-words.ts';

const search: Run = (args, folder) => {
  const review = reviewOf(args);
  const entry = {
    ...{ review, database: needed(args, 'database'), platform: args.text('platform') ?? '' },
    ...{ on: needed(args, 'on'), query: needed(args, 'query'), note: args.text('note') ?? '' },
    source: args.text('source') === undefined ? ('database' as const) : oneOf(args, 'source', searchSources),
    hits: wholeNumber(args, 'hits', [0, 10_000_000]) ?? 0,
    search: wholeNumber(args, 'search', [1, 10_000]) ?? null,
  };
  return withVault(args, folder, async ({ call }) => {
    const logged = await call('reviews.search', entry);
    return { json: logged, text: [`Search ${logged.search}: ${logged.database}, ${logged.on}, ${logged.hits} hits`] };
  });
};

const importFile: Run = (args, folder) => {
  const review = reviewOf(args);
  const file = requiredPath(args, 'file');
  const searched = wholeNumber(args, 'search', [1, 10_000]) ?? 1;
  return withVault(args, folder, async ({ call }) => {
    const answer = await call('reviews.importReferences', { review, search: searched, file });
    const { read, format, merged, asked, faulty, faultyCount } = answer;
    return {
      json: answer,
      text: [
        `${read} records read as ${format}; ${merged} pairs are one paper, ${asked} are for somebody to say.`,
        ...(faultyCount === 0 ? [] : [`${faultyCount} records with a fault, kept and listed:`]),
        ...faulty.map(({ row, fault, title }) => `${row}  ${fault} ${title}`),
      ],
    };
  });
};

function pairLine({ first, second, why }: DuplicatePair): string {
  return `${titleOf(first)}\n${titleOf(second)}\n  ${why}`;
}

const duplicates: Run = (args, folder) => {
  const review = reviewOf(args);
  return withVault(args, folder, async ({ call }) => {
    const answer = await call('reviews.duplicates', { review, limit: 500 });
    return { json: answer, text: [`${answer.total} pairs wait for somebody to say.`, ...answer.pairs.map(pairLine)] };
  });
};

/** `evidence DIR same REVIEW FIRST SECOND` and `apart`. */
function decidePair(verdict: 'same' | 'apart' | 'asked'): Run {
  return (args, folder) => {
    const pair = [3, 4].map((place) => Number(word(args, place, 'the numbers of two records')));
    const [first = 0, second = 0] = pair;
    return withVault(args, folder, async ({ call }) => {
      const answer = await call('reviews.decideDuplicate', { review: reviewOf(args), first, second, verdict });
      return { json: answer, text: [`${answer.asked} pairs wait for somebody to say.`] };
    });
  };
}

export const recordActions: Readonly<Record<string, Run>> = {
  ...{ search, import: importFile, duplicates },
  ...{ same: decidePair('same'), apart: decidePair('apart'), ask: decidePair('asked') },
};
