/** The base of images that are only for tests: made from Debian's packages, for machines without access to AWS's registry. */
export const STAND_IN = 'stand-in';

const pinned = /^[\w.:/-]+@sha256:[0-9a-f]{64}$/;

/** The base to build on: the stand-in, or an image by digest. A tag is refused, since another build might get another image for it. */
export function chosenBase(setting: string | undefined): string {
  if (setting === undefined || setting === STAND_IN) return STAND_IN;
  if (pinned.test(setting)) return setting;
  throw new Error(
    `The base image "${setting}" is not pinned. Give it by digest, as name@sha256:…, which ` +
      '"skopeo inspect --format {{.Digest}} docker://public.ecr.aws/lambda/nodejs:24" tells, or say "stand-in" for a test.',
  );
}
