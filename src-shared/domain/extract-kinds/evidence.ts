import type { ExtractKind } from './extract-kind.ts';

/** Published studies. `study_key` is made from the DOI, else from title and year, normalised. */
export const studies: ExtractKind = {
  kind: 'studies',
  label: 'Studies',
  one: 'a study',
  table: 'studies',
  key: ['doi|title|year'],
  dayOf: null,
  columns: [
    { name: 'title', type: 'text', required: true, meaning: 'Title' },
    { name: 'year', type: 'integer', min: 1500, max: 2100, meaning: 'Year of publication' },
    { name: 'authors', type: 'text', meaning: 'Authors, “;” between them' },
    { name: 'doi', type: 'text', meaning: 'Digital object identifier' },
    { name: 'journal', type: 'text', meaning: 'Journal, book or series' },
    { name: 'volume', type: 'text', meaning: 'Volume' },
    { name: 'issue', type: 'text', meaning: 'Issue' },
    { name: 'pages', type: 'text', meaning: 'Pages' },
    { name: 'abstract', type: 'text', meaning: 'Abstract' },
    { name: 'keywords', type: 'text', meaning: 'Keywords, “;” between them' },
    { name: 'type', type: 'code', list: 'study_type', meaning: 'Journal article, report, book …' },
    { name: 'pmid', type: 'text', meaning: 'PubMed number' },
    { name: 'url', type: 'text', meaning: 'Address; never opened' },
    { name: 'source_db', type: 'code', list: 'source_db', meaning: 'Database the search was made in' },
    { name: 'language', type: 'code', list: 'language', meaning: 'Language' },
  ],
};
