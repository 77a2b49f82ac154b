import { describe, expect, it } from 'vitest';
import { writeDocx } from '#main/report/write-docx.ts';
import { writeHtml } from '#main/report/write-html.ts';
import { writePdf } from '#main/report/write-pdf.ts';
import { type Narrative, narrativeSchema, type Passage } from '#shared/contract/narrative.ts';
import type { Result } from '#shared/domain/result.ts';
import type { Block, ReportDocument } from '#shared/report/document.ts';
import { documentFacts, placedFacts } from '#shared/report/document-facts.ts';
import { plainText } from '#shared/report/format.ts';
import { insertNarrative, type Narrated } from '#shared/report/narrative/insert-narrative.ts';
import { narrativeBlock } from '#shared/report/narrative/narrative-block.ts';
import { type PrintedNumbers, printedNumbers } from '#shared/report/narrative/printed-numbers.ts';
import {
  quoteOf,
  readPassage,
  withNumbersOfNow,
  withQuote,
  withQuotes,
} from '#shared/report/narrative/read-passage.ts';
import { readDocx } from './read-docx.ts';
import { readPdf } from './read-pdf.ts';

const cell = (value: number | null) =>
  value === null
    ? { kind: 'withheld' as const, reason: 'primary' as const }
    : { kind: 'number' as const, value, decimals: 0 };

function unitTable(caption: string, north: number | null, south: number): Block {
  return {
    kind: 'table',
    caption,
    columns: [
      { label: 'Unit', align: 'start' },
      { label: 'Exposures', align: 'end' },
    ],
    rows: [
      { cells: [{ kind: 'text', text: 'North' }, cell(north)] },
      { cells: [{ kind: 'text', text: 'South' }, cell(south)] },
    ],
    notes: ['184 is in a note.'],
    threshold: 5,
  };
}

function report(north: number | null, south = 88): ReportDocument {
  return {
    title: 'Exposure',
    subtitle: '1 Apr 2025 to 31 Mar 2026',
    marking: 'OFFICIAL',
    language: 'en-GB',
    dataTo: '2026-03-31',
    about: 'What was recorded.',
    sections: [
      {
        id: 'summary',
        heading: 'In short',
        blocks: [
          { kind: 'key-figures', figures: [{ value: '12.4%', label: 'coverage', note: 'of 1,204 rows' }] },
          { kind: 'list', ordered: false, items: ['South had 88 exposures, 3 of them at night.'] },
        ],
      },
      { id: 'where', heading: 'Where it fell', blocks: [unitTable('Exposures by unit', north, south)] },
    ],
  };
}

const printedIn = (document: ReportDocument): PrintedNumbers => printedNumbers(placedFacts(document));
const passage = (text: string, section = 'where', place: Passage['place'] = 'end'): Passage => ({
  section,
  place,
  text,
});
const north = 'Where it fell › “Exposures by unit” › North › Exposures';

