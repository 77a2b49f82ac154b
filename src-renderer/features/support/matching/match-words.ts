import { languageName } from '#shared/domain/languages.ts';
import { matchingText as text } from './text.ts';

/** What a request asks for in words: `trauma, in Polish, night shift` of `trauma`, `language:pl` and `shift:night`. */
export function needsWords(needs: readonly string[]): string {
  const words = needs.map((need) => {
    const [tag, value] = [need.slice(0, need.indexOf(':')).toLowerCase(), need.slice(need.indexOf(':') + 1).trim()];
    if (tag === 'language') return `in ${languageName(value)}`;
    if (tag === 'shift') return `${value.toLowerCase()} shift`;
    return tag === 'conflict' ? `nobody from ${value}` : need;
  });
  return words.length === 0 ? text.noNeeds : words.join(', ');
}

/** `speaks Polish, based in North.`, with what was weighed against it behind. */
export function whyWords({ why, but }: { readonly why: readonly string[]; readonly but: readonly string[] }): string {
  const sentence = (words: string) => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;
  const reasons = why.length === 0 ? [] : [sentence(why.join(', '))];
  return [...reasons, ...(but.length === 0 ? [] : [`${text.proposals.against}${but.join(', ')}.`])].join(' ');
}
