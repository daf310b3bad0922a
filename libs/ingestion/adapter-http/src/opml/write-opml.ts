import type { Source } from '@barometer/ingestion';
import { generateOpml, type Opml } from 'feedsmith';
import { printable } from '../write/printable';

/**
 * All sources as an OPML 2.0 document, those of a field in a folder of its name. `now` in milliseconds. A User-Agent of a
 * source's own is left out: lists are for others.
 */
export function writeOpml(sources: readonly Source[], now: number): string {
  const folders = Map.groupBy(sources, ({ field }) => field ?? '');
  const outlines = [...folders].flatMap(([field, members]): Opml.Outline<Date>[] => {
    const leaves = members.map(outlineOf);
    return field === '' ? leaves : [{ text: field, title: field, outlines: leaves }];
  });
  const head = { title: 'Barometer sources', dateCreated: new Date(now) };
  if (outlines.length === 0) return EMPTY;
  return generateOpml({ head, body: { outlines } });
}

/** OPML asks for a body with at least one outline, so the generator refuses a list of nothing. */
const EMPTY = '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0"><head><title>Barometer sources</title></head><body></body></opml>\n';

function outlineOf({ name, url, homepage, language }: Source): Opml.Outline<Date> {
  return {
    type: 'rss',
    text: printable(name),
    title: printable(name),
    xmlUrl: url,
    ...(homepage !== undefined && { htmlUrl: homepage }),
    ...(language !== undefined && { language }),
  };
}
