import type { Signposting } from '#shared/contract/report-spec.ts';

export type AdviceFields = Signposting['advice'][number];
export type ContactFields = Signposting['contacts'][number];
export type SignpostingForm = { readonly advice: readonly AdviceFields[]; readonly contacts: readonly ContactFields[] };

/** As much as fits on the sheet. */
const most = { advice: 4, contacts: 5 } as const;

/** @param today what was typed today was checked today */
export function formOf({ advice, contacts }: Signposting, today: string): SignpostingForm {
  const noAdvice: AdviceFields = { words: '', source: '', checkedOn: today };
  const noContact: ContactFields = { name: '', what: '', reach: '', source: '', checkedOn: today };
  return {
    advice: Array.from({ length: most.advice }, (_, at) => advice[at] ?? noAdvice),
    contacts: Array.from({ length: most.contacts }, (_, at) => contacts[at] ?? noContact),
  };
}

const ownSource = 'The force';

/** What is to be kept of the form; null where something that is needed is not there yet. */
export function signpostingOf(form: SignpostingForm): Signposting | null {
  const source = (typed: string): string => typed.trim() || ownSource;
  const advice = form.advice
    .map((one) => ({ ...one, words: one.words.trim(), source: source(one.source) }))
    .filter(({ words }) => words !== '');
  const contacts = form.contacts
    .map((one) => ({
      ...one,
      name: one.name.trim(),
      what: one.what.trim(),
      reach: one.reach.trim(),
      source: source(one.source),
    }))
    .filter(({ name, what, reach }) => name !== '' || what !== '' || reach !== '');
  const isComplete = contacts.every(({ name, what, reach }) => name !== '' && what !== '' && reach !== '');
  return isComplete && advice.length > 0 && contacts.length > 0 ? { advice, contacts } : null;
}
