import { expect, it } from 'vitest';
import { seriousnessOf } from '#shared/domain/adverse-events.ts';

it('reads from the words of an extract how serious an adverse event was, and takes none for harmless in doubt', () => {
  const words = {
    serious: ['Serious', 'SAE', 'serious-other', 'Yes', 'life-threatening', 'Hospital admission', 'severe', 'Died'],
    'not serious': ['Not serious', 'non-serious', 'NOT_SERIOUS', 'No', 'mild', 'Moderate', 'minor', 'nonserious'],
    'not clear': ['', '2', 'grade 2', 'to be judged', 'unknown'],
  };
  for (const [meant, all] of Object.entries(words)) {
    for (const one of all) expect([one, seriousnessOf(one)]).toEqual([one, meant]);
  }
});
