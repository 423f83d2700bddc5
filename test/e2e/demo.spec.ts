import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunningProgram, temporaryDirectory } from '#testing';

const REPOSITORY = join(import.meta.dirname, '..', '..');

describe('npm run demo without a terminal', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;

  beforeEach(async () => {
    directory = await temporaryDirectory();
  });

  afterEach(() => directory.remove());

  function demo(...options: string[]): RunningProgram {
    const script = join(REPOSITORY, 'tools', 'demo.ts');
    const { PATH, HOME } = process.env;
    return new RunningProgram(process.execPath, ['--conditions=source', script, ...options], {
      cwd: REPOSITORY,
      env: { PATH, HOME, FORKCAST_DATA_DIR: directory.path },
    });
  }

  it('ends by itself, with video at every destination', async () => {
    const running = demo('--seconds', '12');
    const { code } = await running.ended;
    expect(running.stderr).toBe('');
    expect(running.stdout).toMatch(/RTMPS sink: live, [1-9]\d* kbit\/s, [1-9]\d* frames/);
    expect(running.stdout).toContain('every destination received video');
    expect(code).toBe(0);
  });

  it('says what is wrong with an option in one line', async () => {
    const running = demo('--seconds', 'long');
    expect((await running.ended).code).toBe(1);
    expect(running.stderr).toMatch(/^forkcast: .*--seconds.*"long"\n$/);
  });
});
