import { workbookParts } from '../../tests/fixtures/files/workbook.ts';
import type { Parts } from './mutate-workbook.ts';

const exposures = [
  'person_ref,occurred_at,category,incident_ref,proximity,minutes_on_scene,first_on_scene',
  'A1,2026-01-05T10:00:00,RTC_FATAL,I1,direct,30,yes',
  'A2,2026-01-05T10:00:00,"SUDDEN ""DEATH"", child",I2,indirect,12.5,no',
  'A3,31/03/2026 23:59,ASSAULT,I3,,,',
  '"A4","2026-03-29T01:30:00+01:00","multi\nline",I4,direct,0,1',
];

export const csvSeeds: readonly Buffer[] = [
  Buffer.from(`${exposures.join('\n')}\n`),
  Buffer.from(`\ufeff${exposures.join('\r\n')}`),
  Buffer.from(`\ufeff${exposures.join('\r\n')}`, 'utf16le'),
  Buffer.from('Ref;Größe;Datum\r1;1,5;31.03.2026\r2;"a;b";01.04.2026\r', 'latin1'),
  Buffer.from(`Absence report\n\nref\tday\tnote\n${'1\t2026-01-01\tx\n'.repeat(300)}Total\t300\t\n`),
];

const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
const styles =
  '<numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy hh:mm;@"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts>' +
  '<cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="46"/></cellXfs>';
const sheetRows =
  `<row r="1" spans="1:6">${['person_ref', 'role', 'unit', 'service_start', 'seen', 'fte'].map(text).join('')}</row>` +
  '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="str"><f>A1&amp;"x"</f><v>x</v></c><c r="D2" s="1"><v>46112</v></c><c r="E2" s="2"><v>46112.75</v></c><c r="F2"><v>0.8</v></c></row>' +
  '<row r="4"><c r="A4" t="b"><v>1</v></c><c r="B4" t="e"><v>#N/A</v></c><c r="D4" t="d"><v>2026-03-31T00:00:00Z</v></c><c r="E4" s="3"><v>1.5</v></c><c r="F4"><f>1+1</f></c></row>' +
  '<row r="5"><c r="B5" t="inlineStr"><is><r><t>rich </t></r><r><rPr><b/></rPr><t xml:space="preserve">text</t></r><rPh sb="0" eb="1"><t>p</t></rPh></is></c></row>';

export const workbookSeeds: readonly Parts[] = [
  workbookParts({
    strings: '<si><t>P1</t></si><si><r><t>Respon</t></r><r><t>se</t></r></si><si><t>_x000D_</t></si>',
    styles,
    sheets: [
      { name: 'Hidden', state: 'hidden', rows: '<row><c><v>1</v></c></row>' },
      { name: 'People', rows: sheetRows, behind: '<mergeCells count="1"><mergeCell ref="A2:A4"/></mergeCells>' },
    ],
  }),
  workbookParts({ is1904: true, styles, sheets: [{ rows: sheetRows.replaceAll(' t="s"', '') }] }),
  workbookParts({
    sheets: [
      { rows: Array.from({ length: 400 }, (_, row) => `<row>${text(`r${row}`)}<c><v>${row}</v></c></row>`).join('') },
    ],
  }),
];

export const risSeeds: readonly Buffer[] = [
  Buffer.from(
    'Scopus\r\n\r\nTY  - JOUR\r\nTI  - Sleep in police officers\r\nAU  - Smith, J.\r\nAU  - Müller, K.\r\nPY  - 2020/05//\r\nDO  - 10.1000/x.1\r\nT2  - Journal\r\nVL  - 6\r\nIS  - 1\r\nSP  - 1\r\nEP  - 9\r\nKW  - a\r\nb\r\nAB  - First.\r\n  Second.\r\nDB  - PubMed\r\nAN  - 1234567\r\nER  - \r\n\r\nTY  - BOOK\r\nT1  - A book\r\nA1  - Who, W.\r\nY1  - 1999\r\nUR  - https://doi.org/10.1000/y\r\nER  -\r\n',
  ),
  Buffer.from('\ufeffTY  - CHAP\nTI  - Kapitel über Stress\nER  - \n', 'utf16le'),
  Buffer.from(Array.from({ length: 60 }, (_, n) => `TY  - JOUR\nTI  - Study ${n}\nER  - \n`).join('\n')),
];

