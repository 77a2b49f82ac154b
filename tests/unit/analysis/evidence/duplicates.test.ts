import { describe, expect, it } from 'vitest';
import { findDuplicates } from '#main/analysis/evidence/duplicates/find-duplicates.ts';
import type { ReferenceFacts } from '#main/analysis/evidence/duplicates/known-reference.ts';
import { unitsOf } from '#main/analysis/evidence/screening/units.ts';
import { plantedReferences, referenceText, type Variation, variations } from '../../../fixtures/planted-references.ts';
import { readReferences } from '../../files/references/read-references.ts';

type Planted = ReferenceFacts & { readonly paper: number; readonly varied: readonly Variation[] };

/** Planted papers, written as files and read again. */
async function readPlanted(seed: number, papers: number): Promise<Planted[]> {
  const found: Planted[] = [];
  for (const file of plantedReferences(seed, papers)) {
    const read = await readReferences(referenceText(file), file.format);
    expect(read).toHaveLength(file.records.length);
    for (const [place, { paper, varied }] of file.records.entries()) {
      const fields = read[place]!;
      const text = (name: string): string => fields[name] ?? '';
      const said = { title: text('title'), authors: text('authors'), doi: text('doi'), journal: text('journal') };
      const rest = { volume: text('volume'), pages: text('pages'), type: text('type'), pmid: text('pmid') };
      found.push({ id: found.length + 1, year: Number(text('year')), ...said, ...rest, paper, varied });
    }
  }
  return found;
}

type Tally = { planted: number; merged: number; asked: number };

describe('planted duplicates', () => {
  it('are found in files of three formats, and nothing is taken as one that is not', async () => {
    const records = await readPlanted(20_260_301, Number(process.env['TIDEMARK_PAPERS'] ?? 1_500));
    const began = process.cpuUsage();
    const pairs = findDuplicates(records);
    const tookMs = process.cpuUsage(began).user / 1_000;
    const units = unitsOf(
      records.map(({ id }) => ({ id, hasTitle: 1 })),
      pairs.map((pair) => ({ ...pair, byRule: 1 })),
    );
    const paperOf = new Map(records.map(({ id, paper }) => [id, paper]));
    expect(units.filter(({ records: ids }) => new Set(ids.map((id) => paperOf.get(id))).size > 1)).toEqual([]);

    const unitOf = new Map(units.flatMap((unit) => unit.records.map((id) => [id, unit.id] as const)));
    const asked = new Set(pairs.map(({ firstId, secondId }) => `${firstId} ${secondId}`));
    const tally = new Map<string, Tally>(
      ['all', ...variations].map((kind) => [kind, { planted: 0, merged: 0, asked: 0 }]),
    );
    for (const copies of Map.groupBy(records, ({ paper }) => paper).values()) {
      const [first, ...others] = copies;
      for (const copy of others) {
        const isMerged = unitOf.get(copy.id) === unitOf.get(first!.id);
        const isAsked =
          !isMerged && copies.some(({ id }) => asked.has(`${id} ${copy.id}`) || asked.has(`${copy.id} ${id}`));
        for (const kind of ['all', ...copy.varied]) {
          const row = tally.get(kind)!;
          row.planted += 1;
          row.merged += Number(isMerged);
          row.asked += Number(isAsked);
        }
      }
    }
    if (process.env['TIDEMARK_FIGURES'] !== undefined) {
      process.stdout.write(`${records.length} records, ${pairs.length} pairs in ${Math.round(tookMs)} ms\n`);
      for (const [kind, row] of tally) process.stdout.write(`${kind}: ${JSON.stringify(row)}\n`);
    }
    const all = tally.get('all')!;
    expect(records.length).toBeGreaterThan(3_500);
    expect(all.planted).toBeGreaterThan(1_800);
    expect(all.merged / all.planted).toBeGreaterThan(0.95);
    expect((all.merged + all.asked) / all.planted).toBeGreaterThan(0.99);
    for (const [kind, { planted, merged, asked: open }] of tally) {
      expect((merged + open) / planted, kind).toBeGreaterThan(0.98);
    }
  }, 120_000);
});

