import { describe, expect, it } from 'vitest';
import { readReferences } from './read-references.ts';

const pubmed = `
PMID- 33106349
OWN - NLM
STAT- MEDLINE
DCOM- 20210622
IS  - 1470-7926 (Electronic)
VI  - 77
IP  - 11
DP  - 2020 Nov
TI  - Global prevalence and risk factors for mental health problems in police 
      personnel: a systematic review and meta-analysis.
PG  - 737-747
LID - 10.1136/oemed-2020-106498 [doi]
LID - PMC7 [pii]
AB  - Police personnel are at risk. OBJECTIVE: To pool.
      RESULTS: 272,463 personnel.
CI  - (c) Author(s) 2020.
FAU - Syed, Shabeer
AU  - Syed S
AD  - Department of Experimental Psychology, Oxford, UK.
FAU - Ashwick, Rachel
AU  - Ashwick R
CN  - Police Health Group
LA  - eng
PT  - Meta-Analysis
PT  - Journal Article
JT  - Occupational and environmental medicine
TA  - Occup Environ Med
MH  - Humans
MH  - *Mental Disorders/epidemiology
OT  - PTSD
AID - 10.1136/oemed-2020-106498 [doi]
SO  - Occup Environ Med. 2020 Nov;77(11):737-747.

PMID- 1
TI  - [Stress in the police].
AU  - Muller J
DP  - 1999 Winter
TA  - Polizei
PT  - English Abstract

TI  - no beginning

PMID- 2
TI  - Last`;

const truth = [
  {
    title:
      'Global prevalence and risk factors for mental health problems in police personnel: a systematic review and meta-analysis',
    year: '2020',
    authors: 'Syed, Shabeer; Ashwick, Rachel; Police Health Group',
    doi: '10.1136/oemed-2020-106498',
    journal: 'Occupational and environmental medicine',
    volume: '77',
    issue: '11',
    pages: '737-747',
    abstract: 'Police personnel are at risk. OBJECTIVE: To pool. RESULTS: 272,463 personnel.',
    keywords: 'Humans; Mental Disorders/epidemiology; PTSD',
    type: 'journal article',
    pmid: '33106349',
    source_db: 'PubMed',
    language: 'eng',
  },
  {
    title: '[Stress in the police]',
    year: '1999',
    authors: 'Muller J',
    journal: 'Polizei',
    type: 'english abstract',
    pmid: '1',
    source_db: 'PubMed',
  },
];

describe('NBIB', () => {
  it.each(['\n', '\r\n', '\r'])('reads what PubMed exports, lines ending in %j', async (ending) => {
    const found = await readReferences(pubmed.replaceAll('\n', ending), 'nbib');
    expect(found.slice(0, 2)).toEqual(truth);
    expect(found[2]).toEqual({ title: 'no beginning', source_db: 'PubMed', problems: 'BAD_RECORD' });
    expect(found[3]).toEqual({ title: 'Last', pmid: '2', source_db: 'PubMed' });
  });

  it('gives fields without a beginning to the record that they stand behind', async () => {
    const found = await readReferences('TI  - lost\n\nPMID- 5\nTI  - kept\n', 'nbib');
    expect(found).toEqual([
      { title: 'lost', source_db: 'PubMed', problems: 'BAD_RECORD' },
      { title: 'kept', pmid: '5', source_db: 'PubMed' },
    ]);
  });
});
