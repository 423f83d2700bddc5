import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { platformsPage } from './platforms-page.fixture.ts';
import { platforms } from './presets.ts';

const page = join(import.meta.dirname, '../../../docs/platforms.md');

it('docs/platforms.md says what the data says', async () => {
  const settings = { ...(await resolveConfig(page)), parser: 'markdown' };
  await expect(await format(platformsPage(platforms), settings)).toMatchFileSnapshot(page);
});
