import type { AmfValue } from '#amf';

/** Control characters, and those that turn the direction of the text around them. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A text of a peer, made fit to show and to log; '' for what is no text. */
export function remoteText(value: AmfValue, charactersMax: number): string {
  return typeof value === 'string' ? value.replace(UNPRINTABLE, '').slice(0, charactersMax) : '';
}
