import type { NewSource } from '@barometer/ingestion';
import { err, ok, type Result } from '@barometer/kernel';
import { type Opml, parseOpml } from 'feedsmith';
import { rootOf } from '../read/markup-tokens';
import { repairMarkup } from '../read/repair-markup';

type Outline = Partial<Opml.Outline<string>>;

const MOST_CHARACTERS = 10 * 2 ** 20;
const MOST_SOURCES = 5_000;
const MOST_NAME_CHARACTERS = 200;

/**
 * The sources of an OPML list, each once. An outline without an address is a folder: its name becomes the field of the
 * sources in it. `message` is one sentence for a reader.
 *
 * @example
 * const list = readOpml('<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/feed"/></body></opml>');
 */
export function readOpml(text: string): Result<NewSource[], { readonly message: string }> {
  if (text.length > MOST_CHARACTERS) return err({ message: 'The list is larger than 10 MiB.' });
  const root = rootOf(text);
  if (!root.ok) return err({ message: root.error.message });
  if (root.value !== 'opml') return err({ message: 'The document is not an OPML list.' });
  const repaired = repairMarkup(text);
  if (!repaired.ok) return err({ message: repaired.error.message });
  try {
    const sources = new Map<string, NewSource>();
    collect(parseOpml(repaired.value.text).body?.outlines ?? [], undefined, sources);
    return sources.size > MOST_SOURCES ? err({ message: `The list names more than ${MOST_SOURCES} sources.` }) : ok([...sources.values()]);
  } catch {
    // Not even a head or body: an empty list, or one that breaks off at its start.
    return repaired.value.cutOff ? err({ message: 'The list breaks off before its first source.' }) : ok([]);
  }
}

function collect(outlines: readonly Outline[], field: string | undefined, sources: Map<string, NewSource>): void {
  for (const outline of outlines) {
    const url = webAddress(outline.xmlUrl);
    const name = (outline.title ?? outline.text)?.slice(0, MOST_NAME_CHARACTERS);
    if (url !== undefined && !sources.has(url)) sources.set(url, listed(outline, url, name, field));
    collect(outline.outlines ?? [], url === undefined ? (name ?? field) : field, sources);
  }
}

function listed(outline: Outline, url: string, name: string | undefined, folder: string | undefined): NewSource {
  const field = folder ?? outline.category?.split(',')[0]?.split('/').findLast((part) => part.trim() !== '')?.trim();
  // OPML allows any word, such as "unknown"; a source wants a language tag.
  const language = /^[a-z]{2,3}([-_]|$)/i.test(outline.language ?? '') ? outline.language : undefined;
  return {
    url,
    kind: url.startsWith('newsapi:') ? 'newsapi' : 'feed',
    ...(name !== undefined && { name }),
    ...(outline.htmlUrl !== undefined && { homepage: outline.htmlUrl }),
    ...(language !== undefined && { language }),
    ...(field !== undefined && field !== '' && { field }),
  };
}

/** Undoes the "feed:" that browsers once put before the addresses of feeds. */
function webAddress(address: string | undefined): string | undefined {
  const url = address?.trim().replace(/^feed:(?=https?:)/i, '').replace(/^feed:\/\//i, 'http://');
  return url === '' ? undefined : url;
}
