import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CommentList } from '../dist/comments/list.js';
import { compareComments } from '../dist/comments/order.js';
import { threadsOf } from '../dist/index.js';

const id = (number) => btoa(`Comment:${number}`);
const comment = (number, createdAt = '2026-03-01T08:30:00Z', changes = {}) => ({
  id: id(number),
  parentId: null,
  bodyText: `Comment ${number}`,
  createdAt,
  likeCount: 0,
  ...changes,
});
const numbers = (list) => list.toArray().map((entry) => Number(atob(entry.id).split(':')[1]));

function listOf(...comments) {
  const list = new CommentList();
  comments.forEach((entry) => list.put(entry));
  return list;
}

describe('the order of comments', () => {
  test('is by time, then by the number in the id, as in the lists of the gateway', () => {
    const list = listOf(
      comment(10),
      comment(9),
      comment(2, '2026-03-01T08:31:00Z'),
      comment(100),
      comment(3, '2026-03-01T08:29:59Z'),
    );
    assert.deepEqual(numbers(list), [3, 9, 10, 100, 2]);
  });

  test('compares fractions of a second of any length', () => {
    const fractions = ['', '.0000001', '.09', '.1', '.12', '.2', '.9999999'];
    const times = [...fractions.map((fraction) => `2026-03-01T08:30:00${fraction}Z`), '2026-03-01T08:30:01Z'];
    const list = listOf(...times.map((time, index) => comment(times.length - index, time)).reverse());
    assert.deepEqual(
      list.toArray().map(({ createdAt }) => createdAt),
      times,
    );
  });

  test('is fixed for ids that show no number', () => {
    const [a, b] = ['%opaque a', '%opaque b'].map((opaque) => ({ ...comment(1), id: opaque }));
    assert.ok(compareComments(a, b) < 0 && compareComments(b, a) > 0);
    assert.equal(compareComments(a, a), 0);
  });

  test('does not depend on the order in which two hundred comments come', () => {
    const comments = Array.from({ length: 200 }, (_, index) => comment(index + 1, `2026-03-01T08:30:0${index % 7}Z`));
    const expected = numbers(listOf(...comments));
    // A fixed shuffle: 73 has no factor in common with 200.
    const shuffled = comments.map((_, index) => comments[(index * 73) % 200]);
    assert.deepEqual(numbers(listOf(...shuffled)), expected);
    assert.deepEqual(
      expected,
      [...comments].sort(compareComments).map((entry) => Number(atob(entry.id).split(':')[1])),
    );
  });
});

describe('a list of comments', () => {
  test('holds a comment once, however often it is added', () => {
    const list = listOf(comment(1), comment(2), comment(1, undefined, { bodyText: 'Newer' }));
    assert.deepEqual(
      list.toArray().map(({ bodyText }) => bodyText),
      ['Newer', 'Comment 2'],
    );
    assert.equal(list.size, 2);
  });

  test('takes in what the feed says', () => {
    const list = listOf(comment(1), comment(2), comment(3));
    list.apply({ __typename: 'CommentAdded', position: 'a', comment: comment(4), commentCount: 4 });
    list.apply({ __typename: 'CommentEdited', position: 'b', comment: comment(2, undefined, { bodyText: 'Edited' }) });
    list.apply({ __typename: 'CommentRemoved', position: 'c', commentId: id(1), commentCount: 3 });
    list.apply({ __typename: 'CommentLiked', position: 'd', commentId: id(3), likeCount: 7 });
    assert.deepEqual(
      list.toArray().map(({ bodyText, likeCount }) => [bodyText, likeCount]),
      [
        ['Edited', 0],
        ['Comment 3', 7],
        ['Comment 4', 0],
      ],
    );
    list.apply({ __typename: 'CommentsClosed', position: 'e' });
    assert.equal(list.open, false);
    list.apply({ __typename: 'CommentsOpened', position: 'f' });
    assert.equal(list.open, true);
  });

  test('takes no harm from what it does not hold or know', () => {
    const list = listOf(comment(1));
    list.apply({ __typename: 'CommentRemoved', position: 'a', commentId: id(9), commentCount: 1 });
    list.apply({ __typename: 'CommentLiked', position: 'b', commentId: id(9), likeCount: 1 });
    list.apply({ __typename: 'CommentPraisedInALaterVersion', position: 'c' });
    assert.deepEqual(numbers(list), [1]);
  });

  test('changes nothing that it has handed out', () => {
    const list = listOf(comment(1));
    const before = list.toArray();
    const [first] = before;
    list.apply({ __typename: 'CommentLiked', position: 'a', commentId: id(1), likeCount: 1 });
    list.put(comment(2));
    assert.equal(before.length, 1);
    assert.equal(first.likeCount, 0);
    assert.throws(() => before.push(comment(3)), TypeError);
  });
});

describe('threads', () => {
  const shape = (threads) => threads.map((thread) => [thread.comment.bodyText, shape(thread.replies)]);

  test('keep the order at every level', () => {
    const comments = [
      comment(1),
      comment(2),
      comment(3, undefined, { parentId: id(1) }),
      comment(4, undefined, { parentId: id(3) }),
      comment(5, undefined, { parentId: id(1) }),
    ];
    assert.deepEqual(shape(threadsOf(comments)), [
      [
        'Comment 1',
        [
          ['Comment 3', [['Comment 4', []]]],
          ['Comment 5', []],
        ],
      ],
      ['Comment 2', []],
    ]);
  });

  test('begin with an answer whose comment is not there', () => {
    assert.deepEqual(shape(threadsOf([comment(2, undefined, { parentId: id(1) })])), [['Comment 2', []]]);
  });

  test('hold an answer that is older than what it answers', () => {
    const comments = [comment(2, '2026-03-01T08:00:00Z', { parentId: id(1) }), comment(1, '2026-03-01T09:00:00Z')];
    assert.deepEqual(shape(threadsOf(comments)), [['Comment 1', [['Comment 2', []]]]]);
  });
});
