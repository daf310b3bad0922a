import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { placeholders, type ArtifactSource } from './artifacts/deployable';
import { appNames, Names, type AppName } from './names';
import type { Settings } from './settings';
import { AnalysisStack } from './stacks/analysis-stack';
import { DashboardStack } from './stacks/dashboard-stack';
import { DeliveryStack } from './stacks/delivery-stack';
import { EdgeStack } from './stacks/edge-stack';
import { IngestionStack } from './stacks/ingestion-stack';
import { StateStack } from './stacks/state-stack';

export interface AppOptions {
  readonly environment: string;
  readonly settings: Settings;
  /** By default all three; deploying one app needs no artefact of the others. */
  readonly apps?: readonly AppName[];
  readonly artifacts?: ArtifactSource;
  readonly outputFolder?: string;
  readonly context?: Readonly<Record<string, unknown>>;
}

const stackOf = { ingestion: IngestionStack, analysis: AnalysisStack, dashboard: DashboardStack };

/** The rules that every stack has to pass; a finding ends `synth`. */
export const rulePacks = () => [new AwsSolutionsChecks(), new ServerlessChecks()];

/** `synth` also fails on what CloudFormation would refuse. */
const strict = { '@aws-cdk/core:validateAgainstDefaultRules': true };

/** The stacks of one environment. */
export function buildApp({ environment, settings, apps = appNames, artifacts = placeholders, outputFolder, context = {} }: AppOptions): App {
  const app = new App({ analyticsReporting: false, context: { ...strict, ...context }, ...(outputFolder !== undefined && { outdir: outputFolder }) });
  const props = { names: new Names(environment), settings };
  new StateStack(app, props);
  for (const name of apps) new stackOf[name](app, { ...props, artifacts });
  if (settings.frontDoor?.managedRules) new EdgeStack(app, settings.frontDoor.managedRules, props);
  if (settings.github) new DeliveryStack(app, settings.github, props);
  Validations.of(app).addPlugins(...rulePacks());
  return app;
}
