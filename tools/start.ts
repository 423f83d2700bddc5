import { CodedError } from '#kernel';
import { openLogOutput } from '#observability';
import { Product } from './lifecycle/product.ts';
import { readSettings } from './lifecycle/settings.ts';
import type { Settings } from './lifecycle/settings.ts';
import { Terminal } from './lifecycle/terminal.ts';
import { whenToldToEnd } from './lifecycle/told-to-end.ts';
import { REPOSITORY } from './services/repository.ts';
import { StartFault } from './supervise/start-fault.ts';

const terminal = new Terminal({
  output: openLogOutput(process.stdout, (lines) => terminal.lost(lines)),
  errors: openLogOutput(process.stderr, (lines) => terminal.lost(lines)),
  readable: process.stdout.isTTY,
});

function announce(settings: Settings, setupUrl: string | undefined): void {
  const lines = ['Forkcast is ready.', ''];
  if (settings.rtmpsPort !== 0) {
    lines.push(`publish to  rtmps://localhost:${settings.rtmpsPort}/live`);
  }
  if (settings.rtmpPort !== 0) lines.push(`publish to  rtmp://localhost:${settings.rtmpPort}/live`);
  lines.push(`look at     http://localhost:${settings.httpPort}/`);
  if (setupUrl !== undefined) lines.push(`set up      ${setupUrl}   (this link works once)`);
  lines.push('', 'Ctrl-C ends it.');
  terminal.paragraph(lines);
}

async function main(): Promise<void> {
  const settings = readSettings(process.env, REPOSITORY);
  const { env: environment } = process;
  const product = new Product({
    repository: REPOSITORY,
    settings,
    environment,
    reporter: terminal,
  });
  whenToldToEnd(async () => {
    terminal.say('ending');
    await product.stop();
  });
  try {
    await product.start();
  } catch (thrown) {
    await product.stop();
    throw thrown;
  }
  announce(settings, product.setupUrl);
}

try {
  await main();
} catch (thrown) {
  if (!(thrown instanceof CodedError)) throw thrown;
  if (!(thrown instanceof StartFault && thrown.isSaid)) terminal.fault(thrown.message);
  process.exit(1);
}
