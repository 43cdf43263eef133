/** A person at the dashboard of a laptop: what they press, follow and read, and what lands in their inbox. */
import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { type Laptop, until } from '../e2e/laptop.ts';
import { barriers, type Visit, type VisitOptions, visit } from './browser.ts';

export interface Walk extends Visit {
  press(name: string | RegExp): Promise<void>;
  /** Of several links of this name the first, which is the one in the navigation. */
  follow(name: string): Promise<void>;
  heading(name: string): Promise<void>;
  sees(text: string | RegExp): Promise<void>;
  writes(label: string, text: string): Promise<void>;
  /** The newest message to an address in which a pattern stands, once it came. */
  received(to: string, pattern: RegExp): Promise<string>;
  /** Axe finds nothing, and nothing is wider than the screen. */
  isSound(): Promise<void>;
  /** Forgets the browser's own lines about requests that were meant to fail. */
  forgive(): void;
}

export async function walk(browser: Browser, laptop: Laptop, options: VisitOptions = {}): Promise<Walk> {
  const visited = await visit(browser, options);
  const { page, complaints } = visited;
  return {
    ...visited,
    press: (name) => page.getByRole('button', { name }).first().click(),
    follow: (name) => page.getByRole('link', { name, exact: true }).first().click(),
    heading: (name) => page.getByRole('heading', { name }).first().waitFor(),
    sees: (text) => page.getByText(text).first().waitFor(),
    writes: (label, text) => page.getByLabel(label, { exact: true }).fill(text),
    received: (to, pattern) =>
      until(`a message to ${to} with ${pattern}`, async () => {
        const messages = await laptop.inbox();
        return messages.flatMap((message) =>
          message.to === to ? (pattern.exec(message.body)?.[0] ?? []) : [],
        )[0];
      }),
    async isSound() {
      // At the end of a page its last lines stand above the navigation of a phone, and are not half covered by it.
      await page.evaluate('scrollTo(0, document.body.scrollHeight)');
      expect(await barriers(page)).toEqual([]);
      const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
    },
    forgive: () => void complaints.splice(0),
  };
}
