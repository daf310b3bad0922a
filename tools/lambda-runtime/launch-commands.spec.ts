import { containerCommand } from './launch-commands';

const request = { name: 'n', image: 'i', handler: 'main.handler', memoryMb: 512, environment: { A: '1' }, mounts: { '/var/task': '/t' } };
const words = (runner: 'docker' | 'podman', host = { hasRunc: false, hasSystemd: true }) => containerCommand(runner, host, request).join(' ');

it.each(['docker', 'podman'] as const)("starts a container under Lambda's limits by %s", (runner) => {
  for (const limit of [
    '--memory 512m --memory-swap 512m',
    '--read-only ',
    '--user 993:990',
    '--cap-drop all',
    '--security-opt no-new-privileges',
    '--ipc none',
    '--volume /t:/var/task:ro',
    '--env A=1 i main.handler',
  ]) {
    expect(words(runner)).toContain(limit);
  }
});

it('passes to podman, and not to docker, the options that only podman needs', () => {
  expect(words('podman')).toContain('--read-only-tmpfs=false');
  expect(words('docker')).not.toContain('tmpfs=');
  expect(words('podman', { hasRunc: true, hasSystemd: false })).toMatch(/^podman --cgroup-manager cgroupfs --runtime runc run /);
  expect(words('docker', { hasRunc: true, hasSystemd: false })).toMatch(/^docker run /);
});
