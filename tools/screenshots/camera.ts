import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { RunningProgram, temporaryDirectory } from '#testing';
import { findBrowser } from '../services/browser.ts';

const STEP_MS = 60_000;
const PICTURE_BYTES_MAX = 300_000;
const SCREEN = { width: 1280, height: 800 };
/** Of a picture; a room that is longer is cut there. */
const HEIGHT_MAX = 1600;
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'];
/** The 256 colours that matter most: a page has few, and its picture becomes a third as long. */
const FEW_COLOURS =
  'split[whole][seen];[seen]palettegen=reserve_transparent=0[colours];' +
  '[whole][colours]paletteuse=dither=none';

interface View {
  /** undefined: the usual width, and as high as the room. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly scheme?: 'light' | 'dark';
}

interface Place {
  readonly folder: string;
  readonly say: (line: string) => void;
}

/** A browser that looks at the product, and writes what it sees into a folder. */
export class Camera {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #place: Place;

  private constructor(browser: Browser, page: Page, place: Place) {
    this.#browser = browser;
    this.page = page;
    this.#place = place;
  }

  static async open(place: Place): Promise<Camera> {
    const executablePath = (await findBrowser()) ?? 'chromium';
    const browser = await chromium.launch({ executablePath, args: FLAGS });
    const context = await browser.newContext({
      viewport: SCREEN,
      colorScheme: 'light',
      locale: 'en-GB',
      timezoneId: 'Europe/London',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(STEP_MS);
    return new Camera(browser, page, place);
  }

  /** Goes to a room of where it is already, and waits until that text is to be seen in it. */
  async enter(path: string, text: string | RegExp): Promise<void> {
    await this.page.goto(new URL(path, this.page.url()).href);
    const shown = this.page.locator('main').getByText(text).filter({ visible: true });
    await shown.first().waitFor();
  }

  /** Writes what is seen now; the view is as before afterwards. */
  async shoot(name: string, view: View = {}): Promise<void> {
    const { size: asked, scheme = 'light' } = view;
    await this.page.setViewportSize(asked ?? (await this.#whole()));
    await this.page.emulateMedia({ colorScheme: scheme });
    const directory = await temporaryDirectory();
    const seen = join(directory.path, 'seen.png');
    const picture = join(this.#place.folder, `${name}.png`);
    await this.page.screenshot({ path: seen, animations: 'disabled', caret: 'hide' });
    await withFewColours(seen, picture);
    await directory.remove();
    await this.page.setViewportSize(SCREEN);
    await this.page.emulateMedia({ colorScheme: 'light' });
    const { size } = await stat(picture);
    if (size > PICTURE_BYTES_MAX) throw new Error(`${picture} is ${size} bytes long`);
    this.#place.say(`${name}.png, ${Math.ceil(size / 1000)} kB`);
  }

  async #whole(): Promise<typeof SCREEN> {
    const height = await this.page.evaluate<number>('document.documentElement.scrollHeight');
    return { ...SCREEN, height: Math.min(Math.max(height, SCREEN.height), HEIGHT_MAX) };
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

async function withFewColours(seen: string, picture: string): Promise<void> {
  const smallest = ['-compression_level', '9', '-pred', 'none'];
  const parameters = ['-nostdin', '-v', 'error', '-y', '-i', seen, '-vf', FEW_COLOURS];
  const ffmpeg = new RunningProgram('ffmpeg', [...parameters, ...smallest, picture]);
  const { code } = await ffmpeg.ended;
  if (code !== 0) throw new Error(`ffmpeg wrote no picture: ${ffmpeg.stderr.trim()}`);
}
