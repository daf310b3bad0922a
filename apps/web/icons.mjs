// Draws the icons of the installed page from public/icon.svg: `node apps/web/icons.mjs`, with CHROMIUM naming another browser.
// They are committed, since a build has no browser; run it again after a change of the mark.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const folder = join(import.meta.dirname, 'public');
const mark = readFileSync(join(folder, 'icon.svg'), 'utf8');
const inside = mark.replace(/^<svg[^>]*>|<\/svg>\s*$/g, '');
/** A mark of `part` of the width on a background that reaches the edges, which platforms crop to their own shape. */
const framed = (part) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" fill="#f6f8fa"/><g transform="translate(${16 - 16 * part} ${16 - 16 * part}) scale(${part})">${inside}</g></svg>`;

const icons = [
  ['icon-192.png', 192, mark],
  ['icon-512.png', 512, mark],
  ['icon-maskable-512.png', 512, framed(0.72)],
  ['apple-touch-icon.png', 180, framed(0.86)],
];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
for (const [name, size, drawing] of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`);
  writeFileSync(join(folder, name), await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();
