import { normaliseColumnName } from '#main/files/sniff-columns.ts';
import type { ExtractColumn, ExtractKind } from '#shared/domain/extract-kinds/index.ts';
import type { ColumnProfile } from './column-profile.ts';
import { phraseScore } from './header-tokens.ts';
import { identityPhrases, leftOutPhrases, personPhrases, vocabularies } from './vocabulary.ts';

const noContext: ReadonlySet<string> = new Set();

/** Best score of a header among phrases; what stands earlier wins between equals. */
export function bestPhrase(
  tokens: readonly string[],
  phrases: readonly (readonly string[])[],
  context: ReadonlySet<string> = noContext,
): number {
  let best = 0;
  phrases.forEach((phrase, index) => {
    best = Math.max(best, phraseScore(tokens, phrase, context) * (1 - 0.002 * index));
  });
  return best;
}

function personScore(profile: ColumnProfile, context: ReadonlySet<string>): number {
  return Math.max(
    ...personPhrases.map(({ factor, phrases }) => factor * bestPhrase(profile.tokens, phrases, noContext)),
    0.4 * bestPhrase(profile.tokens, personPhrases[1]?.phrases ?? [], context),
  );
}

const referenceWords = ['number', 'reference', 'id', 'urn'];
const notReferences = [
  'type',
  'date',
  'time',
  'description',
  'category',
  'classification',
  'status',
  'title',
  'grade',
  'role',
  'outcome',
  'result',
  'reason',
  'group',
];

/** Whether a header says that its column is of another nature than the canonical one. */
function contradicts(column: ExtractColumn, profile: ColumnProfile): boolean {
  const says = (words: readonly string[]): boolean => profile.tokens.some((token) => words.includes(token));
  switch (column.type) {
    case 'person':
    case 'alias':
    case 'reference':
    case 'token':
      return says(notReferences) && !says(referenceWords);
    case 'code':
    case 'codes':
      return says(['number', 'reference', 'urn']) && !says(['code', 'codes', 'type']) && profile.unique > 0.5;
    default:
      return false;
  }
}

export type NameJudge = (column: ExtractColumn, profile: ColumnProfile) => number;

/** How well a header names a canonical column of a kind, 0 to 1; above 1 where it is the canonical name itself. */
export function nameJudge(kind: ExtractKind): NameJudge {
  const words = vocabularies.get(kind.kind);
  const context = words?.context ?? noContext;
  return (column, profile) => {
    if (normaliseColumnName(profile.name) === column.name) return 1.1;
    const isPerson = column.type === 'person' && column.name === 'person_ref';
    const score = isPerson
      ? personScore(profile, context)
      : bestPhrase(profile.tokens, words?.columns.get(column.name) ?? [], context);
    if (score === 0) return 0;
    if (contradicts(column, profile)) return score * 0.4;
    const identity = bestPhrase(profile.tokens, identityPhrases);
    const mayIdentify = column.type === 'sealed' || column.name === 'birth_year';
    if (!mayIdentify && identity >= 0.8 && identity >= score - 0.05) return 0;
    const left = bestPhrase(profile.tokens, leftOutPhrases);
    return left >= 0.75 && left > score ? 0 : score;
  };
}
