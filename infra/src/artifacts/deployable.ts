import type { AppName, Packaging } from '../names';

export type Architecture = 'x86_64' | 'arm64';

/** What a function is deployed from: a ZIP, an image in the environment's repository, or a placeholder that cannot be deployed. */
export type Deployable =
  | { readonly kind: 'zip'; readonly path: string; readonly handler: string; readonly architecture: Architecture }
  | { readonly kind: 'image'; readonly digest: string; readonly architecture: Architecture }
  | { readonly kind: 'placeholder'; readonly packaging: Packaging };

export const packagingOf = (deployable: Deployable): Packaging => (deployable.kind === 'placeholder' ? deployable.packaging : deployable.kind);

/** Says what to deploy an app from. */
export type ArtifactSource = (app: AppName) => Deployable;

const placeholderOf = (app: AppName): Deployable => ({ kind: 'placeholder', packaging: app === 'analysis' ? 'image' : 'zip' });

/** Takes the place of every artefact; such templates are for reading and for tests, and CloudFormation refuses them. */
export const placeholders: ArtifactSource = placeholderOf;
