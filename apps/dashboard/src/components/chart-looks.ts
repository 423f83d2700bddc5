const colours = 6;
/** In pixels, drawn and left out in turn. A colour alone tells nobody enough. */
const dashes: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [8, 3, 2, 3]];

/** The class that gives a series its colour. */
export function lookOf(index: number): string {
  return `series-${index % colours}`;
}

export function dashOf(index: number): readonly number[] {
  return dashes[index % dashes.length] ?? [];
}
