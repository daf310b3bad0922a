import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { followPackaging } from './follow-packaging';

const missing = () => Object.assign(new Error('Function not found'), { name: 'ResourceNotFoundException' });

/** A client with the functions `existing`, and a record of the names that were tried. */
function setUp(existing: Set<string>, error: () => Error = missing) {
  const tried: string[] = [];
  const client = new LambdaClient({ region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  followPackaging(client, ['analysis-image', 'analysis-zip']);
  // Replaces the network: the innermost middleware of its step.
  client.middlewareStack.add(
    () => async (args) => {
      const name = (args.input as { FunctionName: string }).FunctionName;
      tried.push(name);
      if (!existing.has(name)) throw error();
      return { response: {}, output: { $metadata: {}, StatusCode: 200 } };
    },
    { step: 'serialize', priority: 'high', name: 'stub' },
  );
  return { tried, invoke: (name = 'analysis-image') => client.send(new InvokeCommand({ FunctionName: name })) };
}

describe('followPackaging', () => {
  it('invokes the function that exists, and tries it first from then on', async () => {
    const { tried, invoke } = setUp(new Set(['analysis-zip']));
    await invoke();
    await invoke();
    expect(tried).toEqual(['analysis-image', 'analysis-zip', 'analysis-zip']);
  });

  it('switches back when the packaging does', async () => {
    const existing = new Set(['analysis-zip']);
    const { tried, invoke } = setUp(existing);
    await invoke();
    existing.delete('analysis-zip');
    existing.add('analysis-image');
    await invoke();
    await invoke();
    expect(tried).toEqual(['analysis-image', 'analysis-zip', 'analysis-zip', 'analysis-image', 'analysis-image']);
  });

  it('fails where no function exists, and leaves other errors and other functions alone', async () => {
    await expect(setUp(new Set()).invoke()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const denied = setUp(new Set(), () => Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
    await expect(denied.invoke()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(denied.tried).toEqual(['analysis-image']);
    const other = setUp(new Set(['analysis-zip']));
    await expect(other.invoke('another')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(other.tried).toEqual(['another']);
  });
});
