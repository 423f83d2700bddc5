import { CodedError } from '#kernel';
import { buildWhenStale } from './lifecycle/product-build.ts';
import { REPOSITORY } from './services/repository.ts';

try {
  await buildWhenStale(REPOSITORY, (line) => process.stdout.write(`forkcast: ${line}\n`));
} catch (thrown) {
  if (!(thrown instanceof CodedError)) throw thrown;
  process.stderr.write(`forkcast: ${thrown.message}\n`);
  process.exit(1);
}
