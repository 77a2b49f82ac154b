import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRestartPolicy } from '#main/shell/restart-policy.ts';
import { placeWindow, readBounds } from '#main/shell/window-bounds.ts';

const primary = { x: 0, y: 25, width: 1_920, height: 1_055 };
const left = { x: -1_280, y: 0, width: 1_280, height: 1_024 };

describe('where the window opens', () => {
  it('is the middle of the first display, the first time', () => {
    expect(placeWindow(null, [primary])).toEqual({ x: 280, y: 112, width: 1_360, height: 880, maximised: false });
  });

  it('is where it was left', () => {
    const saved = { x: -1_200, y: 40, width: 1_000, height: 700, maximised: true };
    expect(placeWindow(saved, [primary, left])).toEqual(saved);
  });

  it('is the middle again, still maximised, when its display has gone', () => {
    const saved = { x: -1_200, y: 40, width: 1_000, height: 700, maximised: true };
    expect(placeWindow(saved, [primary])).toMatchObject({ x: 280, y: 112, maximised: true });
  });

  it('is pulled back when it would hang over an edge', () => {
    const saved = { x: 1_500, y: 900, width: 1_000, height: 700, maximised: false };
    expect(placeWindow(saved, [primary])).toEqual({ x: 920, y: 380, width: 1_000, height: 700, maximised: false });
  });

  it('lies wholly within one display, whatever was remembered', () => {
    const number = fc.integer({ min: -5_000, max: 5_000 });
    fc.assert(
      fc.property(number, number, number, number, (x, y, width, height) => {
        const placed = placeWindow({ x, y, width, height, maximised: false }, [primary, left]);
        const within = [primary, left].some(
          (area) =>
            placed.x >= area.x &&
            placed.y >= area.y &&
            placed.x + placed.width <= area.x + area.width &&
            placed.y + placed.height <= area.y + area.height,
        );
        expect(within).toBe(true);
      }),
    );
  });
});

describe('remembered bounds', () => {
  it('are read back as they were written', () => {
    const bounds = { x: 1, y: -2, width: 900, height: 600, maximised: false };
    expect(readBounds(JSON.stringify(bounds))).toEqual(bounds);
  });

  it.each(['', '{', '[]', '{"x":1}', '{"x":1,"y":2,"width":1e9,"height":600,"maximised":false}'])(
    'are forgotten when they are broken: %s',
    (text) => {
      expect(readBounds(text)).toBeNull();
    },
  );
});

describe('starting the engine again', () => {
  it('happens three times in five minutes at most', () => {
    const policy = createRestartPolicy(3, 300_000);
    expect([0, 1_000, 2_000, 3_000, 299_999].map(policy.mayRestart)).toEqual([true, true, true, false, false]);
    expect([300_000, 300_500, 301_000].map(policy.mayRestart)).toEqual([true, false, true]);
  });
});
