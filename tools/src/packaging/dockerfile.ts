/**
 * The recipe of an image: the base, a layer for each folder of the context, and the handler. Nothing runs while it is
 * built, so that it builds for an architecture that this machine cannot run, the same way everywhere.
 */
export function dockerfile(layers: readonly string[], handler: string): string {
  return [
    'ARG BASE',
    'FROM ${BASE}',
    ...layers.map((layer) => `COPY context/${layer}/ /var/task/`),
    `CMD ["${handler}"]`,
    '',
  ].join('\n');
}
