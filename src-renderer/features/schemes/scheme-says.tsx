import type { Scheme } from '#shared/domain/scheme.ts';
import { tiersInOrder } from '#shared/domain/scheme-problems.ts';
import { plural } from '../../ui/format.ts';
import { type Fact, Facts } from '../../ui/surface.tsx';
import { categoryLabel, ruleInWords } from './draft.ts';
import classes from './schemes.module.css';
import { attributionWords, proximityWords, text } from './text.ts';

function weights(words: Readonly<Record<string, number>>, names: Readonly<Record<string, string>>): string {
  const known = Object.keys(names).filter((word) => words[word] !== undefined);
  return known.map((word) => `${names[word]} × ${words[word]}`).join('; ');
}

function modifiersOf({ proximity, attribution, modifiers }: Scheme): readonly Fact[] {
  const { first_on_scene: first, known_victim: known, minutes_on_scene: minutes } = modifiers;
  const facts: Fact[] = [
    { term: 'Proximity', value: weights(proximity, proximityWords) },
    { term: 'Attribution', value: weights(attribution, attributionWords) },
    { term: 'First on scene', value: first === undefined ? '' : `× ${first}` },
    { term: 'Known victim', value: known === undefined ? '' : `× ${known}` },
    {
      term: 'Time on scene',
      value: minutes === undefined ? '' : `${minutes.per_hour} more for each hour, up to ${minutes.cap} minutes`,
    },
  ];
  return facts.filter(({ value }) => value !== '');
}

/** A scheme in words: what weighs what, how it fades, and which rules raise a signal. */
export function SchemeSays({ document }: { readonly document: Scheme }) {
  const tiers = tiersInOrder(document);
  return (
    <>
      <h3 className={classes.legend}>{text.says}</h3>
      {tiers.length === 0 ? (
        <p className={classes.note}>{text.allOne}</p>
      ) : (
        <>
          <ul className={classes.list}>
            {tiers.map(([name, { weight, categories }]) => (
              <li key={name}>
                <span className={classes.tier}>{`Tier ${name}, weight ${weight}: `}</span>
                {categories.map(categoryLabel).join('; ')}
              </li>
            ))}
          </ul>
          <p className={classes.note}>{text.otherwise}</p>
        </>
      )}
      <Facts
        facts={[
          ...modifiersOf(document),
          { term: text.halfLife, value: String(document.recency.value) },
          { term: text.cap, value: document.cap_per_day === null ? 'none' : String(document.cap_per_day) },
          { term: text.cooldown, value: String(document.cooldown_days) },
          { term: text.basis, value: document.basis.join('; ') },
        ]}
      />
      <h3 className={classes.legend}>{text.triggers}</h3>
      {document.review_triggers.length === 0 ? (
        <p className={classes.note}>{text.noRules}</p>
      ) : (
        <>
          <ul className={classes.list} aria-label={plural(document.review_triggers.length, 'rule')}>
            {document.review_triggers.map(({ rule }) => (
              <li key={rule}>{ruleInWords(rule, document)}</li>
            ))}
          </ul>
          <p className={classes.note}>{text.rulesNote}</p>
        </>
      )}
    </>
  );
}
