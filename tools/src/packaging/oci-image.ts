import { namesOf, type Architecture } from './architecture';
import type { OciImage } from './oci-archive';

/**
 * Checks that an image is the requested one. @returns the compressed bytes of its own layers, the last ones. Throws if
 * it is for another platform, starts something else, or has fewer layers than were copied.
 */
export function checkImage({ config, layers }: OciImage, wanted: { architecture: Architecture; handler: string; layers: number }): number {
  const platform = `${config.os}/${config.architecture}`;
  const expected = `linux/${namesOf[wanted.architecture].oci}`;
  if (platform !== expected) throw new Error(`The image is for ${platform} instead of ${expected}: its base is for another platform.`);
  const started = config.config?.Cmd ?? [];
  if (started.length !== 1 || started[0] !== wanted.handler) throw new Error(`The image starts ${JSON.stringify(started)} instead of ["${wanted.handler}"].`);
  if (layers.length < wanted.layers) throw new Error(`The image has ${layers.length} layers, fewer than the ${wanted.layers} that were copied.`);
  return layers.slice(-wanted.layers).reduce((sum, { size }) => sum + size, 0);
}
