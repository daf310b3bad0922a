import { createHash } from 'node:crypto';
import type { Mood, NoUsual } from '@barometer/reporting';
import { counted, escapeHtml, pluralOf } from '@barometer/kernel';
import { seen } from '../wire/seen-text';
import { signed } from '../wire/signed-tone';
import { noUsualHeadline, noUsualWords } from '../words';
import { sideOf, verdictOf, type EmbeddedMood } from './embedded-mood';

export type CardTheme = 'light' | 'dark' | undefined;

const LONGEST_NAME = 60;
const WIDTH = 288;
const START = 6;
const position = (tone: number) => Math.round((START + ((Math.min(1, Math.max(-1, tone)) + 1) / 2) * WIDTH) * 10) / 10;

const light =
  '--surface:#fff;--line:#dde3e9;--ink:#17202b;--muted:#566273;--accent:#1c5fa6;--positive:#1a5fa8;--negative:#a4470b;--neutral:#566273;--band:#17202b1f';
const dark =
  '--surface:#171e27;--line:#2b3643;--ink:#e8edf3;--muted:#9dabbb;--accent:#7fb6ee;--positive:#80b8f0;--negative:#f0a568;--neutral:#9dabbb;--band:#e8edf32e';
const style = [
  `:root{color-scheme:light;${light}}`,
  `@media(prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${dark}}}`,
  `:root[data-theme=dark]{color-scheme:dark;${dark}}`,
  '*{box-sizing:border-box}body{margin:0;background:var(--surface);color:var(--ink);font:14px/1.4 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}',
  'main{padding:14px 16px;min-height:100vh;border:1px solid var(--line);border-radius:12px;overflow-wrap:anywhere}',
  'h1{margin:0;font-size:13px;font-weight:600;color:var(--muted)}p{margin:4px 0 0}.verdict{font-size:19px;font-weight:650;line-height:1.25}',
  '.tone{font-variant-numeric:tabular-nums}.negative{color:var(--negative)}.neutral{color:var(--neutral)}.positive{color:var(--positive)}',
  '.small{font-size:12px;color:var(--muted)}a{color:var(--accent)}svg{display:block;width:100%;max-width:300px;height:auto;margin-top:8px}',
  '.axis{stroke:var(--line);stroke-width:4;stroke-linecap:round}.band{fill:var(--band);stroke:var(--muted)}.needle{stroke:var(--surface);stroke-width:2}',
  '.needle.negative{fill:var(--negative)}.needle.neutral{fill:var(--neutral)}.needle.positive{fill:var(--positive)}text{font-size:10px;fill:var(--muted)}',
].join('');

/** The content policy of a card: its own style and no other content; `frameAncestors` may embed it. */
export const cardPolicy = (frameAncestors: string): string =>
  `default-src 'none';style-src 'sha256-${createHash('sha256').update(style).digest('base64')}';base-uri 'none';form-action 'none';frame-ancestors ${frameAncestors}`;

/** A card as a complete page for a frame: no script, nothing to fetch. */
export function moodCard(embedded: EmbeddedMood, theme: CardTheme): string {
  const { about, when, mood, asOf, pageUrl } = embedded;
  const title = `The mood of ${seen(about, LONGEST_NAME)}`;
  const known = mood.tone === undefined ? nothingIn(when) : figuresOf(mood, mood.tone);
  return [
    `<!doctype html><html lang="en"${theme === undefined ? '' : ` data-theme="${theme}"`}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<title>${escapeHtml(title)}</title><style>${style}</style></head><body><main>`,
    `<h1>${escapeHtml(title)}, ${escapeHtml(when)}</h1>`,
    ...known,
    `<p class="small">${mood.volume === 0 ? '' : `${mood.volume.toLocaleString('en')} ${pluralOf(mood.volume, 'article')}, `}as of ${timeOf(asOf)} · <a href="${escapeHtml(pageUrl)}" target="_blank" rel="noopener noreferrer">Barometer</a></p>`,
    '</main></body></html>\n',
  ].join('');
}

const nothingIn = (when: string) => [`<p class="verdict">Nothing was scored in ${escapeHtml(when)}</p>`, '<p class="small">So there is no mood to show.</p>'];

const withoutUsual = (missing: NoUsual) => `${noUsualWords[noUsualHeadline(missing)]}. ${noUsualWords[`usual.open.${missing}`]}`;

const signs: Readonly<Record<string, string>> = { 'darker than usual': '▼ ', 'as usual': '● ', 'calmer than usual': '▲ ' };

function figuresOf(mood: Mood, tone: number): string[] {
  const verdict = verdictOf(mood) ?? '';
  const { usual } = mood;
  const basis =
    'missing' in usual
      ? withoutUsual(usual.missing)
      : `Usual is ${signed(usual.low)} to ${signed(usual.high)}, ${usual.basis === 'own' ? `from ${counted(usual.days, 'day')} of its own` : 'by a shipped reference'}.`;
  return [
    `<p class="verdict"><span aria-hidden="true">${signs[verdict] ?? ''}</span>${escapeHtml(verdict.charAt(0).toUpperCase() + verdict.slice(1))}</p>`,
    `<p><strong class="tone ${sideOf(tone)}">${signed(tone)}</strong>${'missing' in usual ? '' : ` ${escapeHtml(mood.word ?? '')}`}</p>`,
    scaleOf(mood, tone),
    `<p class="small">${basis}</p>`,
  ];
}

function scaleOf({ usual }: Mood, tone: number): string {
  const band =
    'missing' in usual
      ? ''
      : `<rect class="band" x="${position(usual.low)}" y="8" width="${Math.max(3, Math.round((position(usual.high) - position(usual.low)) * 10) / 10)}" height="16" rx="4"/>`;
  const said = `On a scale from minus one to plus one: ${signed(tone)}${'missing' in usual ? '' : `, usual is ${signed(usual.low)} to ${signed(usual.high)}`}`;
  const ticks = [
    [-1, 'start', '−1'],
    [0, 'middle', '0'],
    [1, 'end', '+1'],
  ].map(([at, anchor, text]) => `<text x="${position(Number(at))}" y="36" text-anchor="${anchor}">${text}</text>`);
  return `<svg viewBox="0 0 300 40" role="img" aria-label="${said}">${band}<line class="axis" x1="${position(-1)}" x2="${position(1)}" y1="16" y2="16"/><circle class="needle ${sideOf(tone)}" cx="${position(tone)}" cy="16" r="8"/>${ticks.join('')}</svg>`;
}

/** A time in words that need no script. */
function timeOf(time: number): string {
  const iso = new Date(time).toISOString();
  return `<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
}
