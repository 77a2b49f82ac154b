/** Twentieths of a point, in which Word gives lengths. */
export function twips(points: number): number {
  return Math.round(points * 20);
}

/** Pixels of 96 to the inch, in which the library gives the size of a picture. */
export function pixels(points: number): number {
  return Math.round((points * 96) / 72);
}

/** `#14577d` as Word writes it. */
export function hexOf(colour: string): string {
  return colour.replace('#', '').toUpperCase();
}
