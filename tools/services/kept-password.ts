import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { Secret } from '#kernel';

const PASSWORD_BYTES = 24;

/** The password kept in `file` (mode 0600); made there on the first call. */
export async function keptPassword(file: string): Promise<Secret> {
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept.trim() !== '') return new Secret(kept.trim());
  const password = randomBytes(PASSWORD_BYTES).toString('base64url');
  // Written beside and renamed, so that a crash leaves a whole password or none.
  await writeFile(`${file}.new`, `${password}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return new Secret(password);
}
