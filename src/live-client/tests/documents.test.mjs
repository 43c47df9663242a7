import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { buildSchema, parse, validate } from 'graphql';
import * as documents from '../dist/documents.js';

const schema = buildSchema(readFileSync(new URL('../../../schema/news.graphql', import.meta.url), 'utf8'));

describe('the operations of the client', () => {
  for (const [name, document] of Object.entries(documents)) {
    test(`are valid against the schema: ${name}`, () =>
      assert.deepEqual(validate(schema, parse(document)).map(String), []));
  }

  test('name every kind of event that the comment feed has', () => {
    const kinds = schema.getPossibleTypes(schema.getType('CommentFeedEvent')).map(({ name }) => name);
    // Those with nothing but a position need no selection of their own.
    const told = kinds.filter((kind) => Object.keys(schema.getType(kind).getFields()).length > 1);
    assert.deepEqual(
      told.filter((kind) => !documents.commentFeed.includes(`on ${kind} {`)),
      [],
    );
  });
});
