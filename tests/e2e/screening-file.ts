const offers = [
  'Brief mindfulness',
  'Peer support',
  'Yoga after nights',
  'Expressive writing',
  'Quiet rooms',
  'Sleep advice',
];
const groups = ['police officers', 'hospital nurses', 'fire crews', 'control room staff', 'prison officers'];
const designs = ['a randomised trial', 'a cohort study', 'an interview study', 'a feasibility study', 'a survey'];
const places = [
  'Leeds',
  'Oslo',
  'Porto',
  'Quebec',
  'Ghent',
  'Turin',
  'Cork',
  'Perth',
  'Malmo',
  'Basel',
  'Derby',
  'Tampere',
];

/** What the made-up paper of a number is called; no two are alike. */
export function titleOf(at: number): string {
  const [offer, group, design] = [offers[at % 6], groups[Math.floor(at / 6) % 5], designs[Math.floor(at / 30) % 5]];
  return `${offer} for ${group} in ${places[(at * 7 + Math.floor(at / 12)) % 12]} ${1 + at}: ${design}`;
}

function record(at: number, title: string, doi: string | null): string {
  return [
    'TY  - JOUR',
    `TI  - ${title}`,
    `AU  - ${String.fromCharCode(65 + (at % 26))}author${at}, Q.`,
    `PY  - ${1990 + (at % 35)}`,
    `JO  - Journal of Made-up Findings ${at % 9}`,
    `VL  - ${at + 1}`,
    `SP  - ${at * 11 + 1}`,
    ...(doi === null ? [] : [`DO  - ${doi}`]),
    `AB  - ${'Officers and staff were offered sessions within working time; strain and absence were measured before and after. '.repeat(6)}`,
    'KW  - mindfulness',
    'ER  - ',
    '',
  ].join('\n');
}

type Planted = {
  /** The first record again, without its DOI and cut short. */
  readonly doubled?: boolean;
  /** A record without a title. */
  readonly broken?: boolean;
};

/** A made-up export of a database, in the format of RIS. */
export function risOfTitles(count: number, { doubled = false, broken = false }: Planted = {}): string {
  const records = Array.from({ length: count }, (_, at) => record(at, titleOf(at), `10.1000/made-up.${at}`));
  return [
    ...records,
    ...(doubled ? [record(0, titleOf(0).slice(0, -6), null)] : []),
    ...(broken ? ['TY  - JOUR\nAU  - Nobody, N.\nPY  - 2019\nER  - \n'] : []),
  ].join('');
}
