import { normaliseColumnName } from '#main/files/sniff-columns.ts';
import { type ExposureCategory, exposureCategories } from '#shared/domain/exposure-categories.ts';

type Sense = readonly [ExposureCategory, RegExp];

/**
 * Words of incident codes, offences and closing texts by the exposure category that they speak of; the first that fits
 * counts, so what is narrower stands above what is wider. Starting points for people to confirm.
 */
const senses: readonly Sense[] = [
  ['CUSTODY_DEATH', /\b(?:death|died).*\bcustody\b|\bcustody\b.*\b(?:death|died)\b/i],
  ['POLICE_CONTACT_DEATH', /\b(?:death|died)\b.*\bpolice (?:contact|pursuit|action)\b|\bpolice contact\b.*\bdeath\b/i],
  [
    'COLLEAGUE_DEATH_OR_INJURY',
    /\b(?:colleague|officer|staff)\b.*\b(?:death|died|killed|serious(?:ly)? injur\w*)\b|\b(?:death|injury) (?:of|to) (?:an? )?(?:colleague|officer)\b/i,
  ],
  ['TERROR', /\bterror\w*\b|\bmarauding\b|\bplato\b|\bcbrn\b/i],
  [
    'MASS_CASUALTY',
    /\bmass (?:casualt\w*|fatalit\w*)\b|\bmajor incident\b|\bmultiple (?:casualt\w*|fatalit\w*)\b|\bdvi\b/i,
  ],
  [
    'LETHAL_FORCE',
    /\b(?:lethal force|police shooting|shots? (?:fired|discharged) by police|conventional discharge|fatal (?:police )?shooting by police)\b/i,
  ],
  [
    'SUICIDE_ATTEMPT',
    /\b(?:attempt\w*|threat\w*(?: of| to commit)?|para)\W*suicid\w*|\bsuicid\w*\b.*\b(?:attempt\w*|threat\w*|intent|ideation)\b|\bself[- ]?harm\w*\b|\boverdose\b|\bjumper\b/i,
  ],
  ['SUICIDE_COMPLETED', /\bsuicid\w*|\bhanging\b|\btook own life\b/i],
  [
    'DEATH_CHILD_INFANT',
    /\b(?:child|infant|baby|babies|cot|neonat\w*|juvenile|sudi|suid|sids)\b.*\b(?:death|died|deceased|fatal\w*)\b|\b(?:death|deceased)\b.*\b(?:child|infant|baby)\b|\bsudi\b|\bcot death\b|\binfanticide\b/i,
  ],
  [
    'DEATH_MESSAGE',
    /\b(?:death|agony|fatal) (?:message|notification)\b|\bdeliver\w* (?:death|agony)\b|\bnext of kin\b/i,
  ],
  [
    'RTC_FATAL',
    /\b(?:rtc|rta|rti|collision|road traffic|traffic accident|road death)\b.*\b(?:fatal\w*|death|killed|died)\b|\bfatal\w*\b.*\b(?:rtc|rta|rti|collision|road|traffic|accident)\b|\bdeath by (?:dangerous|careless) driving\b|\bcausing death by (?:dangerous|careless|inconsiderate|driving)/i,
  ],
  [
    'RTC_SERIOUS',
    /\b(?:rtc|rta|rti|collision|road traffic)\b.*\b(?:serious|life[- ](?:changing|threatening)|ksi)\b|\bserious\b.*\b(?:rtc|rta|rti|collision)\b|\bserious injury by (?:dangerous|careless) driving\b/i,
  ],
  ['HOMICIDE_SCENE', /\b(?:murder|homicide|manslaughter|unlawful killing)\b/i],
  ['CSAM_VIEWING', /\b(?:csam|iioc|indecent (?:image|photo|video)\w*|image grading|iic)\b/i],
  [
    'CHILD_SEXUAL_ABUSE',
    /\b(?:child sexual|csa|cse|csea|sexual (?:abuse|activity|offence|assault|exploitation) (?:of|with|on|against) (?:a )?(?:child|minor)|child rape|rape of (?:a )?(?:child|(?:fe)?male (?:child )?under)|under (?:13|16).*\b(?:rape|sexual)|(?:rape|sexual).*\bunder (?:13|16)\b|grooming)\b/i,
  ],
  [
    'CHILD_CRUELTY_INJURY',
    /\b(?:child (?:cruelty|neglect|abuse|injury|protection|assault)|cruelty to (?:a )?child\w*|injury to (?:a )?child|shaken baby|non[- ]accidental injury|nai|neglect of (?:a )?child)\b/i,
  ],
  [
    'SEXUAL_OFFENCE_ADULT',
    /\brap(?:e|ed|ist)\b|\bsexual(?:ly)? (?:assault\w*|offen\w*|activity|touching)\b|\bassault by penetration\b|\brasso\b/i,
  ],
  [
    'ASSAULT_ON_SELF',
    /\bassault\w* (?:on|of|against|to|upon)?\W*(?:(?:a|an|the) )?(?:police|officer|constable|emergency worker|pc\b|staff|self)\b|\b(?:officer|police|constable)s? assault\w*\b|\bemergency worker\b|\bop(?:eration)? hampshire\b|\bspat (?:at|on)\b|\bbitten\b/i,
  ],
  [
    'THREAT_TO_LIFE_SELF',
    /\bthreat\w* to (?:life|kill) (?:of|to|against) (?:officer|police|self)\b|\bofficer\b.*\bthreat to life\b/i,
  ],
  [
    'DOMESTIC_SERIOUS',
    /\bdomestic\b.*\b(?:serious|high risk|gbh|strangul\w*|wound\w*|violen\w*|injur\w*|homicide|weapon)\b|\b(?:serious|high risk)\b.*\bdomestic\b|\b(?:non[- ]?fatal )?strangulation\b/i,
  ],
  [
    'FIRE_EXPLOSION',
    /\b(?:arson|explosion|explosive|house fire|fire[/ -]explosion|building fire|fatal fire|fire (?:with|and|involving) (?:persons?|casualt\w*|injur\w*))\b|^fire\b/i,
  ],
  [
    'SERIOUS_INJURY',
    /\b(?:gbh|grievous|wounding|stabb\w*|shoot\w*|gunshot|serious (?:assault|injur\w*|wound\w*)|life[- ](?:threatening|changing)|amputat\w*|attempted murder|att murder|industrial accident|acid attack|firearms? discharge)\b/i,
  ],
  ['NEGOTIATION', /\b(?:negotiat\w*|siege|hostage|barricad\w*)\b/i],
  [
    'DEATH_UNEXPLAINED',
    /\bunexplained\b.*\bdeath\b|\bdeath\b.*\b(?:unexplained|suspicious|unascertained)\b(?<!non[- ]suspicious)(?<!not suspicious)|\bsuspicious death\b(?<!non[- ]suspicious death)|\bbody found\b|\bdrown\w*\b/i,
  ],
  [
    'DEATH_SUDDEN_NONSUS',
    /\b(?:sudden|natural|expected|non[- ]?suspicious)\b.*\bdeath\b|\bdeath\b|\bdeceased\b|\bcardiac arrest\b|\bcollapse[d]?\b.*\bdied\b/i,
  ],
  ['DOG_ANIMAL', /\b(?:dangerous dogs?|dog (?:bite|attack|out of control)|animal (?:attack|cruelty))\b/i],
  ['CALL_HANDLER_TRAUMATIC', /\b(?:traumatic call|distressing call|call handler)\b/i],
  ['OTHER_SELF_REPORTED', /\bself[- ]report\w*\b/i],
];

const codes = new Set<string>(exposureCategories.map(({ code }) => code));
const byLabel = new Map(exposureCategories.map(({ code, label }) => [normaliseColumnName(label), code as string]));

/** Words by which a code is surely none of the categories. */
const plainlyOther =
  /\b(?:attempt\w* (?:burglary|theft)|no trace|hoax|false alarm|lost property|found property|shoplift\w*|noise|parking|asb|anti[- ]social)\b/i;

/** Exposure category that a code's words speak of, or null; the codes and labels of the list themselves are known. */
export function categoryOf(text: string): string | null {
  const name = normaliseColumnName(text);
  if (codes.has(name.toUpperCase())) return name.toUpperCase();
  const label = byLabel.get(name);
  if (label !== undefined) return label;
  const words = text.replaceAll('_', ' ');
  if (plainlyOther.test(words)) return null;
  return senses.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}
