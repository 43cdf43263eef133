/** A real browser on the dashboard: it complains of whatever a person with open developer tools would see. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export const hasBrowser = existsSync(executablePath);

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors in the console, uncaught exceptions, and what the content security policy blocked. */
  readonly complaints: string[];
}

export const sizes = {
  desktop: { viewport: { width: 1280, height: 860 } },
  phone: { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true },
} as const satisfies Record<string, BrowserContextOptions>;

export interface VisitOptions extends BrowserContextOptions {
  /** Signed in with this. */
  readonly token?: string;
}

/** A person who was never here before. */
export async function visit(browser: Browser, { token, ...options }: VisitOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ ...sizes.desktop, locale: 'en-GB', ...options });
  if (token) await context.addInitScript(`localStorage.setItem('tocsin-token', '${token}')`);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { context, page, complaints };
}

/**
 * How much moved by itself since the page was loaded: the sum of the Layout Instability API, of which web.dev calls
 * less than 0.1 good.
 */
export function layoutShift(page: Page): Promise<number> {
  return page.evaluate(`new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) sum += value;
    }).observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => setTimeout(() => resolve(sum)));
  })`);
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe finds wrong with the page as it is now: a line for each. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe); // from outside of the page, whose policy allows no such script
  const found = await page.evaluate<readonly Violation[]>(
    `axe.run({ runOnly: ${JSON.stringify(tags)} }).then(({ violations }) => violations)`,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
