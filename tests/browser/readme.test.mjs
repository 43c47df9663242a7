// Runs the README's commands. A block counts if its info string says so:
//   ```sh test          runs to its end from the repository's root; exit code 0 and no GraphQL errors are expected
//   ```sh test server   stays up until the last block has run; the next block runs once it says where its endpoint is
//   ```json test        what the block before printed, as JSON
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { within } from './comments.mjs';
import { repository } from './gateway.mjs';

const fence = /^```(\w+)([^\n]*)\n([\s\S]*?)^```\s*$/gm;
const blocks = [...readFileSync(path.join(repository, 'README.md'), 'utf8').matchAll(fence)]
  .map(([, language, info, text]) => ({ language, info: info.trim().split(/\s+/), text }))
  .filter(({ language, info }) => ['sh', 'json'].includes(language) && info.includes('test'));

describe('the README', { timeout: 300_000 }, () => {
  let directory;
  let printed = '';
  const servers = [];
  before(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'newsgraph-readme-'));
  });
  after(async () => {
    await Promise.all(servers.map(async (server) => await server.stop()));
    await rm(directory, { recursive: true, force: true });
  });

  test('has commands that can be run', () => {
    assert.ok(blocks.some(({ language }) => language === 'sh'), 'no block of README.md is marked "sh test"');
  });

  for (const { language, info, text } of blocks) {
    const title = text.trim().split('\n')[0];
    if (language === 'json') {
      test(`shows what is printed: ${title}`, () => assert.deepEqual(JSON.parse(printed), JSON.parse(text)));
    } else if (info.includes('server')) {
      test(`starts: ${title}`, { timeout: 150_000 }, async () => {
        const server = run(text);
        servers.push(server);
        await within(server.printed(/GraphQL endpoint: /), 120_000, 'the server');
      });
    } else {
      test(`runs: ${title}`, { timeout: 90_000 }, async () => {
        const command = run(text);
        servers.push(command);
        const code = await within(command.exited, 80_000, 'the end of the command');
        printed = command.stdout();
        assert.equal(code, 0, command.output());
        assert.doesNotMatch(printed, /"errors":\[/, 'the answer has no errors');
      });
    }
  }

  function run(text) {
    const script = process.env.NEWSGRAPH_SHARED ? text.replaceAll('../shared', process.env.NEWSGRAPH_SHARED) : text;
    // A group of its own, so that what the shell starts ends with it.
    const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
      cwd: repository,
      detached: true,
      env: { ...process.env, Storage__Directory: directory },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let stdout = '';
    const watchers = new Set();
    const read = (chunk) => {
      output += chunk;
      watchers.forEach((watch) => watch());
    };
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      stdout += chunk;
      read(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', read);
    let ended = false;
    const exited = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        ended = true;
        resolve(code ?? signal);
      });
    });

    return {
      exited,
      output: () => output,
      stdout: () => stdout,
      printed: async (pattern) =>
        await new Promise((resolve, reject) => {
          const watch = () => pattern.test(output) && resolve();
          watchers.add(watch);
          watch();
          exited.then((code) => reject(new Error(`It ended with ${code}: ${output}`)));
        }),
      stop: async () => {
        if (!ended) {
          process.kill(-child.pid, 'SIGTERM');
          await within(exited, 15_000, 'the end of the server').catch(() => process.kill(-child.pid, 'SIGKILL'));
        }
      },
    };
  }
});
