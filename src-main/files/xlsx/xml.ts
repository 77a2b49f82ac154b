import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { ExpectedError } from '#shared/domain/result.ts';
import { damagedWorkbook, refusedWorkbook } from './refusals.ts';

export type XmlAttributes = Readonly<Record<string, string>>;

/** Names come without their prefix: transitional and strict workbooks, and those with a prefix throughout, read alike. */
export type XmlHandlers = {
  readonly open: (name: string, attributes: XmlAttributes) => void;
  readonly close?: (name: string) => void;
  /** Text between two tags; may come in several pieces. */
  readonly text?: (text: string) => void;
};

/** Characters given to the parser at a time: what they make is taken away before the next. */
const sliceCharacters = 2_048;
/** Most characters without a tag or text having ended. */
const longestPiece = 4 * 1024 ** 2;
const deepestNesting = 64;
/** Where the root must have begun. */
const longestProlog = 64 * 1024;

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** The value of an attribute whatever its prefix; '' where there is none. */
export function attribute(attributes: XmlAttributes, name: string): string {
  const plain = attributes[name];
  if (plain !== undefined) return plain;
  for (const key of Object.keys(attributes)) {
    if (localName(key) === name) return attributes[key] as string;
  }
  return '';
}

/** Parses one part of a workbook as its bytes come. No document type, hence no entity but the five of XML itself. */
export class XmlReader {
  readonly #parser = new SaxesParser({ xmlns: false, position: false });
  #decoder: TextDecoder | null = null;
  #sinceEvent = 0;
  #characters = 0;
  #depth = 0;
  #begun = false;

  constructor(handlers: XmlHandlers) {
    const parser = this.#parser;
    const happened = (): void => {
      this.#sinceEvent = 0;
    };
    parser.on('error', () => {
      throw damagedWorkbook('one of its parts is not well-formed XML');
    });
    parser.on('doctype', () => {
      throw refusedWorkbook('The workbook declares a document type, which none may.', 'Save it again in Excel.');
    });
    parser.on('comment', happened);
    parser.on('processinginstruction', happened);
    parser.on('opentag', ({ name, attributes }) => {
      this.#sinceEvent = 0;
      this.#begun = true;
      this.#depth += 1;
      if (this.#depth > deepestNesting) throw damagedWorkbook('its parts are nested too deeply');
      handlers.open(localName(name), attributes as XmlAttributes);
    });
    parser.on('closetag', ({ name }) => {
      this.#sinceEvent = 0;
      this.#depth -= 1;
      handlers.close?.(localName(name));
    });
    const text = (piece: string): void => {
      this.#sinceEvent = 0;
      handlers.text?.(piece);
    };
    parser.on('text', text);
    parser.on('cdata', text);
  }

  /** Parses a piece; stops after each slice of it, so that what has been made can be taken away. */
  *feed(piece: Uint8Array): Generator<undefined, undefined> {
    this.#decoder ??= decoderFor(piece);
    const text = decode(this.#decoder, piece);
    for (let at = 0; at < text.length; at += sliceCharacters) {
      this.#write(text.slice(at, at + sliceCharacters));
      yield;
    }
  }

  end(): void {
    if (this.#decoder) this.#write(decode(this.#decoder));
    this.#parser.close();
    if (!this.#begun) throw damagedWorkbook('one of its parts is empty');
  }

  #write(text: string): void {
    this.#sinceEvent += text.length;
    this.#characters += text.length;
    this.#parser.write(text);
    if (this.#sinceEvent > longestPiece || (!this.#begun && this.#characters > longestProlog)) {
      throw damagedWorkbook('a text or tag in it never ends');
    }
  }
}

function decoderFor(start: Uint8Array): TextDecoder {
  const encoding =
    start[0] === 0xff && start[1] === 0xfe ? 'utf-16le' : start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true });
}

function decode(decoder: TextDecoder, piece?: Uint8Array): string {
  try {
    return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw damagedWorkbook('one of its parts holds bytes that are not text');
  }
}

/** Parses a small part whole. */
export async function readXml(pieces: AsyncIterable<Buffer>, handlers: XmlHandlers): Promise<void> {
  const reader = new XmlReader(handlers);
  for await (const piece of pieces) for (const _ of reader.feed(piece));
  reader.end();
}
