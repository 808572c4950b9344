import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { ProcessGroup, runToEnd } from './process.ts';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const installLimit = 600_000;

/**
 * The path of a Chromium: the one that CHROMIUM names, one in a usual place, or on Debian as root the one that
 * apt-get installs now. Rejects with a sentence when there is none.
 */
export async function findChromium(): Promise<string> {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  const found = usualPlaces.find((place) => existsSync(place));
  if (found !== undefined) return found;
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    console.log('Installing Chromium with apt-get, once …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await new ProcessGroup('apt-get', ['update'], { env }).within(installLimit);
    await runToEnd('apt-get', ['install', '-y', 'chromium'], { env, limit: installLimit });
    if (existsSync('/usr/bin/chromium')) return '/usr/bin/chromium';
  }
  throw new Error(
    'The UI tests need Chromium. Install it (Debian: apt-get install chromium), or name one in CHROMIUM.',
  );
}

/**
 * Starts a Chromium without a window. Its sandbox is left out, since containers do not allow it; it visits only this
 * machine.
 */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb', '--font-render-hinting=none'],
  });
}
