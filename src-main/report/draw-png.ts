import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { readFontFiles, reportFonts } from './fonts.ts';
import { fontOfWoff } from './woff.ts';

const locate = createRequire(import.meta.url);
let ready: Promise<readonly Uint8Array[]> | null = null;

/** The fonts of the drawings, once the renderer is there to use them: it can be started once in a process. */
function fontsOnceReady(): Promise<readonly Uint8Array[]> {
  ready ??= initWasm(readFileSync(locate.resolve('@resvg/resvg-wasm/index_bg.wasm'))).then(() =>
    readFontFiles().map((font) => fontOfWoff(font.bytes)),
  );
  return ready;
}

/** A drawing of ours as PNG on white, for readers that show no SVG. The same drawing gives the same bytes. */
export async function drawPng(svg: string, widthPx: number): Promise<Uint8Array> {
  const fonts = await fontsOnceReady();
  const drawing = new Resvg(svg, {
    background: '#ffffff',
    fitTo: { mode: 'width', value: widthPx },
    font: { fontBuffers: [...fonts], defaultFontFamily: reportFonts.family, sansSerifFamily: reportFonts.family },
  });
  const image = drawing.render();
  try {
    return image.asPng();
  } finally {
    // Both live outside the heap of JavaScript.
    image.free();
    drawing.free();
  }
}
