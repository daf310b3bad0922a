/**
 * The recipe of an image: the base, a layer for each folder of the context, and the handler. Nothing runs during the
 * build, so it also works for an architecture that this machine cannot run.
 */
export function dockerfile(layers: readonly string[], handler: string): string {
  return ['ARG BASE', 'FROM ${BASE}', ...layers.map((layer) => `COPY context/${layer}/ /var/task/`), `CMD ["${handler}"]`, ''].join('\n');
}
