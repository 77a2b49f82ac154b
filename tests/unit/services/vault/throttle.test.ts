import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clearFailures, noteFailure, retryAfterSeconds } from '#main/services/vault/throttle.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-throttle-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function fails(user: string, times: number, at = 0): void {
  for (let time = 0; time < times; time += 1) noteFailure(folder, user, at);
}

describe('the throttle', () => {
  it.each([
    [0, 0],
    [4, 0],
    [5, 1],
    [6, 2],
    [7, 4],
    [13, 256],
    [14, 300],
    [60, 300],
  ])('after %i failures waits %i seconds', (failures, seconds) => {
    fails('a', failures);
    expect(retryAfterSeconds(folder, 'a', 0)).toBe(seconds);
    expect(retryAfterSeconds(folder, 'a', seconds * 1_000)).toBe(0);
    if (seconds > 0) expect(retryAfterSeconds(folder, 'a', seconds * 1_000 - 1)).toBe(1);
    expect(retryAfterSeconds(folder, 'b', 0)).toBe(0);
  });

  it('does not wait longer where the clock was set back', () => {
    fails('a', 6, 1_000_000);
    expect(retryAfterSeconds(folder, 'a', 0)).toBe(2);
  });

  it('counts per user and forgets one after a success', () => {
    fails('a', 5);
    fails('b', 6);
    expect(clearFailures(folder, 'a')).toEqual({ own: 5, others: 6 });
    // What others typed is told once; their wait stays.
    fails('b', 1);
    expect(clearFailures(folder, 'a')).toEqual({ own: 0, others: 1 });
    expect(clearFailures(folder, 'a')).toEqual({ own: 0, others: 0 });
    expect(retryAfterSeconds(folder, 'b', 0)).toBe(4);
    expect(clearFailures(folder, 'c')).toEqual({ own: 0, others: 0 });
    expect([retryAfterSeconds(folder, 'a', 0), retryAfterSeconds(folder, 'b', 0)]).toEqual([0, 4]);
  });

  it('locks nobody out when its file is damaged or odd', () => {
    for (const text of [
      '',
      '{',
      '[]',
      '{"a":{"failures":-1,"lastAt":0}}',
      '{"a":{"failures":9,"lastAt":0,"more":1}}',
    ]) {
      writeFileSync(join(folder, 'throttle.json'), text);
      expect(retryAfterSeconds(folder, 'a', 0)).toBe(0);
      expect(noteFailure(folder, 'a', 0)).toBe(1);
    }
    noteFailure(folder, '__proto__', 0);
    expect(retryAfterSeconds(folder, '__proto__', 0)).toBe(0);
    expect(readFileSync(join(folder, 'throttle.json'), 'utf8')).not.toContain('passphrase');
  });
});
