const dropped = new Set(['class', 'pointer-events', 'xmlns:xlink', 'baseProfile', 'version']);

/** The white outline the library puts round text covers it where outlines are drawn over fills. */
const outline = new Set(['stroke', 'stroke-width', 'paint-order', 'stroke-miterlimit']);

const attributePattern = /\s+([\w:-]+)="([^"]*)"/g;

function styleAsAttributes(style: string): string {
  return style
    .split(';')
    .flatMap((declaration) => {
      const colon = declaration.indexOf(':');
      if (colon < 0) return [];
      return [` ${declaration.slice(0, colon).trim()}="${declaration.slice(colon + 1).trim()}"`];
    })
    .join('');
}

function shortNumbers(value: string): string {
  return value.replace(/-?\d+\.\d{3,}/g, (number) => String(Math.round(Number(number) * 100) / 100));
}

function tidyAttributes(tag: string, attributes: string, prefix: string): string {
  return attributes.replace(attributePattern, (_whole, name: string, value: string) => {
    if (dropped.has(name) || name.startsWith('ecmeta_') || (tag === 'text' && outline.has(name))) return '';
    if (name === 'style') return styleAsAttributes(value);
    const named = name === 'id' || value.startsWith('url(#') ? value.replace(/zr\d+-/g, `${prefix}-`) : value;
    return ` ${name}="${name === 'd' || name === 'transform' ? shortNumbers(named) : named}"`;
  });
}

/**
 * Makes the drawing library's SVG fit for a document: no style element, no style attributes (a strict content policy
 * ignores them), no hover classes, ids that depend on `prefix` alone and not on how many charts came before.
 *
 * Relies on the library writing attributes in double quotes with `<`, `>`, `&` and `"` escaped in text and values.
 */
export function tidySvg(svg: string, prefix: string): string {
  return svg
    .replace(/<style\b[^>]*>[\s\S]*?<\/style>/g, '')
    .replace(
      /<([a-zA-Z]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/g,
      (_whole, tag: string, attributes: string, end: string) => {
        return `<${tag}${tidyAttributes(tag, attributes, prefix)}${end}>`;
      },
    )
    .replace(/<defs>\s*<\/defs>/g, '')
    .replace(/\n+/g, '\n')
    .trim();
}
