/**
 * What makes a study one: its DOI in lower case without a resolver before it; else its title and year, without accents,
 * case, marks and spaces.
 */
export function normaliseStudy(study: {
  readonly doi: string;
  readonly title: string;
  readonly year: number | null;
}): string {
  const doi = /10\.\d{4,9}\/\S+/
    .exec(study.doi)?.[0]
    .toLowerCase()
    .replace(/[.,;)\]]+$/, '');
  if (doi !== undefined) return `doi:${doi}`;
  const title = study.title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
  return `title:${title.slice(0, 200)}|${study.year ?? ''}`;
}
