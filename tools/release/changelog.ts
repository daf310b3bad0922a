/**
 * The notes of a version from a changelog in the format of Keep a Changelog. Throws if it has no section for the
 * version, or if that has no date or no content.
 */
export function releaseNotes(changelog: string, version: string): string {
  const sections = changelog.split(/^(?=## )/m);
  const section = sections.find((text) => text.startsWith(`## ${version} `) || text.startsWith(`## ${version}\n`));
  if (section === undefined) throw new Error(`CHANGELOG.md has no section "## ${version} - YYYY-MM-DD".`);
  const [heading = '', ...lines] = section.split('\n');
  if (!/^## \S+ - \d{4}-\d{2}-\d{2}$/.test(heading))
    throw new Error(`CHANGELOG.md: the section of ${version} names no day: "${heading}" instead of "## ${version} - YYYY-MM-DD".`);
  const notes = lines.join('\n').trim();
  if (notes === '') throw new Error(`CHANGELOG.md says nothing about ${version}.`);
  return `${notes}\n`;
}

/** Makes links in the notes point into the repository at that version: a release has no folder that they could be relative to. */
export const withWholeLinks = (notes: string, repository: string, tag: string) =>
  notes.replaceAll(/\]\((?!https?:|#)([^)]+)\)/g, `](https://github.com/${repository}/blob/${tag}/$1)`);
