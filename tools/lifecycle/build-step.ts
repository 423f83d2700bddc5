import { runProgram } from '../services/run-program.ts';
import { StartFault } from '../supervise/start-fault.ts';

const STEP_WITHIN_MS = 300_000;

/** Runs one step of a build with Node. What it printed is shown only if it failed. */
export async function buildStep(
  what: string,
  repository: string,
  parameters: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const result = await runProgram(process.execPath, parameters, {
    cwd: repository,
    deadlineMs: STEP_WITHIN_MS,
    env,
  });
  if (result.code === 0) return;
  const output = `${result.stdout}\n${result.stderr}`.trim();
  process.stderr.write(`${output}\n`);
  throw new StartFault('BUILD_FAILED', `${what} could not be built, for the reason above`);
}
