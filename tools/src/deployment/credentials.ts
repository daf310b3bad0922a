/** Variables that tell AWS's tools where to find credentials; any one is enough. */
const sources = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/** Throws, before anything is changed, if there are no credentials or no region. */
export function checkCredentials(environment: NodeJS.ProcessEnv): void {
  if (!sources.some((name) => environment[name])) {
    throw new Error(
      `A deployment needs AWS credentials, and none of ${sources.slice(0, 3).join(', ')} is set. Log in and set AWS_PROFILE, or add --dry-run to see the commands.`,
    );
  }
  if (!regionOf(environment)) throw new Error('A deployment needs a region: set AWS_REGION.');
}

/** The region that AWS's tools would use. */
export const regionOf = (environment: NodeJS.ProcessEnv) => environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'] || undefined;