export const nbibSeeds: readonly Buffer[] = [
  Buffer.from(
    '\nPMID- 33106349\nOWN - NLM\nVI  - 77\nIP  - 11\nDP  - 2020 Nov\nTI  - Global prevalence in police \n      personnel.\nPG  - 737-747\nLID - 10.1136/oemed-2020 [doi]\nAB  - One.\n      TWO: two.\nFAU - Syed, Shabeer\nAU  - Syed S\nLA  - eng\nPT  - Journal Article\nJT  - Occupational medicine\nMH  - *Police\nOT  - PTSD\n\nPMID- 2\nTI  - Second\n',
  ),
];

export const bibtexSeeds: readonly Buffer[] = [
  Buffer.from(
    String.raw`% comment
@string{joh = "Journal of X"}
@comment{jabref-meta: x;}
@preamble{"\newcommand{\x}{y}"}
@article{syed2020, author = {Syed, S. and M{\"u}ller, J{\'o}zef and de la Cruz, M. and {Police}},
  title = "The {NHS} \& $\alpha$-level: 50\% \textit{x}", journal = joh # { (Online)}, year = 2020, month = nov,
  doi = {10.1136/oemed_1}, keywords = {a; b}, abstract = {One.

  Two \ss{} \url{http://a.b/c%20d}}, pages = {1--9}}
@inproceedings(p, title = {Round}, booktitle = {Proc}, date = {2019-03})
@book{b, title = {{Double}}, editor = {Last, First}, eprinttype = {pubmed}, eprint = {123}}
`,
  ),
  Buffer.from(Array.from({ length: 30 }, (_, n) => `@misc{k${n}, title={T${n}}, year=${2000 + (n % 20)}}`).join('\n')),
];

export const mappingSeeds: readonly Record<string, unknown>[] = [
  {
    name: 'Command and control',
    kind: 'exposures',
    columns: {
      person_ref: 'Collar',
      category: 'Type',
      incident_ref: 'Log',
      minutes_on_scene: 'Mins',
      proximity: 'Near',
    },
    combine: { occurred_at: { date: 'Date', time: 'Time' } },
    dateOrder: 'dmy',
    timeZone: 'UTC',
    constants: { first_on_scene: 'no' },
    scale: { minutes_on_scene: 60 },
    rules: {
      minutes_on_scene: ['minutes-of-clock', 'thousands', 'empty-if-unreadable'],
      person_ref: ['no-leading-zeros'],
    },
    values: { proximity: { N: 'direct', F: 'indirect' } },
    skipTotals: true,
    rowsAbove: 1,
  },
  {
    kind: 'screenings',
    columns: { person_ref: 'Collar', taken_on: 'Date' },
    constants: { instrument: 'PHQ-9' },
    records: [
      { columns: { score: 'Mins' }, when: 'Mins' },
      { columns: { score: 'Log' }, constants: { instrument: 'GAD-7' } },
    ],
    separators: { instrument: '/' },
    dateOrders: { taken_on: 'dmy' },
  },
  {
    kind: 'people',
    columns: { person_ref: 'Collar', role: 'Type', unit: 'Near' },
    encoding: 'utf-8',
    delimiter: ',',
    headerRows: 1,
    rowsAbove: 1,
  },
];

/** What a mapping is tried on. */
export const mappedCsv =
  'Incident list\nCollar,Date,Time,Type,Log,Mins,Near\n0417,31/03/2026,14:05,RTC,I1,01:30,N\n0418,01/04/2026,,ASSAULT,I2,"1,234",F\n,,,,,,\n0419,32/13/2026,99:99,,I3,x,Z\nTotal,,,,,3,\n';
