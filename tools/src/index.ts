export { createNodesV2 } from './plugin';
export { lambdaProject } from './lambda-targets';
export { artifactPath, artifactSchema, parseArtifact, readArtifact, type Artifact, type ImageArtifact, type ZipArtifact } from './packaging/artifact';
