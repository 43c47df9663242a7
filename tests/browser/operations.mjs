// The operations that both client libraries send: a page of a connection, and a mutation with typed errors.
import { randomUUID } from 'node:crypto';

export const frontPage = /* GraphQL */ `
  query FrontPage($first: Int!, $after: String) {
    articles(first: $first, after: $after, order: [{ publishedAt: DESC }]) {
      totalCount
      nodes {
        id
        title
        tags {
          name
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

export const addComment = /* GraphQL */ `
  mutation AddComment($input: AddCommentInput!) {
    addComment(input: $input) {
      comment {
        id
        authorName
        bodyText
      }
      errors {
        __typename
        ... on Error {
          message
        }
      }
    }
  }
`;

export function commentInput(articleId, changes = {}) {
  return {
    articleId,
    authorName: 'Reader',
    authorEmail: 'reader@example.org',
    body: `A comment of its own: ${randomUUID()}`,
    clientKey: randomUUID(),
    ...changes,
  };
}
