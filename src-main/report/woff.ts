import { inflateSync } from 'node:zlib';

const headerBytes = 44;
const entryBytes = 20;

type FontTable = {
  readonly tag: Buffer;
  readonly checksum: number;
  readonly content: Buffer;
};

/**
 * A font as TrueType or OpenType, taken out of its WOFF 1.0 wrapping (https://www.w3.org/TR/WOFF/, sections 3 to 5).
 *
 * @throws where the bytes are no such font: fonts come with the installation.
 */
export function fontOfWoff(woff: Uint8Array): Uint8Array {
  const file = Buffer.from(woff.buffer, woff.byteOffset, woff.byteLength);
  if (file.toString('latin1', 0, 4) !== 'wOFF') throw new Error('a font of the installation is not WOFF 1.0');
  const count = file.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, index) => tableAt(file, headerBytes + index * entryBytes));
  return sfntOf(file.subarray(4, 8), tables);
}

function tableAt(file: Buffer, entry: number): FontTable {
  const offset = file.readUInt32BE(entry + 4);
  const storedBytes = file.readUInt32BE(entry + 8);
  const bytes = file.readUInt32BE(entry + 12);
  const stored = file.subarray(offset, offset + storedBytes);
  return {
    tag: file.subarray(entry, entry + 4),
    checksum: file.readUInt32BE(entry + 16),
    content: storedBytes < bytes ? inflateSync(stored) : stored,
  };
}

function sfntOf(flavour: Buffer, tables: readonly FontTable[]): Uint8Array {
  const power = 2 ** Math.floor(Math.log2(tables.length));
  const head = Buffer.alloc(12 + 16 * tables.length);
  flavour.copy(head);
  head.writeUInt16BE(tables.length, 4);
  head.writeUInt16BE(power * 16, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE((tables.length - power) * 16, 10);
  let offset = head.length;
  const parts: Buffer[] = [head];
  tables.forEach(({ tag, checksum, content }, index) => {
    const entry = 12 + 16 * index;
    tag.copy(head, entry);
    head.writeUInt32BE(checksum, entry + 4);
    head.writeUInt32BE(offset, entry + 8);
    head.writeUInt32BE(content.length, entry + 12);
    // Tables begin at multiples of four bytes.
    const padding = (4 - (content.length % 4)) % 4;
    parts.push(content, Buffer.alloc(padding));
    offset += content.length + padding;
  });
  return Buffer.concat(parts);
}
