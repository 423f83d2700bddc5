import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';

const dashboard = join(import.meta.dirname, '../../dist/dashboard');
/** What a first visit may load, packed. The promise is 300 kB; this is where it stays under. */
const firstLoadBytesMax = 240_000;

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

type Manifest = Readonly<Record<string, Chunk>>;

/** The files that the browser loads before it can draw anything: not what is imported later. */
function firstFiles(manifest: Manifest): string[] {
  const files = new Set<string>();
  const take = ({ file, imports = [], css = [] }: Chunk): void => {
    if (files.has(file)) return;
    for (const each of [file, ...css]) files.add(each);
    for (const name of imports) take(manifest[name]!);
  };
  for (const chunk of Object.values(manifest)) if (chunk.isEntry === true) take(chunk);
  return [...files];
}

describe('the built dashboard', () => {
  let first: ReadonlyMap<string, string>;
  const text = (ending: string): string =>
    [...first].flatMap(([name, content]) => (name.endsWith(ending) ? [content] : [])).join('\n');

  beforeAll(async () => {
    const manifest = JSON.parse(
      await readFile(join(dashboard, '.vite/manifest.json'), 'utf8'),
    ) as Manifest;
    const names = firstFiles(manifest);
    const contents = await Promise.all(
      names.map((name) => readFile(join(dashboard, name), 'utf8')),
    );
    first = new Map(names.map((name, index) => [name, contents[index]!]));
  });

  it('is that of production', () => {
    expect(text('.js')).toContain('Minified React error');
    expect(text('.js')).not.toContain('wrapped in act');
  });

  it('is small when it is first loaded', () => {
    const bytes = [...first.values()].map((content) => gzipSync(content).length);
    const sum = bytes.reduce((total, each) => total + each, 0);
    expect(sum).toBeLessThanOrEqual(firstLoadBytesMax);
    // A sum of nothing would be small as well.
    expect(sum).toBeGreaterThan(50_000);
  });

  it('has a packed copy of each file that is worth it', async () => {
    for (const [name, content] of first) {
      if (content.length < 1_000) continue;
      const packed = await readFile(join(dashboard, `${name}.gz`));
      expect(gunzipSync(packed).toString() === content, name).toBe(true);
    }
  });

  // By words that stand in the code of each, and nowhere else.
  it.each(['MSEController', 'uPlot', 'ZodError'])('loads no %s at first', (word) => {
    const around = [...first].filter(([, content]) => content.includes(word));
    expect(around.map(([name]) => name)).toEqual([]);
  });

  it('speaks to the browser inside an older OBS', () => {
    expect(text('.js')).not.toMatch(/\.to(?:Sorted|Spliced|Reversed)\(/);
    expect(text('.css')).not.toContain('light-dark(');
  });
});
