export { createNodesV2 } from './plugin';
export { artifactPath, artifactSchema, parseArtifact, readArtifact, type Artifact, type ImageArtifact, type ZipArtifact } from './packaging/artifact';
