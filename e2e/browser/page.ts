import AxeBuilder from '@axe-core/playwright';
import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test';
import frame from '../../admin-ui/src/app/i18n/en.ts';
import { OWNER } from '../support/product.ts';

export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

export const THEMES = ['light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The console asks who is signed in; before sign-in the answer is 401, which Chromium writes down by itself. */
const EXPECTED = ['/api/auth/me: Failed to load resource'];

/** Collects what a page must never have: errors on its console, and violations of its content security policy. */
export class Complaints {
  private readonly found: string[] = [];

  /** @param expected parts of console lines that a story provokes on purpose, such as a refused request */
  static async of(context: BrowserContext, expected: readonly string[] = []): Promise<Complaints> {
    const complaints = new Complaints();
    const isExpected = (line: string) => [...EXPECTED, ...expected].some((part) => line.includes(part));
    await context.exposeBinding('gatehouseViolation', ({ frame }, text: string) => {
      const line = `${frame.url()}: content security policy: ${text}`;
      if (!isExpected(line)) complaints.found.push(line);
    });
    await context.addInitScript(() =>
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
        const report = (window as unknown as { gatehouseViolation(text: string): void }).gatehouseViolation;
        report(`${violatedDirective} ${blockedURI} ${sample}`);
      }),
    );
    context.on('weberror', (error) => complaints.found.push(`uncaught: ${error.error().stack}`));
    context.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return;
      const text = `${message.location().url}: ${message.text()}`;
      if (!isExpected(text)) complaints.found.push(text);
    });
    return complaints;
  }

  /** Takes all collected so far. */
  take(): string[] {
    return this.found.splice(0);
  }
}

/** Has the console speak `language` from the next page on, as if the person had chosen it. */
export async function speak(context: BrowserContext, language: Language): Promise<void> {
  await context.addInitScript((chosen) => {
    // Pages without an address, which the accessibility check opens for itself, have no storage.
    if (location.protocol.startsWith('http')) localStorage.setItem('gatehouse.language', chosen);
  }, language);
}

/** Has the system ask for a theme; the console follows at once. */
export async function lookLike(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await expect(page.locator(`#component-theme[href="zorro-${theme}.css"]`)).toHaveCount(1);
  await expect(page.locator('#component-theme')).toHaveCount(1);
}

/** Signs in through the page. */
export async function signIn(page: Page, url: string, { email, password } = OWNER): Promise<void> {
  await page.goto(`${url}/admin/sign-in`);
  await page.locator('input[type=email]').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.locator('button[type=submit]').click();
  await expect(page.getByRole('navigation')).toBeVisible();
}

/** What axe finds, one line for each node; nothing is the aim. */
export const accessibilityFaults = (page: Page, within = 'html'): Promise<string[]> =>
  faultsFoundBy(new AxeBuilder({ page }).include(within).withTags(TAGS));

/** The same for what depends on the theme alone: colours. */
export const colourFaults = (page: Page): Promise<string[]> =>
  faultsFoundBy(new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']));

/** Legacy mode looks at this page alone, without opening another; our pages have no frames. */
async function faultsFoundBy(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim()}`),
  );
}

/** Elements wider than what is there for them, as `tag.class`. */
export const overflows = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, [role=dialog], .sheet .body')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => `${element.tagName}.${element.className}: ${element.scrollWidth} > ${element.clientWidth}`),
  );

/** The first parts of the keys of texts: those of the frame, and the name of each page's own texts. */
const ROOTS = [...Object.keys(frame), 'overview', 'services', 'people', 'audit', 'usage', 'keys', 'settings'];

/** Texts that are the key of a text, which is what shows when a translation is missing. */
export const untranslated = (page: Page): Promise<string[]> =>
  page.evaluate((roots) => {
    const key = new RegExp(`^(${roots.join('|')})(\\.[A-Za-z][\\w-]*)+$`);
    const names = ['aria-label', 'title', 'placeholder'];
    const inAttributes = [...document.querySelectorAll('body *')].flatMap((element) =>
      names.map((name) => element.getAttribute(name) ?? ''),
    );
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const inTexts: string[] = [];
    while (walker.nextNode()) inTexts.push(walker.currentNode.textContent ?? '');
    return [...inTexts, ...inAttributes].map((text) => text.trim()).filter((text) => key.test(text));
  }, ROOTS);

/** Waits until nothing is loading, and nothing has changed on the page for a moment. */
export async function untilStill(page: Page): Promise<void> {
  await expect(page.locator('.skeleton, [aria-busy=true], .anticon-loading')).toHaveCount(0);
  await page.evaluate(async () => {
    const finite = (each: Animation) => each.effect?.getTiming().iterations !== Infinity;
    await Promise.all(
      document
        .getAnimations()
        .filter(finite)
        .map((each) => each.finished.catch(() => undefined)),
    );
    await new Promise<void>((still) => {
      const wait = () => setTimeout(() => (observer.disconnect(), still()), 150);
      let timer = wait();
      const observer = new MutationObserver(() => {
        clearTimeout(timer);
        timer = wait();
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
  });
}

/** Presses Tab until `target` has the focus. @throws {Error} when it cannot be reached */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let press = 0; press < 80; press += 1) {
    if (await target.evaluate((element) => element.matches(':focus'))) return;
    await page.keyboard.press(key);
  }
  throw new Error(`Not reached with the keyboard: ${target.toString()}`);
}
