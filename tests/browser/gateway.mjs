// Starts the built gateway as a process of its own, on a free port and an empty database, and stops it again.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../', import.meta.url));

const startLimit = 60_000;
const stopLimit = 15_000;
const outputKept = 100_000;

/** The gateway to test: `NEWSGRAPH_GATEWAY_DLL`, or the configuration built last. */
export function gatewayAssembly() {
  if (process.env.NEWSGRAPH_GATEWAY_DLL) {
    return process.env.NEWSGRAPH_GATEWAY_DLL;
  }
  const built = ['Debug', 'Release']
    .map((name) => path.join(repository, 'src/NewsGraph.Gateway/bin', name, 'net10.0/NewsGraph.Gateway.dll'))
    .filter((file) => existsSync(file))
    .sort((left, right) => statSync(right).mtimeMs - statSync(left).mtimeMs);
  if (built.length === 0) {
    throw new Error('The gateway is not built. Run: dotnet build src/NewsGraph.Gateway');
  }
  return built[0];
}

/**
 * Starts a gateway with the demo content in a directory of its own.
 * @param {{ url?: string, args?: string[], env?: Record<string, string>, shared?: string }} options `url` defaults to a free loopback port;
 *   `shared` is the directory of another gateway, whose database this one then shares.
 */
export async function startGateway({ url = 'http://127.0.0.1:0', args = [], env = {}, shared } = {}) {
  const directory = shared ?? await mkdtemp(path.join(tmpdir(), 'newsgraph-'));
  const child = spawn(
    'dotnet',
    [gatewayAssembly(), 'serve', `--urls=${url}`, `--Storage:Directory=${directory}`, ...args],
    {
      cwd: directory,
      env: { ...process.env, ASPNETCORE_ENVIRONMENT: 'Development', DOTNET_ENVIRONMENT: 'Development', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  let problem;
  const exited = new Promise((resolve) => {
    child.once('error', (error) => {
      problem = error.message;
      resolve();
    });
    child.once('exit', (code, signal) => {
      problem ??= `it ended with ${signal ?? `exit code ${code}`}`;
      resolve();
    });
  });

  // As an orchestrator does: the exit code once the process has ended by itself.
  const terminate = async () => {
    child.kill('SIGTERM');
    await exited;
    return child.exitCode;
  };

  // As a power cut does.
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };

  const stop = async () => {
    if (problem === undefined) {
      child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), stopLimit);
      await exited;
      clearTimeout(killer);
    }
    if (!shared) {
      await rm(directory, { recursive: true, force: true });
    }
  };

  const listening = new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`no address after ${startLimit} ms`)), startLimit);
    const read = (chunk) => {
      output = (output + chunk).slice(-outputKept);
      const address = /GraphQL endpoint: (https?:\/\/[^\s/]+)\/graphql\s/.exec(output);
      if (address) {
        clearTimeout(limit);
        resolve(address[1]);
      }
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    exited.then(() => {
      clearTimeout(limit);
      reject(new Error(problem));
    });
  });

  try {
    const origin = await listening;
    const endpoint = `${origin}/graphql`;
    return { origin, endpoint, socket: endpoint.replace(/^http/, 'ws'), directory, stop, terminate, kill, output: () => output };
  } catch (error) {
    await stop();
    throw new Error(`The gateway did not start: ${error.message}\n${output}`);
  }
}

/** Posts one operation and returns the response's JSON. */
export async function post(endpoint, query, variables) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(20_000),
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${endpoint} answered ${response.status} without JSON: ${text.slice(0, 500)}`);
  }
}
