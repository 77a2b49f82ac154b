import { describe, expect, it } from 'vitest';
import { readReferences } from './read-references.ts';

const read = (text: string) => readReferences(text, 'bibtex');
const title = async (text: string): Promise<string | undefined> =>
  (await read(`@article{k, title = {${text}}}`))[0]?.['title'];

describe('BibTeX', () => {
  it('reads entries with strings, braces, quotes, brackets, months, comments and names', async () => {
    const text = String.raw`
This is a comment, and so is an address like name@example.org {not an entry}.
@comment{jabref-meta: databaseType:bibtex;}
@string{joh = "Journal of Occupational Health"}
@STRING(oem = {Occup. Environ. Med.})
@preamble{"\newcommand{\x}{y}"}
@Article{syed2020,
  author  = {Syed, Shabeer and M{\"u}ller, J{\'o}zef and de la Cruz, Mar{\'i}a and {Police Foundation} and others},
  title   = "The {NHS} and the {P}olice: stress \& sleep",
  journal = joh # { (Online)},
  year    = 2020, month = nov, volume = 77, number = {11},
  pages   = {737--747},
  doi     = {https://doi.org/10.1136/oemed-2020-106498},
  keywords = {police; stress, sleep},
  abstract = {First line.

    Second line.},
  crossref = {parent},
  language = {English}, source = {Scopus}, pmid = {PMID: 33106349}, url = {https://a.org/x%20y_z~1}
}
@inproceedings(p1, title = {In round brackets}, booktitle = {Proceedings of X}, date = {2019-03-02}, editor = {Smith, A.})
@phdthesis{t, title={A thesis}, subtitle={With a subtitle}, year="2011", journal = oem}`;
    expect(await read(text)).toEqual([
      {
        title: 'The NHS and the Police: stress & sleep',
        year: '2020',
        authors: 'Syed, Shabeer; Müller, Józef; de la Cruz, María; Police Foundation',
        doi: '10.1136/oemed-2020-106498',
        journal: 'Journal of Occupational Health (Online)',
        volume: '77',
        issue: '11',
        pages: '737-747',
        abstract: 'First line. Second line.',
        keywords: 'police; sleep; stress',
        type: 'journal article',
        pmid: '33106349',
        url: 'https://a.org/x%20y_z~1',
        source_db: 'Scopus',
        language: 'English',
      },
      {
        title: 'In round brackets',
        year: '2019',
        authors: 'Smith, A.',
        journal: 'Proceedings of X',
        type: 'conference paper',
      },
      { title: 'A thesis: With a subtitle', year: '2011', journal: 'Occup. Environ. Med.', type: 'thesis' },
    ]);
  });

  it.each([
    [String.raw`\'{\i} \c{c} \v{s} \H{o} \aa \ae \o \l {\ss} \"o \^{e} \~n \=a \.z \u{g}`, 'í ç š ő åæøłß ö ê ñ ā ż ğ'],
    ['Already Unicode: é, Ł, 警察', 'Already Unicode: é, Ł, 警察'],
    [String.raw`50\% of \textit{officers} and {\em staff} -- \$5 \_ \#1`, '50% of officers and staff – $5 _ #1'],
    ['50% of officers, p < 0.05 and n > 10', '50% of officers, p < 0.05 and n > 10'],
    ['$5 million and no more', '$5 million and no more'],
    ['from $5 to $10', 'from $5 to $10'],
    [String.raw`the $\alpha$ of $x^2$ in $n$`, 'the α of x² in n'],
    ['{Double} {{braced}}', 'Double braced'],
    [String.raw`R\&D and R&D`, 'R&D and R&D'],
    [String.raw`\unknown{kept} text`, 'kept text'],
    ['a~b', 'a b'],
    ['<i>tags</i> stay what they are', '<i>tags</i> stay what they are'],
  ])('makes text of %s', async (written, text) => {
    expect(await title(written)).toBe(text);
  });

  it('reads a long entry as it reads a short one', async () => {
    const sentence = String.raw`Officers of the {NHS} \& the police, M{\"u}ller's group, 5\% of them. `;
    const names = Array.from({ length: 400 }, (_, n) => String.raw`M{\"u}ller${n}, J{\'o}zef`);
    const entry = `@article{k, title = {A {B}}, author = {${names.join(' and ')}}, abstract = {${sentence.repeat(200)}}}`;
    expect(entry.length).toBeGreaterThan(20_000);
    const [found] = await read(entry);
    expect(found).toMatchObject({ title: 'A B', type: 'journal article' });
    expect(found?.['abstract']).toBe(
      "Officers of the NHS & the police, Müller's group, 5% of them. ".repeat(200).trim(),
    );
    expect(found?.['authors']?.split('; ')).toEqual(names.map((_, n) => `Müller${n}, Józef`));
  });

  it('takes no long time over long nonsense', async () => {
    for (const word of [',', ' and ', '$a']) {
      const start = process.cpuUsage();
      await read(`@article{k, title = {${word.repeat(60_000 / word.length)}}}`);
      expect(process.cpuUsage(start).user / 1_000).toBeLessThan(2_000);
    }
  });

  it('rejects a broken entry alone and goes on', async () => {
    const found = await read(
      [
        '@article{a, title = {whole}}',
        '@article{b, title = {never closed',
        '@article{c, title = {whole too}}',
        '@article{d, title = "a quote that is never closed}',
        '}',
        '@article{constructor, title = {whole}, __proto__ = {x}} @book{e, title = {beside it}}',
        `@article{f, title = {${'{'.repeat(200)}${'}'.repeat(200)}}}`,
        `@article{g, title = {${'long '.repeat(60_000)}}}`,
        '@constructor{h, title = {of no known type}}',
        '@article{i, title = {cut off',
      ].join('\n'),
    );
    expect(found.map(({ title: text, problems, type }) => problems ?? `${text}, ${type}`)).toEqual([
      'whole, journal article',
      'BAD_RECORD',
      'whole too, journal article',
      'BAD_RECORD',
      'whole, journal article',
      'beside it, book',
      'BAD_RECORD',
      'BAD_RECORD',
      'of no known type, constructor',
      'BAD_RECORD',
    ]);
  });

  it('reads entries that all stand on one line, and lines that end in CR', async () => {
    const entries = Array.from({ length: 300 }, (_, n) => `@misc{k${n}, title={T${n}}}`);
    expect(await read(entries.join(' '))).toHaveLength(300);
    expect((await read(entries.slice(0, 3).join('\r'))).map((found) => found['title'])).toEqual(['T0', 'T1', 'T2']);
  });
});
