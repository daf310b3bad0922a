import type { Source } from '@barometer/ingestion';
import { generateOpml, type Opml } from 'feedsmith';
import { printable } from '../write/printable';

/**
 * All sources as an OPML 2.0 document: a group is a folder with its name, `News/World` a folder World within News, and a
 * source in several groups is in the folder of each. `now` in milliseconds. A source's own User-Agent is left out, since
 * lists are shared.
 */
export function writeOpml(sources: readonly Source[], now: number): string {
  const root: Folder = { leaves: [], folders: new Map() };
  // A source that is filled from files has no feed for a list.
  for (const source of sources.filter(({ kind }) => kind !== 'import')) {
    for (const group of source.groups ?? ['']) folderOf(root, group).leaves.push(outlineOf(source));
  }
  const outlines = outlinesOf(root);
  const head = { title: 'Barometer sources', dateCreated: new Date(now) };
  if (outlines.length === 0) return EMPTY;
  return generateOpml({ head, body: { outlines } });
}

interface Folder {
  readonly leaves: Opml.Outline<Date>[];
  /** By name in lower case: folders that differ only in case are merged. */
  readonly folders: Map<string, Folder & { readonly name: string }>;
}

function folderOf(root: Folder, group: string): Folder {
  let folder = root;
  for (const name of group === '' ? [] : group.split('/')) {
    const key = name.toLowerCase();
    const next = folder.folders.get(key) ?? { name, leaves: [], folders: new Map() };
    folder.folders.set(key, next);
    folder = next;
  }
  return folder;
}

const outlinesOf = ({ leaves, folders }: Folder): Opml.Outline<Date>[] => [
  ...[...folders.values()].map((folder) => ({ text: printable(folder.name), title: printable(folder.name), outlines: outlinesOf(folder) })),
  ...leaves,
];

/** OPML requires at least one outline in the body, so the generator refuses an empty list. */
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
