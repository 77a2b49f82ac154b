import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { writeHtml } from '#main/report/write-html.ts';
import type { Block, ReportDocument } from '#shared/report/document.ts';
import { sampleDocument } from './sample-document.ts';

const html = writeHtml(sampleDocument);

/** Every text of a document replaced, so that no place it is set can be missed. */
function everywhere(value: unknown, text: string): unknown {
  if (typeof value === 'string') return text;
  if (Array.isArray(value)) return value.map((each) => everywhere(each, text));
  if (typeof value !== 'object' || value === null) return value;
  const kept = new Set([
    'kind',
    'id',
    'align',
    'tone',
    'role',
    'emphasis',
    'language',
    'reason',
    'dataTo',
    'month',
    'months',
    'n',
    'iso',
  ]);
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key,
      kept.has(key) || field === 'withheld' ? field : everywhere(field, text),
    ]),
  );
}

/** Start tags with their attributes, by a tokeniser of the HTML standard's rules for quoted attributes. */
function startTags(source: string): readonly { readonly name: string; readonly attributes: readonly string[] }[] {
  return [
    ...source
      .replace(/<style>[\s\S]*?<\/style>/, '')
      .matchAll(/<([a-zA-Z][^\s/>]*)((?:\s+[^\s=>"]+(?:="[^"]*")?)*)\s*\/?>/g),
  ].map((match) => ({
    name: match[1]!.toLowerCase(),
    attributes: [...match[2]!.matchAll(/\s+([^\s=>"]+)(?:="[^"]*")?/g)].map((each) => each[1]!.toLowerCase()),
  }));
}

describe('writeHtml', () => {
  it('gives the same text twice', () => {
    expect(writeHtml(sampleDocument)).toBe(html);
  });

  it('allows its own style sheet by hash and nothing else', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)![1]!;
    const hash = createHash('sha256').update(style).digest('base64');
    expect(html).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'"`,
    );
    expect(html.split('<style').length).toBe(2);
    expect(html).not.toMatch(/\sstyle="/);
    expect(html).not.toMatch(/<script|<link|<iframe|https?:\/\/(?!www\.w3\.org\/2000\/svg)/i);
  });

  it('keeps hostile text inert wherever it stands', () => {
    const hostile = `</title></style><img src=x onerror=alert(1)>"' onload="alert(2)\u202e<script>alert(3)</script>`;
    const document = everywhere(sampleDocument, hostile) as ReportDocument;
    const source = writeHtml({
      ...document,
      sections: document.sections.map((section, index) => ({ ...section, id: `s${index}` })),
    });
    const known = new Set(startTags(html).flatMap((tag) => [tag.name, ...tag.attributes]));
    for (const tag of startTags(source)) {
      expect(known).toContain(tag.name);
      for (const attribute of tag.attributes) expect(known).toContain(attribute);
    }
    expect(source.split('&lt;img src=x onerror=alert(1)&gt;').length).toBeGreaterThan(100);
    expect(source).not.toContain('<img');
    expect(source).not.toContain('<script');
    expect(source).not.toContain('\u202e');
  });

  it('gives every chart a name, a description and the numbers behind it', () => {
    const figures = sampleDocument.sections
      .flatMap((section) => section.blocks)
      .filter((block) => block.kind === 'figure');
    expect(html.match(/<svg role="img" aria-labelledby="(chart-[a-z]+-\d+)-title \1-desc"/g)).toHaveLength(
      figures.length,
    );
    expect(html.match(/<details><summary>/g)).toHaveLength(figures.length);
    for (const figure of figures) expect(html).toContain(`>${figure.description}</desc>`);
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]!);
    expect(new Set(ids).size).toBe(ids.length);
    for (const used of html.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(used[1]);
  });

  it('marks up tables for readers that go cell by cell', () => {
    expect(html).toContain('<th scope="col" class="end">Exposures<span class="unit">365 days</span></th>');
    expect(html).toContain('<th scope="row">Response North</th>');
    expect(html).toContain('<html lang="en-GB">');
    expect(html).toMatch(/<a class="skip" href="#report">[\s\S]*<main id="report"/);
  });

  it('prints the marker for withheld cells and says what it means, and only there', () => {
    expect(html).toContain('<abbr title="withheld">[c]</abbr>');
    expect(html).toContain('[c] Withheld by disclosure control: counts of 1 to 4');
    const open: Block = {
      kind: 'table',
      caption: 'Open',
      columns: [{ label: 'Unit', align: 'start' }],
      rows: [{ cells: [{ kind: 'text', text: 'A' }] }],
      notes: [],
      threshold: 5,
    };
    const source = writeHtml({ ...sampleDocument, sections: [{ id: 'a', heading: 'A', blocks: [open] }] });
    expect(source).not.toContain('Withheld');
  });
});
