import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { freePort, hasRedis, spareRedis } from '../cluster/redis-server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

function example(address: string): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', 'examples/cluster.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, REDIS_URL: address },
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout;
}

it('examples/cluster.ts says that it was skipped where no Redis answers', async () => {
  expect(example(`redis://127.0.0.1:${await freePort()}`)).toMatch(/^skipped: .*does not answer/);
});

describe.skipIf(!hasRedis)('examples/cluster.ts with a Redis', () => {
  it('simulates on the queue, and has the bits of a run on threads', async () => {
    const redis = await spareRedis();
    await redis.start();
    try {
      const out = example(redis.address);
      expect(out).toContain('50000 draws in 16 shards: GDP growth of 11.5 % or more with 68.6 %');
      expect(out).toContain('the same bits as on threads: true');
    } finally {
      await redis.remove();
    }
  });
});
