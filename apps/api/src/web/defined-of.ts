/** `undefined` shut out: what exactOptionalPropertyTypes asks for. */
type Defined<Body> = { [Name in keyof Body]?: Exclude<Body[Name], undefined> };

/** What a body names; the rest stays as it is. */
export function definedOf<Body extends object>(body: Body): Defined<Body> {
  return Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== undefined),
  ) as Defined<Body>;
}
