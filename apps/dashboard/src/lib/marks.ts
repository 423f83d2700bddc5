/** As many colours as there are classes `mark-0…` for. */
export const markColours = 12;

/** One or two letters that stand for a name: `YouTube` is YT, `api.video` AV, `Twitch` TW. */
export function initialsOf(name: string): string {
  const [first = '', second] = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters = Array.from(first);
  const capital = letters.slice(1).find((letter) => /\p{Lu}/u.test(letter));
  const other = Array.from(second ?? '')[0] ?? capital ?? letters[1] ?? '';
  return `${letters[0] ?? '?'}${other}`.toUpperCase();
}

/** Which colour an id has, always the same: from 0 up to `markColours` less one. */
export function markColour(id: string): number {
  return (
    Array.from(id).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521, 7) %
    markColours
  );
}
