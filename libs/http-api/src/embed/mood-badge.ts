import { escapeHtml } from '@barometer/kernel';
import { seen } from '../wire/seen-text';
import { fills, lineOf, sideOf, type EmbeddedMood } from './embedded-mood';

const LONGEST_NAME = 32;
const HEIGHT = 20;
const PADDING = 8;
/** The mean width of a character in em, for the system's font at this size; `textLength` makes any font fit. */
const EM = 0.58;
const SIZE = 11;

/** A badge as a self-contained SVG image: the scope, the tone, and whether that is usual. */
export function moodBadge(embedded: EmbeddedMood): string {
  const label = `mood: ${seen(embedded.about, LONGEST_NAME)}`;
  const value = lineOf(embedded);
  const [left, right] = [widthOf(label), widthOf(value)];
  const { tone } = embedded.mood;
  const fill = tone === undefined ? '#6b7480' : fills[sideOf(tone)];
  const said = escapeHtml(`${label}: ${value}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="${HEIGHT}" viewBox="0 0 ${left + right} ${HEIGHT}" role="img" aria-label="${said}">`,
    `<title>${said}</title>`,
    `<path fill="#2f3a46" d="M4 0h${left - 4}v${HEIGHT}H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z"/>`,
    `<path fill="${fill}" d="M${left} 0h${right - 4}a4 4 0 0 1 4 4v${HEIGHT - 8}a4 4 0 0 1-4 4H${left}z"/>`,
    `<g fill="#fff" font-family="system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',sans-serif" font-size="${SIZE}">`,
    textOf(label, 0, left),
    textOf(value, left, right),
    '</g></svg>\n',
  ].join('');
}

/** Wide characters, such as those of Chinese and emoji, take about twice as much. */
function widthOf(text: string): number {
  const units = [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) >= 0x1100 ? 1.7 : 1), 0);
  return Math.ceil(units * SIZE * EM) + 2 * PADDING;
}

const textOf = (text: string, left: number, width: number) =>
  `<text x="${left + PADDING}" y="14" textLength="${width - 2 * PADDING}" lengthAdjust="spacingAndGlyphs">${escapeHtml(text)}</text>`;
