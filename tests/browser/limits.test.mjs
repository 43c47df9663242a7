// What a client does that is told to come back later.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { within } from './comments.mjs';
import { startGateway } from './gateway.mjs';

const initsPerMinute = 60;

describe('an address at its limits', { timeout: 240_000 }, () => {
  let gateway;
  before(async () => {
    gateway = await startGateway({
      args: ['--GraphQL:Connections:MaxPerAddress=1', `--GraphQL:Connections:MaxInitsPerMinute=${initsPerMinute}`],
    });
  });
  after(() => gateway?.stop());

  test('lets a client of graphql-ws in as soon as another connection ends', { timeout: 60_000 }, async () => {
    const other = await initialized(gateway.socket);
    const closes = [];
    const client = createClient({
      url: gateway.socket,
      webSocketImpl: WebSocket,
      on: {
        closed: ({ code }) => {
          closes.push(code);
          other.close();
        },
      },
    });

    const answer = client.iterate({ query: '{ __typename }' });
    const { value } = await within(answer.next(), 50_000, 'the answer');

    assert.deepEqual(value.data, { __typename: 'Query' });
    assert.equal(closes[0], 1006, 'a refused upgrade is a failed connection, which the client tries again');
    await client.dispose();
  });

  test('lets a client of graphql-ws in when enough time has passed', { timeout: 60_000 }, async () => {
    for (let i = 0; i < initsPerMinute; i++) {
      const socket = await initialized(gateway.socket);
      socket.close();
      await once(socket, 'close');
      if (socket.refusal) {
        break;
      }
    }

    const closes = [];
    const client = createClient({
      url: gateway.socket,
      webSocketImpl: WebSocket,
      retryAttempts: 20,
      retryWait: () => new Promise((resolve) => setTimeout(resolve, 500)),
      on: { closed: ({ code, reason }) => closes.push(`${code} ${reason}`) },
    });
    const { value } = await within(client.iterate({ query: '{ __typename }' }).next(), 50_000, 'the answer');

    assert.deepEqual(value.data, { __typename: 'Query' });
    assert.match(closes.find((close) => !close.startsWith('1006')) ?? '', /^1013 Too many initializations\. Reconnect in \d+ ms$/);
    await client.dispose();
  });
});

// A bare socket that has said hello. The place of the one before may be given back a moment after it has closed.
async function initialized(url) {
  for (;;) {
    const socket = new WebSocket(url, 'graphql-transport-ws');
    try {
      await once(socket, 'open');
    } catch {
      continue;
    }
    socket.on('close', (code) => (socket.refusal = code === 1013));
    socket.send('{"type":"connection_init"}');
    await Promise.race([once(socket, 'message'), once(socket, 'close')]);
    return socket;
  }
}