function inserted(document: ReportDocument, narrative: Narrative): Narrated {
  const result: Result<Narrated> = insertNarrative(document, narrative);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe('numbers that an author quotes', () => {
  it('are recognised by what the report prints, in the same section and about the same things first', () => {
    const { quotes } = withQuotes(
      passage('North had 184 exposures, South 88; coverage was 12.4%.'),
      printedIn(report(184)),
    );
    expect(quotes).toEqual([
      { text: '184', occurrence: 1, fact: north },
      { text: '88', occurrence: 1, fact: 'Where it fell › “Exposures by unit” › South › Exposures' },
      { text: '12.4%', occurrence: 1, fact: 'In short › coverage' },
    ]);
    const [, south] = withQuotes(passage('Of 184, 88 were in South.', 'summary'), printedIn(report(184))).quotes!;
    expect(south).toEqual({ text: '88', occurrence: 1, fact: 'In short › list' });
  });

  it('are never guessed where a small number may mean anything else, and never taken from a note', () => {
    const numbers = readPassage(
      withQuotes(passage('We hired 3 nurses and saw 5 dogs.'), printedIn(report(184))),
      printedIn(report(184)),
    );
    expect(numbers.map(({ text, state, places }) => [text, state, places.length])).toEqual([
      ['3', 'open', 1],
      ['5', 'unknown', 0],
    ]);
    expect(printedIn(report(7)).places.get('184')).toBeUndefined();
  });

  it('may be said to be no numbers of the report', () => {
    const printed = printedIn(report(184));
    const quoted = withQuotes(passage('184 beds'), printed);
    const own = withQuote(quoted, { text: '184', occurrence: 1 }, quoteOf({ text: '184', occurrence: 1 }, null));
    expect(readPassage(own, printed)[0]).toMatchObject({ state: 'own' });
    expect(withQuotes(own, printed).quotes).toEqual([{ text: '184', occurrence: 1, fact: null }]);
  });

  it('are known one from another where the same stands twice, and where a sentence holds several', () => {
    const printed = printedIn(report(184));
    const { quotes } = withQuotes(passage('North 184, I repeat: 184 exposures. South, 3 at night.'), printed);
    expect(quotes).toEqual([
      { text: '184', occurrence: 1, fact: north },
      { text: '184', occurrence: 2, fact: north },
      { text: '3', occurrence: 1, fact: 'In short › list', number: 2 },
    ]);
  });
});

describe('a number that was quoted', () => {
  const quoted = withQuotes(passage('North had 184 exposures.'), printedIn(report(184)));

  it.each<[string, ReportDocument, string, string | null, string]>([
    ['is left alone where it is as it was', report(184), 'same', '184', 'North had 184 exposures.'],
    ['is marked where it is another now', report(185), 'changed', '185', 'North had 184 [now 185] exposures.'],
    ['is not printed where it is withheld now', report(null), 'withheld', null, 'North had [withheld now] exposures.'],
    [
      'is marked where its place is gone',
      { ...report(184), sections: [{ id: 'where', heading: 'Elsewhere', blocks: [] }] },
      'gone',
      null,
      'North had 184 [no longer in this report] exposures.',
    ],
  ])('%s', (_, now, state, value, reads) => {
    const numbers = readPassage(quoted, printedIn(now));
    expect(numbers).toMatchObject([{ state, now: value }]);
    const [part] = narrativeBlock(quoted, numbers).parts;
    expect(part?.kind === 'paragraph' ? plainText(part.text) : '').toBe(reads);
  });

  it('is replaced by that of now, and is then as quoted', () => {
    const twice = withQuotes(passage('North had 184 exposures; 184 in North, 88 in South.'), printedIn(report(184)));
    const printed = printedIn(report(1185));
    const all = withNumbersOfNow(twice, printed);
    expect(all.text).toBe('North had 1,185 exposures; 1,185 in North, 88 in South.');
    expect(readPassage(all, printed).map(({ state }) => state)).toEqual(['same', 'same', 'same']);
    const one = withNumbersOfNow(twice, printed, ({ occurrence }) => occurrence === 2);
    expect(one.text).toBe('North had 184 exposures; 1,185 in North, 88 in South.');
    expect(readPassage(one, printed).map(({ state }) => state)).toEqual(['changed', 'same', 'same']);
  });
});

describe('words beside a report', () => {
  it('are paragraphs and lists, and nothing else', () => {
    const text = 'One\nline.\n\n# Two\n- a\n  b\n- **c**\nd\n\nThree';
    expect(narrativeBlock(passage(text), []).parts).toEqual([
      { kind: 'paragraph', text: ['One line.'] },
      { kind: 'paragraph', text: ['# Two'] },
      { kind: 'list', ordered: false, items: ['a b', '**c** d'] },
      { kind: 'paragraph', text: ['Three'] },
    ]);
  });

  it('stand at the start or the end of their section, and change no other fact', () => {
    const { document } = inserted(report(184), [passage('Last, 184.'), passage('First.', 'where', 'start')]);
    expect(document.sections[1]!.blocks.map(({ kind }) => kind)).toEqual(['narrative', 'table', 'narrative']);
    const own = documentFacts(document).filter(({ where }) => where.includes('words of the author'));
    expect(own.map(({ says }) => says)).toEqual(['First.', 'Last, 184.']);
    expect(
      documentFacts(document).filter((fact) => !own.includes(fact) && !own.some(({ where }) => where === fact.where)),
    ).toEqual(documentFacts(report(184)));
    expect(printedIn(document)).toEqual(printedIn(report(184)));
  });

  it('are refused where there is no such section, and on a sheet', () => {
    const none = insertNarrative(report(184), [passage('Words', 'nowhere')]);
    expect(none).toMatchObject({
      ok: false,
      error: { code: 'BAD_SPEC', hint: expect.stringContaining('summary, where') },
    });
    expect(insertNarrative({ ...report(184), layout: 'sheet' }, [passage('Words')])).toMatchObject({
      ok: false,
      error: { code: 'BAD_SPEC' },
    });
  });

  it('have limits, and one place in a section once', () => {
    const right: Passage = { ...passage('Words'), quotes: [{ text: '1', occurrence: 1, fact: null }] };
    expect(narrativeSchema.safeParse([right, { ...right, place: 'start' }]).success).toBe(true);
    for (const wrong of [
      [right, right],
      [{ ...right, text: ' \n ' }],
      [{ ...right, text: 'a'.repeat(6_001) }],
      [{ ...right, section: 'No Id' }],
      [{ ...right, more: 1 }],
      [{ ...right, quotes: [{ text: '1', occurrence: 0, fact: null }] }],
      Array.from({ length: 61 }, (_, at) => ({ ...right, section: `s${at}` })),
    ]) {
      expect(narrativeSchema.safeParse(wrong).success).toBe(false);
    }
  });

  it('are inert and marked in the PDF, in Word and in HTML', async () => {
    const hostile = 'North had 184 exposures. <img src=x onerror=alert(1)> & "\u202e</w:t><script>\n\n- <b>184</b>';
    const quoted = withQuotes(passage(hostile), printedIn(report(184)));
    const { document } = inserted(report(185), [quoted]);
    const html = writeHtml(document);
    expect(html).toContain('<mark>184 [now 185]</mark>');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;&lt;/w:t&gt;&lt;script&gt;');
    expect(html).not.toMatch(/<img|<script|<b>|\u202e/);
    const docx = await readDocx(await writeDocx(document));
    const pdf = await readPdf(await writePdf(document));
    for (const read of [JSON.stringify(docx), JSON.stringify(pdf)]) {
      const squeezed = read.replace(/[^\p{L}\p{N}<>]/gu, '');
      expect(squeezed).toContain('Writtenbytheauthor');
      expect(squeezed).toContain('Northhad184now185exposures');
    }
  });
});
