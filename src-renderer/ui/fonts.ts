/** Also given to the charts, whose canvas cannot read a CSS variable. */
export const fontFamily =
  '"Inter", "IBM Plex Sans", "Segoe UI Variable Text", "Segoe UI", -apple-system, "Noto Sans", "Liberation Sans", system-ui, sans-serif';
export const monospaceFamily = '"IBM Plex Mono", "Cascadia Mono", Consolas, "Liberation Mono", monospace';
