import type { RandomStream } from '../../src-shared/domain/random.ts';
import { zipOf } from '../../tests/fixtures/files/zip.ts';
import { changes, mutateBytes, mutateText, pick, troublesome } from './mutate-text.ts';

export type Parts = ReadonlyMap<string, string>;

const words = [
  '<c>',
  '</c>',
  '<row>',
  '</row>',
  '<v>',
  '</v>',
  '<is><t>',
  '<f>',
  '&amp;',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?x',
  '"',
  ' r="A1"',
  ' t="s"',
  ' s="1"',
  '<!DOCTYPE a>',
];
const attributeValues = [
  ...troublesome,
  's',
  'b',
  'd',
  'e',
  'str',
  'inlineStr',
  'A1',
  'XFD1048576',
  'AAAA1',
  'A0',
  'hidden',
  'A1:A1048576',
  'rId1',
  '/xl/workbook.xml',
];

/** One change within the XML of a part: an element doubled, lost or nested, or the value of an attribute. */
function mutateXml(random: RandomStream, xml: string): string {
  const tags = [...xml.matchAll(/<[^<>]{0,400}>/g)];
  const tag = tags[random.nextBelow(Math.max(1, tags.length))];
  if (!tag) return mutateText(random, xml, words);
  const end = tag.index + tag[0].length;
  switch (random.nextBelow(12)) {
    case 0:
      return xml.slice(0, tag.index) + xml.slice(end);
    case 1:
      return xml.slice(0, end) + tag[0].repeat(1 + 4 ** random.nextBelow(7)) + xml.slice(end);
    case 2:
    case 6:
    case 7:
    case 8: {
      const changed = tag[0].replace(/="[^"]*"/, `="${pick(random, attributeValues).replaceAll('\0', '')}"`);
      return xml.slice(0, tag.index) + changed + xml.slice(end);
    }
    case 3:
    case 9: {
      const name = /^<([\w:]+)/.exec(tag[0])?.[1];
      const close = name ? xml.indexOf(`</${name}>`, end) : -1;
      if (!name || close < 0) return mutateText(random, xml, words);
      const element = xml.slice(tag.index, close + name.length + 3);
      return xml.slice(0, tag.index) + element.repeat(random.nextBelow(40)) + xml.slice(close + name.length + 3);
    }
    case 4:
    case 10: {
      const texts = [...xml.matchAll(/>([^<>]+)</g)];
      const text = texts[random.nextBelow(Math.max(1, texts.length))];
      if (!text) return xml;
      return `${xml.slice(0, text.index + 1)}${pick(random, troublesome).replaceAll('\0', '')}${xml.slice(text.index + text[0].length - 1)}`;
    }
    default:
      return mutateText(random, xml, words);
  }
}

/** A workbook with changes in the XML of its parts, in what its archive says of them, or in the archive's bytes. */
export function mutateWorkbook(random: RandomStream, parts: Parts): Buffer {
  const changed = new Map<string, string | Buffer>(parts);
  const way = random.nextBelow(10);
  const count = changes(random);
  for (let change = 0; way < 7 && change < count; change += 1) {
    const name = pick(random, [...changed.keys()]);
    const content = changed.get(name) ?? '';
    if (typeof content === 'string' && random.nextUniform() < 0.97) changed.set(name, mutateXml(random, content));
    else changed.set(name, mutateBytes(random, Buffer.from(content), words));
  }
  const lies = way === 7 || way === 8;
  const victim = random.nextBelow(changed.size);
  const entries = [...changed].map(([name, content], index) => ({
    name:
      lies && index === victim && random.nextUniform() < 0.2
        ? pick(random, ['../x', 'a.zip', name.toUpperCase()])
        : name,
    content,
    stored: random.nextUniform() < 0.2,
    ...(lies && index === victim ? lie(random, Buffer.byteLength(content)) : {}),
  }));
  let bytes = zipOf(entries);
  for (let change = 0; way === 9 && change < count; change += 1)
    bytes = mutateBytes(random, bytes, ['PK\x03\x04', 'PK\x05\x06']);
  return bytes;
}

function lie(random: RandomStream, size: number) {
  const number = pick(random, [0, 1, size - 1, size + 1, size * 2, 0xffff_ffff, 0x7fff_ffff, 0xffff_fffe]) >>> 0;
  return pick(random, [
    { saidSize: number },
    { saidPacked: number },
    { saidCrc: number },
    { saidOffset: number },
    { flags: random.nextBelow(65_536) },
    { method: random.nextBelow(100) },
    { mode: random.nextBelow(65_536) },
  ]);
}
