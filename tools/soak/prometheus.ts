/** Values of a Prometheus text, by name with labels as they stand there. */
export function readMetrics(text: string): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, name, value] = /^([a-z_:]+(?:\{[^}]*\})?) (\S+)/.exec(line) ?? [];
    if (name !== undefined) values.set(name, Number(value));
  }
  return values;
}
