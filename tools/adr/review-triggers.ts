import type { Artifact } from '../src/packaging/artifact';

/** Lambda's limit for a ZIP with its layers, unzipped: "250 MB", which Lambda counts as MiB. */
const UNZIPPED_LIMIT = 250 * 1024 * 1024;

/** A condition under which a decision is to be looked at again. */
export interface ReviewTrigger {
  /** The name that an acknowledgement in the record uses. */
  readonly name: string;
  readonly condition: string;
  /** What meets the condition, with figures; undefined where nothing does. */
  met(artifacts: readonly Artifact[]): string | undefined;
}

const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;

/** Those of ADR 0001, evaluated from what was packaged. */
export const packagingTriggers: readonly ReviewTrigger[] = [
  {
    name: 'zip-too-large',
    condition: 'a ZIP passes 250 MB unzipped',
    met: (artifacts) => {
      const large = artifacts.filter(({ packaging, unzippedBytes }) => packaging === 'zip' && unzippedBytes > UNZIPPED_LIMIT);
      return large.length > 0 ? large.map(({ app, unzippedBytes }) => `${app} has ${megabytes(unzippedBytes)} unzipped`).join(', ') : undefined;
    },
  },
  {
    name: 'all-carry-models',
    condition: 'every function carries a model',
    met: (artifacts) => (artifacts.length > 0 && artifacts.every(({ model }) => model !== null) ? artifacts.map(({ app, model }) => `${app} carries ${model?.id ?? ''}`).join(', ') : undefined),
  },
  {
    name: 'analysis-fits-zip',
    condition: 'Analysis itself, model included, fits a ZIP',
    met: (artifacts) => {
      const analysis = artifacts.find(({ app }) => app === 'analysis');
      if (!analysis?.model || analysis.unzippedBytes > UNZIPPED_LIMIT) return undefined;
      return `analysis has ${megabytes(analysis.unzippedBytes)} unzipped with ${analysis.model.id}, of 250 MiB`;
    },
  },
];

/** What the record says of a trigger that is met: when somebody looked, and what was decided. */
export interface Acknowledgement {
  readonly trigger: string;
  readonly date: string;
  readonly reason: string;
}

export interface TriggerResult {
  readonly trigger: ReviewTrigger;
  readonly finding: string | undefined;
  readonly acknowledgement: Acknowledgement | undefined;
}

/** Evaluates every trigger. One that is met and not acknowledged calls for a review. */
export function evaluateTriggers(triggers: readonly ReviewTrigger[], artifacts: readonly Artifact[], acknowledged: readonly Acknowledgement[]): TriggerResult[] {
  const unknown = acknowledged.find(({ trigger }) => !triggers.some(({ name }) => name === trigger));
  if (unknown) throw new Error(`The record acknowledges "${unknown.trigger}", which is no trigger; there are ${triggers.map(({ name }) => name).join(', ')}.`);
  return triggers.map((trigger) => ({
    trigger,
    finding: trigger.met(artifacts),
    acknowledgement: acknowledged.find((entry) => entry.trigger === trigger.name),
  }));
}

/** Whether somebody has to look at the decision again. */
export const callsForReview = ({ finding, acknowledgement }: TriggerResult) => finding !== undefined && acknowledgement === undefined;
