import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { serverAudits } from 'graphql-http';
import { startGateway } from './gateway.mjs';

describe('the graphql-http audit', { timeout: 120_000 }, () => {
  let gateway;
  before(async () => {
    gateway = await startGateway();
  });
  after(async () => await gateway?.stop());

  for (const audit of serverAudits({ url: () => gateway.endpoint })) {
    test(`${audit.id}: ${audit.name}`, { timeout: 20_000 }, async () => {
      const result = await audit.fn();
      // MUST, SHOULD and MAY are all expected, so anything but ok is a failure.
      const body = result.response && !result.response.bodyUsed ? await result.response.text() : '';
      assert.equal(result.status, 'ok', `${result.reason} (status ${result.response?.status}) ${body}`);
    });
  }
});
