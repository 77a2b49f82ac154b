/** Numbers for texts that come as bytes: each different text gets the next small integer, and its string is made once. */

const noId = -1;

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  // FNV-1a, then the finaliser of MurmurHash3: references that differ in their last digits spread over the table.
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

export class ByteInterner {
  #slots: Int32Array;
  #hashes: Int32Array;
  /** Text of id i is #arena[#offsets[i]] up to, not including, #arena[#offsets[i + 1]]. */
  #offsets: Int32Array;
  #arena: Uint8Array;
  #texts: string[] = [];
  #last = noId;

  /** @param expected how many different texts are likely; more only cost growth */
  constructor(expected = 64) {
    const slotCount = 2 ** Math.ceil(Math.log2(Math.max(16, expected * 2)));
    this.#slots = new Int32Array(slotCount).fill(noId);
    this.#hashes = new Int32Array(slotCount / 2);
    this.#offsets = new Int32Array(slotCount / 2 + 1);
    this.#arena = new Uint8Array(slotCount * 8);
  }

  get size(): number {
    return this.#texts.length;
  }

  /** The texts by id. */
  get texts(): readonly string[] {
    return this.#texts;
  }

  textOf(id: number): string {
    return this.#texts[id] ?? '';
  }

  /** Id of a text, 0 for the first; a new one where it has not been met. Bytes are compared as they are: trim first. */
  idOf(bytes: Uint8Array, start: number, end: number): number {
    if (this.#last !== noId && this.#isText(this.#last, bytes, start, end)) return this.#last;
    const hash = hashOf(bytes, start, end);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const id = this.#slots[slot] as number;
      if (id === noId) break;
      if (this.#hashes[id] === hash && this.#isText(id, bytes, start, end)) {
        this.#last = id;
        return id;
      }
      slot = (slot + 1) & mask;
    }
    this.#last = this.#add(bytes, start, end, hash, slot);
    return this.#last;
  }

  #isText(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const arena = this.#arena;
    let from = this.#offsets[id] as number;
    if ((this.#offsets[id + 1] as number) - from !== end - start) return false;
    for (let at = start; at < end; at += 1, from += 1) if (arena[from] !== bytes[at]) return false;
    return true;
  }

  #add(bytes: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const id = this.#texts.length;
    const from = this.#offsets[id] as number;
    const to = from + end - start;
    if (to > this.#arena.length) {
      const larger = new Uint8Array(Math.max(to, this.#arena.length * 2));
      larger.set(this.#arena.subarray(0, from));
      this.#arena = larger;
    }
    this.#arena.set(bytes.subarray(start, end), from);
    this.#offsets[id + 1] = to;
    this.#hashes[id] = hash;
    this.#slots[slot] = id;
    this.#texts.push(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8'));
    if (id + 1 >= this.#hashes.length) this.#grow();
    return id;
  }

  #grow(): void {
    const slotCount = this.#slots.length * 2;
    const hashes = new Int32Array(slotCount / 2);
    hashes.set(this.#hashes);
    const offsets = new Int32Array(slotCount / 2 + 1);
    offsets.set(this.#offsets);
    const slots = new Int32Array(slotCount).fill(noId);
    for (let id = 0; id < this.#texts.length; id += 1) {
      let slot = (hashes[id] as number) & (slotCount - 1);
      while (slots[slot] !== noId) slot = (slot + 1) & (slotCount - 1);
      slots[slot] = id;
    }
    this.#hashes = hashes;
    this.#offsets = offsets;
    this.#slots = slots;
  }
}
