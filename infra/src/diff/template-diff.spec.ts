import { describeDifferences, diffTemplates, type Template } from './template-diff';

const before: Template = {
  Resources: {
    Table: { Type: 'AWS::DynamoDB::Table', Properties: { Name: 'a', Indexes: ['x', 'y'] } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { Name: 'q' }, DeletionPolicy: 'Retain' },
    Old: { Type: 'AWS::SNS::Topic' },
  },
};
const after: Template = {
  Resources: {
    Table: { Type: 'AWS::DynamoDB::Table', Properties: { Name: 'a', Indexes: ['x', 'z'], Ttl: { On: true } } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { Name: 'q' }, DeletionPolicy: 'Retain' },
    New: { Type: 'AWS::Lambda::Function', Properties: {} },
  },
};

it('tells what comes, what goes, and where what stays differs', () => {
  expect(diffTemplates(before, after)).toEqual([
    { kind: 'added', id: 'New', type: 'AWS::Lambda::Function', places: [] },
    { kind: 'removed', id: 'Old', type: 'AWS::SNS::Topic', places: [] },
    {
      kind: 'changed', id: 'Table', type: 'AWS::DynamoDB::Table',
      places: [{ place: 'Properties.Indexes', before: ['x', 'y'], after: ['x', 'z'] }, { place: 'Properties.Ttl', before: undefined, after: { On: true } }],
    },
  ]);
});

it('finds nothing between a template and itself', () => {
  expect(diffTemplates(after, structuredClone(after))).toEqual([]);
  expect(describeDifferences('stack', [])).toBe('stack: no difference\n');
});

it('reads well, also where values are long', () => {
  const text = describeDifferences('stack', diffTemplates(before, { Resources: { ...before.Resources, Queue: { Type: 'AWS::SQS::Queue', Properties: { Name: 'q'.repeat(500) }, DeletionPolicy: 'Retain' } } }));
  expect(text).toMatch(/^stack: 1 resource differs\n {2}~ AWS::SQS::Queue Queue\n {6}Properties\.Name: "q" -> "q{119}…\n$/);
});

it('takes a stack that is not there yet as one without resources', () => {
  expect(diffTemplates({}, after).map(({ kind }) => kind)).toEqual(['added', 'added', 'added']);
});
