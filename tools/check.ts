import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };

/**
 * `npm run check`: every script of package.json named `check:…`, a few at a time, each with its
 * time; `npm run check lint unused` runs only those. What a failed one has printed follows at the
 * end. Exits 1 when any failed.
 */
const root = resolve(import.meta.dirname, '..');

interface Outcome {
  readonly name: string;
  readonly passed: boolean;
  readonly output: string;
}

function runScript(name: string): Promise<Outcome> {
  const startedAt = performance.now();
  return new Promise((settle) => {
    const child = spawn('npm', ['run', '--silent', name], { cwd: root });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => chunks.push(Buffer.from(error.message)));
    child.on('close', (code) => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      console.log(`${code === 0 ? '✓' : '✗'} ${name.padEnd(16)} ${seconds.padStart(6)} s`);
      settle({ name, passed: code === 0, output: Buffer.concat(chunks).toString() });
    });
  });
}

/** Runs all, never more at once than the machine has cores. */
async function runAll(names: readonly string[]): Promise<Outcome[]> {
  const waiting = [...names];
  const outcomes: Outcome[] = [];
  const lane = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      outcomes.push(await runScript(name));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return outcomes;
}

const named = process.argv.slice(2).map((name) => `check:${name}`);
const scripts = Object.keys(packageJson.scripts).filter((name) => name.startsWith('check:'));
const unknown = named.filter((name) => !scripts.includes(name));
if (unknown.length > 0) {
  console.error(`no such check: ${unknown.join(', ')}; there are ${scripts.join(', ')}`);
  process.exit(1);
}

// The types of the database client are made from its schema.
const generated = await runScript('generate');
const checked = generated.passed ? await runAll(named.length > 0 ? named : scripts) : [];
const failures = [generated, ...checked].filter(({ passed }) => !passed);
for (const { name, output } of failures) console.error(`\n── ${name} ──\n${output.trimEnd()}`);
process.exit(failures.length > 0 ? 1 : 0);
