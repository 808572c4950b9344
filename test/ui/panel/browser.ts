import { chromium, type Browser, type Page } from 'playwright-core';
import type { ThemeName } from './page/themes.ts';

const flags = [
  '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
const attempts = 3;

/** Starts Chromium; a launch that fails on a busy machine is tried again. */
export async function launch(): Promise<Browser> {
  let failure: unknown;
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      return await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', headless: true, args: flags });
    } catch (thrown) {
      failure = thrown;
    }
  }
  throw failure;
}

/** Opens the panel's page at a size and in a theme; errors of the page end up in `errors`. */
export async function openPanel(
  browser: Browser, address: string, { theme = 'dark', width = 1000, height = 760 }: { theme?: ThemeName; width?: number; height?: number } = {},
): Promise<{ page: Page; errors: string[] }> {
  const page = await browser.newPage({ viewport: { width, height } });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
  await page.goto(`${address}?theme=${theme}`);
  return { page, errors };
}
