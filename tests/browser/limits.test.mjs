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
    assert.equal(closes[0], 1013, 'a refused upgrade would be the end for this client, so it gets a close code');
    await client.dispose();
  });

  test('lets a client of graphql-ws in when enough time has passed', { timeout: 60_000 }, async () => {
    // Some come back meanwhile, so it takes more than a minute's worth to use them up.
    for (let used = 0; used < 10 * initsPerMinute; used++) {
      const socket = await initialized(gateway.socket);
      if (socket === undefined) {
        break;
      }
      socket.close();
      await once(socket, 'close');
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
    assert.match(closes.find((close) => close.includes('initializations')) ?? '', /^1013 Too many initializations\. Reconnect in \d+ ms$/);
    await client.dispose();
  });
});

// A bare socket that has said hello; undefined when it said so too often. The place of the one before may be given back a
// moment after it has closed.
async function initialized(url) {
  for (;;) {
    const socket = new WebSocket(url, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send('{"type":"connection_init"}');
    const [outcome, reason] = await Promise.race([once(socket, 'message'), once(socket, 'close')]);
    if (outcome !== 1013) {
      return socket;
    }
    if (/initializations/.test(reason)) {
      return undefined;
    }
  }
}
