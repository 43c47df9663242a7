import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  buildClientSchema,
  buildSchema,
  findBreakingChanges,
  findDangerousChanges,
  getIntrospectionQuery,
  validateSchema,
} from 'graphql';
import { post, startGateway } from './gateway.mjs';

describe('the schema as graphql-js reads it', { timeout: 120_000 }, () => {
  let gateway;
  before(async () => {
    gateway = await startGateway();
  });
  after(async () => await gateway?.stop());

  test('is the same from introspection and from the SDL, and valid', { timeout: 30_000 }, async () => {
    const everything = getIntrospectionQuery({
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    });
    const { data, errors } = await post(gateway.endpoint, everything);
    assert.equal(errors, undefined, JSON.stringify(errors));
    const introspected = buildClientSchema(data);
    const response = await fetch(`${gateway.endpoint}?sdl`, { signal: AbortSignal.timeout(10_000) });
    assert.equal(response.status, 200);
    const printed = buildSchema(await response.text());

    assert.deepEqual(validateSchema(printed), []);
    assert.deepEqual(validateSchema(introspected), []);
    // Directives of the schema language need not be introspectable.
    const isType = (change) => !change.type.startsWith('DIRECTIVE_');
    assert.deepEqual(findBreakingChanges(printed, introspected).filter(isType), []);
    assert.deepEqual(findBreakingChanges(introspected, printed).filter(isType), []);
    assert.deepEqual(findDangerousChanges(printed, introspected), []);
    assert.deepEqual(findDangerousChanges(introspected, printed), []);
  });
});
