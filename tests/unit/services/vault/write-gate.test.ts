import { describe, expect, it } from 'vitest';
import { createWriteGate } from '#main/services/vault/write-gate.ts';

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

describe('the write gate', () => {
  it('lets one in at a time, in the order they came, whatever each takes', async () => {
    const gate = createWriteGate();
    const log: string[] = [];
    const work = (name: string, ms: number) => async (): Promise<string> => {
      log.push(`${name} in`);
      await pause(ms);
      log.push(`${name} out`);
      return name;
    };
    const answers = await Promise.all([
      gate.run(work('a', 15)),
      gate.run(work('b', 1)),
      gate.run(() => 'c'),
      gate.run(work('d', 5)),
    ]);
    expect(answers).toEqual(['a', 'b', 'c', 'd']);
    expect(log).toEqual(['a in', 'a out', 'b in', 'b out', 'd in', 'd out']);
  });

  it('lets the next in after a failure, and gives the failure to whose it is', async () => {
    const gate = createWriteGate();
    const failing = gate.run(() => {
      throw new Error('full');
    });
    const rejecting = gate.run(() => Promise.reject(new Error('gone')));
    const next = gate.run(() => 7);
    await expect(failing).rejects.toThrow('full');
    await expect(rejecting).rejects.toThrow('gone');
    expect(await next).toBe(7);
  });
});
