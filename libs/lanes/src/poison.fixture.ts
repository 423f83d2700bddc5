/** What a mortal lane does not survive: it turns for ever over what it is in. */
export const POISON = 'a word that this lane does not survive';