const paper: ReferenceFacts = {
  id: 1,
  title: 'Shift work and sleep among Québec police officers: a cohort study',
  year: 2015,
  authors: 'Müller, Anna; O’Neill, Jack',
  doi: '',
  journal: 'Journal of Occupational Health',
  volume: '57',
  pages: '737-747',
  type: 'journal article',
  pmid: '',
};

function verdictOn(parts: Partial<ReferenceFacts>, of: Partial<ReferenceFacts> = {}): string {
  const [pair] = findDuplicates([
    { ...paper, ...of },
    { ...paper, ...parts, id: 2 },
  ]);
  return pair?.verdict ?? 'nothing';
}

describe('two records', () => {
  it.each<[string, Partial<ReferenceFacts>]>([
    ['in capitals', { title: paper.title.toUpperCase() }],
    ['without accents', { title: 'Shift work and sleep among Quebec police officers: a cohort study' }],
    [
      'with what TeX makes of accents',
      { title: "Shift work and sleep among Qu{\\'e}bec {P}olice officers: a cohort study." },
    ],
    ['with entities', { title: 'Shift work &amp; sleep among Qu&eacute;bec police officers &#8211; a cohort study' }],
    ['with tags', { title: 'Shift work and <i>sleep</i> among Québec police officers: a cohort study' }],
    ['with a short name of the journal and pages', { journal: 'J Occup Health', pages: '737–47' }],
    ['with initials, and the authors the other way round', { authors: "O'Neill J.; Muller A." }],
    ['with authors as tables list them', { authors: 'Muller A, O’Neill J.' }],
    ['with others left out', { authors: 'Müller, Anna; et al.' }],
    ['cut off, on the same pages', { title: 'Shift work and sleep among Québec police officers: a coh...' }],
    ['with a slip', { title: 'Shift work and sleep amnog Québec police officers: a cohort study' }],
    ['a year later, when it was printed', { year: 2016 }],
  ])('are one where one is written %s', (_name, parts) => {
    expect(verdictOn(parts)).toBe('same');
  });

  it.each<[string, Partial<ReferenceFacts>]>([
    ['is its correction', { title: `Erratum: ${paper.title}` }],
    ['is its protocol', { title: `${paper.title}. Study protocol` }],
    ['is a comment on it', { title: `Comment on “${paper.title}”` }],
    ['is its second part', { title: `${paper.title}. Part 2` }],
    ['is by others', { authors: 'Kim, Li; Rossi, Luís' }],
    ['is ten years older', { year: 2005 }],
  ])('are not one, nor worth a question, where the other %s', (_name, parts) => {
    expect(verdictOn(parts)).toBe('nothing');
  });

  it.each<[string, Partial<ReferenceFacts>, Partial<ReferenceFacts>]>([
    ['another journal', { journal: 'Sleep' }, {}],
    ['other pages', { pages: '801-809' }, {}],
    ['another DOI', { doi: '10.1000/b' }, { doi: '10.1000/a' }],
    ['an earlier year, and is a conference paper', { year: 2013, type: 'conference paper', pages: '', volume: '' }, {}],
    ['no place of publication', { journal: '', volume: '', pages: '' }, {}],
    [
      'the same DOI on another title',
      { title: 'Peer support after the riots', doi: '10.1000/a' },
      { doi: '10.1000/a' },
    ],
    ['the same DOI on its correction', { title: `Erratum: ${paper.title}`, doi: '10.1000/a' }, { doi: '10.1000/a' }],
  ])('are a question where the other has %s', (_name, parts, of) => {
    expect(verdictOn(parts, of)).toBe('asked');
  });

  it('are one by their DOI and PubMed number whatever the language of the title', () => {
    const named = { doi: '10.1000/a', pmid: '25000000' };
    expect(verdictOn({ title: 'Travail posté et sommeil des policiers du Québec', ...named }, named)).toBe('same');
  });

  it('are parted where a third without pages is like both', () => {
    const pairs = findDuplicates([paper, { ...paper, id: 2, pages: '801-809' }, { ...paper, id: 3, pages: '' }]);
    expect(pairs.map(({ firstId, secondId, verdict }) => `${firstId} ${secondId} ${verdict}`)).toEqual([
      '1 2 asked',
      '1 3 asked',
      '2 3 asked',
    ]);
  });
});
