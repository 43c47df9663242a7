// The operations of this package. `$after` of a subscription is a position, `$after` of a page a cursor.

const comment = /* GraphQL */ `
  fragment LiveComment on Comment {
    id
    parent {
      id
    }
    depth
    authorName
    authorUrl
    body
    bodyText
    createdAt
    editedAt
    likeCount
  }
`;

const reset = /* GraphQL */ `
  fragment LiveReset on FeedReset {
    position
    reason
  }
`;

export const commentsPage = /* GraphQL */ `
  query LiveComments($articleId: ID!, $first: Int!, $after: String) {
    node(id: $articleId) {
      ... on Article {
        commentCount
        commentsOpen
        comments(first: $first, after: $after, threading: FLAT) {
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            ...LiveComment
          }
        }
      }
    }
  }
  ${comment}
`;

export const commentPosition = /* GraphQL */ `
  query LiveCommentPosition($articleId: ID!) {
    commentFeed(articleId: $articleId) {
      position
    }
  }
`;

export const commentFeed = /* GraphQL */ `
  subscription LiveCommentFeed($articleId: ID!, $after: String) {
    onCommentFeed(articleId: $articleId, after: $after) {
      __typename
      position
      ... on CommentAdded {
        commentCount
        comment {
          ...LiveComment
        }
      }
      ... on CommentEdited {
        comment {
          ...LiveComment
        }
      }
      ... on CommentRemoved {
        commentId
        commentCount
      }
      ... on CommentLiked {
        commentId
        likeCount
      }
      ...LiveReset
    }
  }
  ${comment}
  ${reset}
`;

export const articleFeed = /* GraphQL */ `
  subscription LiveArticles($tags: [String!], $after: String) {
    onArticlePublished(tags: $tags, after: $after) {
      __typename
      position
      ... on ArticlePublished {
        article {
          ...LiveArticle
        }
      }
      ... on ArticleUpdated {
        article {
          ...LiveArticle
        }
      }
      ... on ArticleWithdrawn {
        articleId
        withdrawnReason: reason
      }
      ...LiveReset
    }
  }
  fragment LiveArticle on Article {
    id
    slug
    title
    standfirst
    publishedAt
    modifiedAt
    commentCount
  }
  ${reset}
`;

export const countsFeed = /* GraphQL */ `
  subscription LiveCounts($articleIds: [ID!]!) {
    onCommentCountsChanged(articleIds: $articleIds) {
      counts {
        articleId
        commentCount
      }
    }
  }
`;
