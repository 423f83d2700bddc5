import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';

const pack = promisify(gzip);
/** What is text; pictures are packed already. */
const PACKED = /\.(?:css|js|svg)$/;
/** Smaller files are one packet anyway. */
const BYTES_MIN = 1_000;

/** Puts a packed copy beside each file below the folder that is worth it: `app.js.gz`. */
export async function packFiles(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && PACKED.test(entry.name));
  for (const { parentPath, name } of files) {
    const file = join(parentPath, name);
    const content = await readFile(file);
    if (content.length < BYTES_MIN) continue;
    const packed = await pack(content, { level: constants.Z_BEST_COMPRESSION });
    if (packed.length < content.length) await writeFile(`${file}.gz`, packed);
  }
}
