import { z } from 'zod';

export type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type WindowBounds = Rectangle & { readonly maximised: boolean };

const whole = z.number().int().min(-100_000).max(100_000);
const boundsSchema = z.strictObject({ x: whole, y: whole, width: whole, height: whole, maximised: z.boolean() });

export const minimumSize = { width: 900, height: 600 } as const;
const preferredSize = { width: 1_360, height: 880 } as const;

/** Bounds as `window.json` keeps them; null where the text is not that. */
export function readBounds(text: string): WindowBounds | null {
  try {
    const parsed = boundsSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/**
 * Where the window opens, in pixels: as it was left, moved and shrunk to lie wholly within the display it overlaps most;
 * in the middle of the first display where it was never left, or its display is gone.
 * @param workAreas the displays' usable areas, the primary first.
 */
export function placeWindow(saved: WindowBounds | null, workAreas: readonly Rectangle[]): WindowBounds {
  const [primary] = workAreas;
  if (primary === undefined) {
    return saved ?? { x: 0, y: 0, ...preferredSize, maximised: false };
  }
  const home = saved === null ? null : mostOverlapped(saved, workAreas);
  if (saved === null || home === null) {
    const width = Math.min(preferredSize.width, primary.width);
    const height = Math.min(preferredSize.height, primary.height);
    const x = primary.x + Math.floor((primary.width - width) / 2);
    const y = primary.y + Math.floor((primary.height - height) / 2);
    return { x, y, width, height, maximised: saved?.maximised ?? false };
  }
  const width = clamp(saved.width, Math.min(minimumSize.width, home.width), home.width);
  const height = clamp(saved.height, Math.min(minimumSize.height, home.height), home.height);
  return {
    x: clamp(saved.x, home.x, home.x + home.width - width),
    y: clamp(saved.y, home.y, home.y + home.height - height),
    width,
    height,
    maximised: saved.maximised,
  };
}

function mostOverlapped(bounds: Rectangle, workAreas: readonly Rectangle[]): Rectangle | null {
  let best: Rectangle | null = null;
  let bestArea = 0;
  for (const area of workAreas) {
    const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
    const height = Math.min(bounds.y + bounds.height, area.y + area.height) - Math.max(bounds.y, area.y);
    const overlap = Math.max(0, width) * Math.max(0, height);
    if (overlap > bestArea) {
      best = area;
      bestArea = overlap;
    }
  }
  return best;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
