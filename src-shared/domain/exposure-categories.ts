/** Kinds of potentially traumatic exposure (`domain.md` §8). The order is the order of their stored codes: append only. */
export const exposureCategories = [
  { code: 'DEATH_SUDDEN_NONSUS', label: 'Sudden death, not suspicious' },
  { code: 'DEATH_UNEXPLAINED', label: 'Unexplained death' },
  { code: 'DEATH_CHILD_INFANT', label: 'Death of a child or infant' },
  { code: 'SUICIDE_COMPLETED', label: 'Suicide' },
  { code: 'SUICIDE_ATTEMPT', label: 'Attempted suicide' },
  { code: 'RTC_FATAL', label: 'Fatal road traffic collision' },
  { code: 'RTC_SERIOUS', label: 'Serious road traffic collision' },
  { code: 'HOMICIDE_SCENE', label: 'Homicide scene' },
  { code: 'SERIOUS_INJURY', label: 'Serious injury' },
  { code: 'SEXUAL_OFFENCE_ADULT', label: 'Sexual offence, adult' },
  { code: 'CHILD_SEXUAL_ABUSE', label: 'Child sexual abuse' },
  { code: 'CHILD_CRUELTY_INJURY', label: 'Child cruelty or injury' },
  { code: 'CSAM_VIEWING', label: 'Viewing child sexual abuse material' },
  { code: 'DEATH_MESSAGE', label: 'Delivering a death message' },
  { code: 'ASSAULT_ON_SELF', label: 'Assault on self' },
  { code: 'THREAT_TO_LIFE_SELF', label: 'Threat to own life' },
  { code: 'COLLEAGUE_DEATH_OR_INJURY', label: 'Death or injury of a colleague' },
  { code: 'POLICE_CONTACT_DEATH', label: 'Death after police contact' },
  { code: 'LETHAL_FORCE', label: 'Use of lethal force' },
  { code: 'MASS_CASUALTY', label: 'Mass casualty incident' },
  { code: 'TERROR', label: 'Terrorist incident' },
  { code: 'DOMESTIC_SERIOUS', label: 'Serious domestic incident' },
  { code: 'FIRE_EXPLOSION', label: 'Fire or explosion' },
  { code: 'DOG_ANIMAL', label: 'Dog or animal incident' },
  { code: 'NEGOTIATION', label: 'Negotiation' },
  { code: 'CUSTODY_DEATH', label: 'Death in custody' },
  { code: 'CALL_HANDLER_TRAUMATIC', label: 'Traumatic call (call handler)' },
  { code: 'OTHER_SELF_REPORTED', label: 'Other, self-reported' },
] as const;

export type ExposureCategory = (typeof exposureCategories)[number]['code'];

/** A code with no rule. Never counted; shown as missing coverage. */
export const unmapped = 'UNMAPPED';
/** A code whose rule says that it is not a traumatic exposure. Never counted, but covered. */
export const notTraumatic = 'NOT_TRAUMATIC';

export const proximities = ['direct', 'secondary', 'remote'] as const;
export const attributions = ['named', 'crew_inferred', 'oic_only'] as const;
