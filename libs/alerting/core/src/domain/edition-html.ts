import { escapeHtml } from '@barometer/kernel';
import type { Edition } from './edition';
import { editionWords, type EditionItem, type EditionSection } from './edition-words';

/** The page's colours (apps/web/src/styles/tokens.css): blue is positive, orange negative; text reaches 4.5 : 1. */
const ink = '#17202b';
const muted = '#566273';
const line = '#dde3e9';
const accent = '#1c5fa6';
const font = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',sans-serif";
const fills = { negative: '#dc7a2e', neutral: '#9aa5b2', positive: '#4f93d2' } as const;

/** Used by mail programs that support dark mode; all others show the inline colours. */
const dark =
  '@media (prefers-color-scheme:dark){body,.page{background:#0f141a!important}.card{background:#171e27!important;border-color:#2b3643!important}' +
  '.ink{color:#e8edf3!important}.muted{color:#9dabbb!important}.link{color:#7fb6ee!important}.rule{border-color:#2b3643!important}.dark-tone{color:#f0a568!important}.bright-tone{color:#80b8f0!important}}';

const style = (declarations: string): string => `style="${escapeHtml(declarations)}"`;
const isWebAddress = (url: string): boolean => /^https?:\/\//i.test(url);

/** An edition as an HTML page of one column that loads nothing from elsewhere: for mail, and for a preview. */
export function editionHtml(edition: Edition, link: string | undefined): string {
  const { verdict, sentence, about, notes, sections } = editionWords(edition);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(edition.name)}</title><style>:root{color-scheme:light dark}${dark}</style></head>
<body class="page" ${style(`margin:0;padding:0;background:#f3f5f7;font-family:${font}`)}>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" ${style('background:#f3f5f7')}><tr><td align="center" ${style('padding:12px')}>
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" ${style(`max-width:600px;background:#ffffff;border:1px solid ${line};border-radius:12px`)}><tr><td ${style('padding:20px;text-align:left')}>
<p class="muted" ${style(`margin:0;font-size:14px;line-height:1.4;color:${muted}`)}>${escapeHtml(`${edition.name} · ${about}`)}</p>
<h1 class="ink" ${style(`margin:2px 0 8px;font-size:26px;line-height:1.2;color:${ink}`)}>${escapeHtml(verdict)}</h1>
<p class="ink" ${style(`margin:0 0 12px;font-size:17px;line-height:1.45;color:${ink}`)}>${escapeHtml(sentence)}</p>
${bar(edition)}
${notes.map((note) => `<p class="muted" ${style(`margin:4px 0 0;font-size:14px;line-height:1.4;color:${muted}`)}>${escapeHtml(note)}</p>`).join('\n')}
${sections.map(sectionHtml).join('\n')}
${link === undefined ? '' : `<p class="muted rule" ${style(`margin:22px 0 0;padding-top:12px;border-top:1px solid ${line};font-size:15px;line-height:1.4;color:${muted}`)}>${anchor(link, 'Show these hours in Barometer')}</p>`}
</td></tr></table>
</td></tr></table>
</body></html>
`;
}

function sectionHtml({ title, items }: EditionSection): string {
  return `<h2 class="ink rule" ${style(`margin:22px 0 6px;padding-top:12px;border-top:1px solid ${line};font-size:17px;line-height:1.3;color:${ink}`)}>${escapeHtml(title)}</h2>
${items.map(itemHtml).join('\n')}`;
}

function itemHtml({ text, detail, url, tone }: EditionItem): string {
  const side = tone === undefined ? '' : tone < 0 ? ' dark-tone' : ' bright-tone';
  const colour = tone === undefined ? ink : tone < 0 ? '#a4470b' : '#1a5fa8';
  const shown = url !== undefined && isWebAddress(url) ? anchor(url, text) : escapeHtml(text);
  const small = detail === undefined ? '' : `<br><span class="muted" ${style(`font-size:14px;color:${muted}`)}>${escapeHtml(detail)}</span>`;
  return `<p class="ink${side}" ${style(`margin:0 0 10px;font-size:16px;line-height:1.4;color:${colour};overflow-wrap:anywhere`)}>${shown}${small}</p>`;
}

const anchor = (url: string, text: string): string =>
  `<a class="link" href="${escapeHtml(url)}" target="_blank" rel="noopener noreferrer" ${style(`color:${accent}`)}>${escapeHtml(text)}</a>`;

/** The shares of the labels as a bar; the text beside it says the same. */
function bar({ volume, counts }: Edition): string {
  const parts = (['negative', 'neutral', 'positive'] as const).filter((label) => counts[label] > 0);
  const cells = parts.map(
    (label) =>
      `<td width="${Math.max(1, Math.round((100 * counts[label]) / Math.max(1, volume)))}%" height="8" ${style(`height:8px;line-height:8px;font-size:1px;background:${fills[label]}`)}>&nbsp;</td>`,
  );
  return `<table role="presentation" aria-hidden="true" width="100%" cellpadding="0" cellspacing="0" ${style('margin:0 0 8px;border-radius:4px;overflow:hidden')}><tr>${cells.join('')}</tr></table>`;
}
