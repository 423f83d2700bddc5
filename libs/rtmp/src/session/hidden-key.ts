const MASK = '***';
/** A shorter piece of a key opens nothing, and hiding it would hide words. */
export const KEY_PIECE_CHARACTERS = 8;

/**
 * What a server says, without the key that it was given: whole, its name before the query, percent
 * encoded, or any piece of these that is long enough to matter. Servers like to repeat what they
 * refuse, in a form and length of their own.
 */
export function withoutKey(text: string, key: string): string {
  const sound = key.toWellFormed();
  const forms = [key, encodeURIComponent(sound), encodeURI(sound)];
  const names = [...forms, key.split('?', 1)[0] ?? ''].filter((name) => name !== '');
  const whole = names.reduce((hidden, name) => hidden.replaceAll(name, MASK), text);
  return withoutPieces(whole, forms);
}

function withoutPieces(text: string, forms: readonly string[]): string {
  const pieces = new Set(forms.flatMap(piecesOf));
  let shown = '';
  let hiddenUntil = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (pieces.has(text.slice(at, at + KEY_PIECE_CHARACTERS))) {
      if (hiddenUntil <= at && !shown.endsWith(MASK)) shown += MASK;
      hiddenUntil = at + KEY_PIECE_CHARACTERS;
    }
    if (at >= hiddenUntil) shown += text.charAt(at);
  }
  return shown;
}

function piecesOf(form: string): string[] {
  const count = Math.max(0, form.length - KEY_PIECE_CHARACTERS + 1);
  return Array.from({ length: count }, (_, at) => form.slice(at, at + KEY_PIECE_CHARACTERS));
}
