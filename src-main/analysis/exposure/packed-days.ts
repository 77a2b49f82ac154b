import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { ExposureDays } from './packed-exposures.ts';

/**
 * `ExposureDays` as bytes, for a cache that is rebuilt whenever it does not read back: six 32-bit words of header in the
 * machine's byte order, the offsets, and one byte an event for the days since the one before (of the person, or since the first
 * day of all). A step of 255 days or more is 255 and then four bytes.
 */
const magic = 0x5944_4454; // "TDDY"
const version = 1;
const headerWords = 6;
const longStep = 255;

export function encodeExposureDays({ offsets, day }: ExposureDays): Uint8Array {
  let base = day.length === 0 ? 0 : Number.POSITIVE_INFINITY;
  for (const value of day) base = Math.min(base, value);
  const steps: { bytes: Uint8Array; used: number } = { bytes: new Uint8Array(day.length * 5), used: 0 };
  for (let person = 0; person + 1 < offsets.length; person += 1) {
    let before = base;
    for (let event = offsets[person] ?? 0; event < (offsets[person + 1] ?? 0); event += 1) {
      const at = day[event] ?? 0;
      writeStep(steps, at - before);
      before = at;
    }
  }
  const start = (headerWords + offsets.length) * 4;
  const bytes = new Uint8Array(start + steps.used);
  new Uint32Array(bytes.buffer, 0, headerWords).set([magic, version, offsets.length, day.length, base, steps.used]);
  new Uint32Array(bytes.buffer, headerWords * 4, offsets.length).set(offsets);
  bytes.set(steps.bytes.subarray(0, steps.used), start);
  return bytes;
}

function writeStep(into: { readonly bytes: Uint8Array; used: number }, step: number): void {
  if (step < longStep) {
    into.bytes[into.used] = step;
    into.used += 1;
    return;
  }
  into.bytes[into.used] = longStep;
  for (let byte = 0; byte < 4; byte += 1) into.bytes[into.used + 1 + byte] = (step >>> (8 * byte)) & 0xff;
  into.used += 5;
}

/** Reads what `encodeExposureDays` wrote; `CORRUPT` where the bytes are of another kind, version or length. */
export function decodeExposureDays(given: Uint8Array): Result<ExposureDays> {
  const bytes = given.byteOffset % 4 === 0 ? given : new Uint8Array(given);
  if (bytes.length < headerWords * 4) return damaged();
  const header = new Uint32Array(bytes.buffer, bytes.byteOffset, headerWords);
  const [kind, written, persons = 0, events = 0, base = 0, used] = header;
  const start = (headerWords + persons) * 4;
  if (kind !== magic || written !== version || start + (used ?? 0) !== bytes.length) return damaged();
  const offsets = new Uint32Array(bytes.buffer, bytes.byteOffset + headerWords * 4, persons).slice();
  if (offsets[persons - 1] !== events) return damaged();
  const day = new Int32Array(events);
  let at = start;
  for (let person = 0; person + 1 < persons; person += 1) {
    let before = base | 0;
    const end = offsets[person + 1] ?? 0;
    for (let event = offsets[person] ?? 0; event < end; event += 1) {
      const step = bytes[at] ?? 0;
      at += 1;
      if (step < longStep) before += step;
      else {
        before +=
          (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
        at += 4;
      }
      day[event] = before;
    }
  }
  return at === bytes.length ? ok({ offsets, day }) : damaged();
}

function damaged(): Result<never> {
  return fail(
    'CORRUPT',
    'The packed days of exposures cannot be used: they are of another kind, version or length.',
    'Nothing is lost: the rows are the truth. Rebuild the columns from them.',
  );
}
