import type { ArtifactSource } from '../artifacts/deployable';
import { diffTemplates } from '../diff/template-diff';
import { describeReplacements, replacedFunctions } from '../diff/replaced-functions';
import { appNames, packagings, type AppName, type Packaging } from '../names';
import { templatesOf } from '../testing/synthesised';
import { grantsOf, theOnly, type TemplateJson } from '../testing/templates';

const packagedAs =
  (packaging: Packaging): ArtifactSource =>
  () => ({ kind: 'placeholder', packaging });
const templates = Object.fromEntries(packagings.map((packaging) => [packaging, templatesOf('prod', { artifacts: packagedAs(packaging) })])) as Record<
  Packaging,
  ReturnType<typeof templatesOf>
>;
const templateOf = (app: AppName | 'state', packaging: Packaging) => templates[packaging][app] as TemplateJson;
const directions = appNames.flatMap((app) =>
  (
    [
      ['image', 'zip'],
      ['zip', 'image'],
    ] as const
  ).map(([from, to]) => ({ app, from, to, before: templateOf(app, from), after: templateOf(app, to) })),
);

/** The properties of each type with a fixed name that CloudFormation can only change by replacing the resource. */
const ownName: Record<string, string> = {
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::IAM::Role': 'RoleName',
};
/** The properties of each type that refer to a function and that CloudFormation changes in place. */
const changesInPlace: Record<string, RegExp> = {
  'AWS::Lambda::EventSourceMapping': /^Properties\.FunctionName/,
  'AWS::Scheduler::Schedule': /^(Properties\.(Target\.Arn|Description)|DependsOn)/,
  'AWS::IAM::Role': /^Properties\.(Policies|Description)/,
  'AWS::CloudWatch::Alarm': /^Properties\.Dimensions/,
};

describe.each(directions)('$app from $from to $to', ({ app, from, to, before, after }) => {
  const differences = diffTemplates(before, after);

  it('is a new function with another name and another logical id, since Lambda cannot change the packaging of one', () => {
    const functions = differences.filter(({ type }) => type === 'AWS::Lambda::Function');
    expect(functions.map(({ kind }) => kind).sort()).toEqual(['added', 'removed']);
    const name = (template: TemplateJson) => theOnly(template, 'AWS::Lambda::Function').Properties['FunctionName'];
    expect([name(before), name(after)]).toEqual([`barometer-prod-${app}-${from}`, `barometer-prod-${app}-${to}`]);
  });

  it('replaces no resource that keeps its fixed name', () => {
    const changed = differences.filter(({ kind }) => kind === 'changed');
    for (const { type, places } of changed) {
      // A function's event configuration in Lambda has no fixed name, so CloudFormation may replace it.
      if (type === 'AWS::Lambda::EventInvokeConfig') continue;
      for (const { place } of places)
        expect(`${type} ${place}`).toMatch(new RegExp(`^${type} ${(changesInPlace[type]?.source ?? 'nothing').replace('^', '')}`));
    }
    const named = (template: TemplateJson) =>
      Object.entries(template.Resources).flatMap(([id, { Type, Properties }]) => {
        const value = ownName[Type] && Properties[ownName[Type]];
        return typeof value === 'string' ? [[`${Type} ${value}`, id] as const] : [];
      });
    const [old, young] = [new Map(named(before)), new Map(named(after))];
    for (const [name, id] of young) if (old.has(name)) expect([name, id]).toEqual([name, old.get(name)]);
  });

  it('keeps the log group and the role', () => {
    for (const type of ['AWS::Logs::LogGroup']) expect(differences.filter((difference) => difference.type === type)).toEqual([]);
    expect(differences.filter(({ type, kind }) => type === 'AWS::IAM::Role' && kind !== 'changed')).toEqual([]);
  });

  it('leaves no reference to the old function', () => {
    expect(JSON.stringify(after)).not.toContain(`${app}-${from}"`);
    expect(JSON.stringify(after)).not.toMatch(new RegExp(`Function${from === 'zip' ? 'Zip' : 'Image'}[0-9A-F]{8}`));
  });

  it('is announced beforehand, with what it interrupts', () => {
    const told = describeReplacements(replacedFunctions(before, after));
    expect(told).toMatch(new RegExp(`^! barometer-prod-${app}-${from} is replaced by barometer-prod-${app}-${to}:\n`));
    expect(told.includes('The address of the page')).toBe(app === 'dashboard');
    expect(told.includes('Messages that the old function')).toBe(app === 'analysis');
    expect(told.includes('A tick under way')).toBe(app === 'ingestion');
    expect(told).toMatch(app === 'ingestion' ? /concurrency: 1 and 1\./ : /concurrency: \d\d and \d\d\./);
  });
});

it('announces nothing where no function is replaced, or there is none yet', () => {
  const { analysis } = templates.image;
  expect(replacedFunctions(analysis as TemplateJson, structuredClone(analysis) as TemplateJson)).toEqual([]);
  expect(replacedFunctions({}, analysis as TemplateJson)).toEqual([]);
  expect(describeReplacements([])).toBe('');
});

it('lets the dashboard invoke Analysis under either name, so that it need not be deployed with it', () => {
  const dashboard = templateOf('dashboard', 'zip');
  expect(theOnly(dashboard, 'AWS::Lambda::Function').Properties['Environment'].Variables.ANALYSIS_FUNCTION).toBe(
    'barometer-prod-analysis-image,barometer-prod-analysis-zip',
  );
  expect(grantsOf(dashboard).filter((grant) => grant.startsWith('lambda:'))).toEqual(
    packagings.map((packaging) => `lambda:InvokeFunction on function:barometer-prod-analysis-${packaging}`),
  );
});

it('needs no change of the state stack, which has a repository for every app', () => {
  expect(diffTemplates(templateOf('state', 'zip'), templateOf('state', 'image'))).toEqual([]);
});
