/**
 * The first step of every command of this repository: `node tools/bootstrap.mjs <command>
 * [options]`. It runs on any Node from 20 up with nothing installed, installs the npm packages when
 * they are missing or stale, then hands over to tools/<command>.ts, which runs on the packaged Node
 * 24.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const COMMANDS = [
  'start',
  'test',
  'demo',
  'check',
  'build',
  'sim',
  'bench',
  'faults',
  'fuzz',
  'soak',
  'peers',
  'film-strip',
  'screenshots',
  'rotate-master-key',
];
const NODE_MAJOR_MIN_HERE = 20;
const NODE_MAJOR_MIN_COMMANDS = 24;
const LOCK_POLL_MS = 200;
const PARENT_POLL_MS = 500;

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(repository, 'node_modules');
const lockDirectory = join(repository, '.forkcast', 'install.lock');

async function main() {
  const [command, ...options] = process.argv.slice(2);
  if (!COMMANDS.includes(command)) fail(`say what to do: ${COMMANDS.join(', ')}`);
  if (majorVersion(process.versions.node) < NODE_MAJOR_MIN_HERE) {
    fail(`Node ${NODE_MAJOR_MIN_HERE} or newer is needed; this is ${process.versions.node}`);
  }
  if (!packagesAreFresh()) await withInstallLock(installPackages);
  const node = nodeForCommands();
  const script = join(repository, 'tools', `${command}.ts`);
  const child = spawn(node, ['--conditions=source', script, ...options], {
    // The channel says nothing; its end tells the command that this process is gone.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PATH: `${join(modules, '.bin')}:${process.env.PATH}` },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  endWithNpm(() => child.kill('SIGTERM'));
  child.on('error', (error) => fail(`${node} cannot be run: ${error.message}`));
  child.on('close', (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
  });
}

/** A killed npm tells nobody. Without npm, a changed parent may be a person's wish (a daemon). */
function endWithNpm(end) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    end();
  }, PARENT_POLL_MS);
}

function fail(sentence) {
  process.stderr.write(`forkcast: ${sentence}\n`);
  process.exit(1);
}

function majorVersion(version) {
  return Number(version.split('.', 1)[0]);
}

/** Compares the lock file with npm's own record of what it put into node_modules. */
function packagesAreFresh() {
  const wanted = readPackages(join(repository, 'package-lock.json'));
  const present = readPackages(join(modules, '.package-lock.json'));
  if (wanted === undefined) fail('package-lock.json is missing or no JSON');
  if (present === undefined) return false;
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    if (path === '') return true;
    // Optional packages of other platforms are never put there.
    if (present[path] === undefined) return optional === true;
    return present[path].version === version && present[path].integrity === integrity;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Two commands started at once would delete each other's node_modules. */
async function withInstallLock(install) {
  mkdirSync(dirname(lockDirectory), { recursive: true });
  let told = false;
  while (!takeLock()) {
    if (!told) process.stdout.write('forkcast: waiting for another command to install packages\n');
    told = true;
    await delay(LOCK_POLL_MS);
  }
  const release = () => rmSync(lockDirectory, { recursive: true, force: true });
  process.once('exit', release);
  if (!packagesAreFresh()) await install();
  process.off('exit', release);
  release();
}

function takeLock() {
  const pidFile = join(lockDirectory, 'pid');
  try {
    mkdirSync(lockDirectory);
    writeFileSync(pidFile, String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') fail(`cannot write into ${repository}: ${error.message}`);
  }
  if (existsSync(pidFile) && !isAlive(Number(readFileSync(pidFile, 'utf8')))) {
    rmSync(lockDirectory, { recursive: true, force: true });
  }
  return false;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * Runs no package's install script: nothing here needs one. Development packages build the product,
 * so they come along.
 */
async function installPackages() {
  process.stdout.write('forkcast: installing npm packages (once, about a minute)\n');
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const include = ['--include=dev', '--include=optional'];
  const { code, output } = await runToEnd('npm', ['ci', ...options, ...include]);
  if (code === 0) return;
  const reason = output.split('\n').filter((line) => /npm (ERR!|error)/.test(line));
  const first = reason.find((line) => !/(ERR!|error) code/.test(line)) ?? output.trim();
  fail(`npm could not install the packages: ${first.replace(/^npm (ERR!|error)\s*/, '')}`);
}

function runToEnd(program, parameters) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, parameters, {
      cwd: repository,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (bytes) => (output += bytes);
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** The packaged Node of this platform, else the one that runs this, if it is new enough. */
function nodeForCommands() {
  const packaged = join(modules, `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(packaged)) return packaged;
  if (majorVersion(process.versions.node) >= NODE_MAJOR_MIN_COMMANDS) return process.execPath;
  return fail(
    `no Node ${NODE_MAJOR_MIN_COMMANDS} is packaged for ${process.platform}-${process.arch}: ` +
      'install it and try again',
  );
}

await main();
