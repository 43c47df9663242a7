// The client's judgement and the page that describes the wire are compared, so that neither can change alone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { judge } from '../dist/back-off.js';

const page = readFileSync(new URL('../../../schema/TRANSPORT.md', import.meta.url), 'utf8');
const table = page.slice(page.indexOf('### Close codes'), page.indexOf('## Errors'));
const rows = [...table.matchAll(/^\| (\d{4}) \| (\w+) \|.*\| ([^|]+) \|$/gm)].map(([, code, name, then]) => ({
  code: Number(code),
  name,
  then,
}));

describe('the close codes in schema/TRANSPORT.md', () => {
  test('are found', () => assert.ok(rows.length >= 10, `${rows.length} rows`));

  // 1000 is the answer to the client's own close. Heard without one, something between has closed the socket.
  for (const { code, name, then } of rows.filter(({ code }) => code !== 1000)) {
    test(`mean to the client what the page says: ${code} ${name}, ${then}`, () => {
      const { again } = judge({
        kind: 'cut',
        cut: { transport: 'websocket', reached: true, status: code, reason: '' },
      });
      assert.equal(again, then.startsWith('come back'));
    });
  }
});
