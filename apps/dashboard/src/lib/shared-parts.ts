/**
 * `next`, but with every part that equals the held one replaced by it. What did not change is then
 * the same object, and whoever shows it is not drawn again. For what came out of JSON.
 */
export function withSharedParts<Value>(held: Value | undefined, next: Value): Value {
  return kept(held, next) as Value;
}

function kept(held: unknown, next: unknown): unknown {
  if (Array.isArray(held) && Array.isArray(next)) {
    const parts = next.map((part, index) => kept(held[index], part));
    const isSame =
      held.length === parts.length && parts.every((part, index) => Object.is(part, held[index]));
    return isSame ? held : parts;
  }
  if (isRecord(held) && isRecord(next)) {
    const names = Object.keys(next);
    const heldPart = (name: string): unknown =>
      Object.hasOwn(held, name) ? held[name] : undefined;
    const parts = Object.fromEntries(names.map((name) => [name, kept(heldPart(name), next[name])]));
    const isSame =
      names.length === Object.keys(held).length &&
      names.every((name) => Object.hasOwn(held, name) && Object.is(parts[name], held[name]));
    return isSame ? held : parts;
  }
  return next;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
