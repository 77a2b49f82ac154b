/** Also given to the charts, whose canvas cannot read a CSS variable. */
export const fontFamily =
  '"Inter", "IBM Plex Sans", "Segoe UI Variable Text", "Segoe UI", system-ui, "Noto Sans", "Liberation Sans", sans-serif';
export const monospaceFamily = '"IBM Plex Mono", "Cascadia Mono", Consolas, "Liberation Mono", monospace';
