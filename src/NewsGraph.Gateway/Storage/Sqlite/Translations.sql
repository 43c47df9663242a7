-- 000b1fd58bc22e7302e84f3ff067c4a3 (@P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13 C14 C15
SELECT "a"."Id" AS "C0", "a"."CommentCount" AS "C1", "a"."CommentsOpen" AS "C2", "a"."IsProtected" AS "C3", "a"."Language" AS "C4", "a"."ModifiedAt" AS "C5", "a"."PublishedAt" AS "C6", "a"."ReadingMinutes" AS "C7", "a"."Slug" AS "C8", "a"."Status" AS "C9", "a"."Title" AS "C10", "a"."WordCount" AS "C11", "a"."ImageAlt" AS "C12", "a"."ImageHeight" AS "C13", "a"."ImageUrl" AS "C14", "a"."ImageWidth" AS "C15"
FROM "articles" AS "a"
WHERE "a"."Status" = 3
ORDER BY "a"."CommentCount", "a"."ModifiedAt" DESC, "a"."Id" DESC
LIMIT @P0

-- 0122dc68dd3c7bc27437508356de8abf (@P1:1) C0 C1
SELECT "a"."AuthorId" AS "C0", COUNT(*) AS "C1"
FROM "article_authors" AS "a"
INNER JOIN (
    SELECT "a0"."Id"
    FROM "articles" AS "a0"
    WHERE "a0"."Status" = 3
) AS "a1" ON "a"."ArticleId" = "a1"."Id"
WHERE "a"."ListedAt" IS NOT NULL AND "a"."AuthorId" IN (
    SELECT "p"."value"
    FROM json_each(@P1) AS "p"
)
GROUP BY "a"."AuthorId"

-- 03b18dc2bc77b4c581295573b5c45339 (@P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13 C14 C15
SELECT "a"."Id" AS "C0", "a"."CommentCount" AS "C1", "a"."CommentsOpen" AS "C2", "a"."IsProtected" AS "C3", "a"."Language" AS "C4", "a"."ModifiedAt" AS "C5", "a"."PublishedAt" AS "C6", "a"."ReadingMinutes" AS "C7", "a"."Slug" AS "C8", "a"."Status" AS "C9", "a"."Title" AS "C10", "a"."WordCount" AS "C11", "a"."ImageAlt" AS "C12", "a"."ImageHeight" AS "C13", "a"."ImageUrl" AS "C14", "a"."ImageWidth" AS "C15"
FROM "articles" AS "a"
WHERE "a"."Status" = 3
ORDER BY "a"."PublishedAt" DESC, "a"."Id" DESC
LIMIT @P0

-- 048d53b61b3df0be31b4b538c3fa774c (@P0:0 @P1:1) C0 C1
SELECT "a"."Id" AS "C0", (
    SELECT "a0"."ArticleId"
    FROM "article_tags" AS "a0"
    WHERE "a0"."TagId" = @P0 AND "a0"."ListedAt" >= "a"."PublishedAt" AND ("a0"."ListedAt" > "a"."PublishedAt" OR "a0"."ArticleId" > "a"."Id")
    ORDER BY "a0"."ListedAt", "a0"."ArticleId"
    LIMIT 1) AS "C1"
FROM "articles" AS "a"
WHERE "a"."Id" IN (
    SELECT "p"."value"
    FROM json_each(@P1) AS "p"
)

-- 06239cc027eee92688f7ff8b320fac74 (@P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13 C14 C15 C16 C17 C18 C19
SELECT "a"."Id" AS "C0", "a"."Body" AS "C1", "a"."BodyText" AS "C2", "a"."CanonicalUrl" AS "C3", "a"."CommentCount" AS "C4", "a"."CommentsOpen" AS "C5", "a"."IsProtected" AS "C6", "a"."Language" AS "C7", "a"."ModifiedAt" AS "C8", "a"."PublishedAt" AS "C9", "a"."ReadingMinutes" AS "C10", "a"."Slug" AS "C11", "a"."Standfirst" AS "C12", "a"."Status" AS "C13", "a"."Title" AS "C14", "a"."WordCount" AS "C15", "a"."ImageAlt" AS "C16", "a"."ImageHeight" AS "C17", "a"."ImageUrl" AS "C18", "a"."ImageWidth" AS "C19"
FROM "articles" AS "a"
WHERE "a"."Status" = 3 AND "a"."Slug" = @P0

-- 1d6f77ae0a2fd65f850aa23f94709d41 (P1:1 @P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13 C14 C15 C16 C17 C18 C19 C20
SELECT CAST("s"."Value" AS INTEGER) AS "C0", "a"."Id" AS "C1", "a"."Body" AS "C2", "a"."BodyText" AS "C3", "a"."CanonicalUrl" AS "C4", "a"."CommentCount" AS "C5", "a"."CommentsOpen" AS "C6", "a"."IsProtected" AS "C7", "a"."Language" AS "C8", "a"."ModifiedAt" AS "C9", "a"."PublishedAt" AS "C10", "a"."ReadingMinutes" AS "C11", "a"."Slug" AS "C12", "a"."Standfirst" AS "C13", "a"."Status" AS "C14", "a"."Title" AS "C15", "a"."WordCount" AS "C16", "a"."ImageAlt" AS "C17", "a"."ImageHeight" AS "C18", "a"."ImageUrl" AS "C19", "a"."ImageWidth" AS "C20"
FROM (
    SELECT "value" AS "Value" FROM json_each(@P1)
) AS "s"
CROSS JOIN "articles" AS "a"
WHERE "a"."Id" IN (
    SELECT "a0"."ArticleId"
    FROM "article_tags" AS "a0"
    INNER JOIN (
        SELECT "a1"."Id"
        FROM "articles" AS "a1"
        WHERE "a1"."Status" = 3
    ) AS "a2" ON "a0"."ArticleId" = "a2"."Id"
    WHERE "a0"."ListedAt" IS NOT NULL AND "a0"."TagId" = CAST("s"."Value" AS INTEGER)
    ORDER BY "a0"."ListedAt" DESC, "a0"."ArticleId" DESC
    LIMIT @P0
)
ORDER BY "a"."PublishedAt" DESC, "a"."Id" DESC

-- 3a7af72aae74d4dc7527d796112d79d5 (P1:1 @P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13 C14 C15 C16
SELECT CAST("s"."Value" AS INTEGER) AS "C0", "a"."Id" AS "C1", "a"."CommentCount" AS "C2", "a"."CommentsOpen" AS "C3", "a"."IsProtected" AS "C4", "a"."Language" AS "C5", "a"."ModifiedAt" AS "C6", "a"."PublishedAt" AS "C7", "a"."ReadingMinutes" AS "C8", "a"."Slug" AS "C9", "a"."Status" AS "C10", "a"."Title" AS "C11", "a"."WordCount" AS "C12", "a"."ImageAlt" AS "C13", "a"."ImageHeight" AS "C14", "a"."ImageUrl" AS "C15", "a"."ImageWidth" AS "C16"
FROM (
    SELECT "value" AS "Value" FROM json_each(@P1)
) AS "s"
CROSS JOIN "articles" AS "a"
WHERE "a"."Id" IN (
    SELECT "a0"."ArticleId"
    FROM "article_tags" AS "a0"
    INNER JOIN (
        SELECT "a1"."Id", "a1"."Title"
        FROM "articles" AS "a1"
        WHERE "a1"."Status" = 3
    ) AS "a2" ON "a0"."ArticleId" = "a2"."Id"
    WHERE "a0"."ListedAt" IS NOT NULL AND "a0"."TagId" = CAST("s"."Value" AS INTEGER)
    ORDER BY "a2"."Title", "a0"."ArticleId"
    LIMIT @P0
)
ORDER BY "a"."Title", "a"."Id"

-- 40aca6a97624dae5ab4e46bacb6af25c (P1:1 @P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13 C14 C15 C16
SELECT CAST("s"."Value" AS INTEGER) AS "C0", "a"."Id" AS "C1", "a"."CommentCount" AS "C2", "a"."CommentsOpen" AS "C3", "a"."IsProtected" AS "C4", "a"."Language" AS "C5", "a"."ModifiedAt" AS "C6", "a"."PublishedAt" AS "C7", "a"."ReadingMinutes" AS "C8", "a"."Slug" AS "C9", "a"."Status" AS "C10", "a"."Title" AS "C11", "a"."WordCount" AS "C12", "a"."ImageAlt" AS "C13", "a"."ImageHeight" AS "C14", "a"."ImageUrl" AS "C15", "a"."ImageWidth" AS "C16"
FROM (
    SELECT "value" AS "Value" FROM json_each(@P1)
) AS "s"
CROSS JOIN "articles" AS "a"
WHERE "a"."Id" IN (
    SELECT "a0"."ArticleId"
    FROM "article_authors" AS "a0"
    INNER JOIN (
        SELECT "a1"."Id"
        FROM "articles" AS "a1"
        WHERE "a1"."Status" = 3
    ) AS "a2" ON "a0"."ArticleId" = "a2"."Id"
    WHERE "a0"."ListedAt" IS NOT NULL AND "a0"."AuthorId" = CAST("s"."Value" AS INTEGER)
    ORDER BY "a0"."ListedAt" DESC, "a0"."ArticleId" DESC
    LIMIT @P0
)
ORDER BY "a"."PublishedAt" DESC, "a"."Id" DESC

-- 41d7f1bbb1589980e53ecdbbb5302906 (@P0:0) C0 C1 C2 C3 C4
SELECT "t"."Id" AS "C0", "t"."ArticleCount" AS "C1", "t"."Description" AS "C2", "t"."Name" AS "C3", "t"."Slug" AS "C4"
FROM "tags" AS "t"
ORDER BY "t"."Name", "t"."Id"
LIMIT @P0

-- 4586555f0f42b948535c28c00f7a5924 (@P0:0) C0 C1 C2 C3
SELECT "a"."Id" AS "C0", "r"."Basis" AS "C1", "r"."Posts" AS "C2", (
    SELECT COALESCE(SUM("t"."Id" * 4294967296 + "t"."Revision"), 0)
    FROM "article_tags" AS "a0"
    INNER JOIN "tags" AS "t" ON "a0"."TagId" = "t"."Id"
    WHERE "a0"."ArticleId" = "a"."Id") AS "C3"
FROM "articles" AS "a"
LEFT JOIN "related_lists" AS "r" ON "a"."Id" = "r"."ArticleId"
WHERE "a"."Id" IN (
    SELECT "p"."value"
    FROM json_each(@P0) AS "p"
)

-- 473fd83127a5223e27a6705c901f6455 (@P1:1) C0
SELECT (
    SELECT COUNT(*)
    FROM "authors" AS "a0") AS "C0"
FROM "authors" AS "a"
ORDER BY "a"."Id" DESC
LIMIT @P1

-- 4a15dd64a8ec07c4dbd9aad9208dff23 (@P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13 C14 C15 C16 C17 C18 C19
SELECT "a"."Id" AS "C0", "a"."Body" AS "C1", "a"."BodyText" AS "C2", "a"."CanonicalUrl" AS "C3", "a"."CommentCount" AS "C4", "a"."CommentsOpen" AS "C5", "a"."IsProtected" AS "C6", "a"."Language" AS "C7", "a"."ModifiedAt" AS "C8", "a"."PublishedAt" AS "C9", "a"."ReadingMinutes" AS "C10", "a"."Slug" AS "C11", "a"."Standfirst" AS "C12", "a"."Status" AS "C13", "a"."Title" AS "C14", "a"."WordCount" AS "C15", "a"."ImageAlt" AS "C16", "a"."ImageHeight" AS "C17", "a"."ImageUrl" AS "C18", "a"."ImageWidth" AS "C19"
FROM "articles" AS "a"
WHERE "a"."Id" IN (
    SELECT "p"."value"
    FROM json_each(@P0) AS "p"
)

-- 4a22667a4f79ea0479e4e9d84b4349c2 (@P0:0) C0 C1 C2 C3 C4 C5 C6
SELECT "a"."ArticleId" AS "C0", "a"."Position" AS "C1", "a0"."Id" AS "C2", "a0"."Bio" AS "C3", "a0"."ImportKey" AS "C4", "a0"."Name" AS "C5", "a0"."Slug" AS "C6"
FROM "article_authors" AS "a"
INNER JOIN "authors" AS "a0" ON "a"."AuthorId" = "a0"."Id"
WHERE "a"."ArticleId" IN (
    SELECT "p"."value"
    FROM json_each(@P0) AS "p"
)

-- 5134b2f0f0c3e1106f90ff66fcd42eac (@P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10
SELECT "c"."Id" AS "C0", "c"."ArticleId" AS "C1", "c"."AuthorName" AS "C2", "c"."AuthorUrl" AS "C3", "c"."CreatedAt" AS "C4", "c"."Depth" AS "C5", "c"."EditedAt" AS "C6", "c"."LikeCount" AS "C7", "c"."ParentId" AS "C8", "c"."ReplyCount" AS "C9", "c"."Status" AS "C10"
FROM "comments" AS "c"
WHERE "c"."Status" = 0 AND EXISTS (
    SELECT 1
    FROM "articles" AS "a"
    WHERE "a"."Status" = 3 AND NOT ("a"."IsProtected") AND "a"."Id" = "c"."ArticleId") AND "c"."Id" IN (
    SELECT "p"."value"
    FROM json_each(@P0) AS "p"
)

-- 5152e9859f6fd0734d2bbbdd81420262 (@P0:0) C0 C1 C2 C3 C4
SELECT "a"."Id" AS "C0", "a"."Bio" AS "C1", "a"."ImportKey" AS "C2", "a"."Name" AS "C3", "a"."Slug" AS "C4"
FROM "authors" AS "a"
ORDER BY "a"."Name" DESC, "a"."Id" DESC
LIMIT @P0

-- 5561980dc1a2024a54e2fbabfba8d3db (@P1:1 @P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13 C14 C15
SELECT "a1"."Id" AS "C0", "a1"."CommentCount" AS "C1", "a1"."CommentsOpen" AS "C2", "a1"."IsProtected" AS "C3", "a1"."Language" AS "C4", "a1"."ModifiedAt" AS "C5", "a1"."PublishedAt" AS "C6", "a1"."ReadingMinutes" AS "C7", "a1"."Slug" AS "C8", "a1"."Status" AS "C9", "a1"."Title" AS "C10", "a1"."WordCount" AS "C11", "a1"."ImageAlt" AS "C12", "a1"."ImageHeight" AS "C13", "a1"."ImageUrl" AS "C14", "a1"."ImageWidth" AS "C15"
FROM "article_tags" AS "a"
INNER JOIN (
    SELECT "a0"."Id", "a0"."CommentCount", "a0"."CommentsOpen", "a0"."IsProtected", "a0"."Language", "a0"."ModifiedAt", "a0"."PublishedAt", "a0"."ReadingMinutes", "a0"."Slug", "a0"."Status", "a0"."Title", "a0"."WordCount", "a0"."ImageAlt", "a0"."ImageHeight", "a0"."ImageUrl", "a0"."ImageWidth"
    FROM "articles" AS "a0"
    WHERE "a0"."Status" = 3
) AS "a1" ON "a"."ArticleId" = "a1"."Id"
WHERE "a"."ListedAt" IS NOT NULL AND "a"."TagId" = @P1
ORDER BY "a"."ListedAt" DESC, "a"."ArticleId" DESC
LIMIT @P0

-- 5705add63eaa318627efbc772a242f87 (@P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13 C14 C15 C16 C17 C18
SELECT "a"."Id" AS "C0", "a"."BodyText" AS "C1", "a"."CanonicalUrl" AS "C2", "a"."CommentCount" AS "C3", "a"."CommentsOpen" AS "C4", "a"."IsProtected" AS "C5", "a"."Language" AS "C6", "a"."ModifiedAt" AS "C7", "a"."PublishedAt" AS "C8", "a"."ReadingMinutes" AS "C9", "a"."Slug" AS "C10", "a"."Standfirst" AS "C11", "a"."Status" AS "C12", "a"."Title" AS "C13", "a"."WordCount" AS "C14", "a"."ImageAlt" AS "C15", "a"."ImageHeight" AS "C16", "a"."ImageUrl" AS "C17", "a"."ImageWidth" AS "C18"
FROM "articles" AS "a"
WHERE "a"."Status" = 3
ORDER BY "a"."Title", "a"."Id"
LIMIT @P0

-- 5ee98325727b252d541c6b7c431eacac (P1:1 @P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13
SELECT CAST("s"."Value" AS INTEGER) AS "C0", "c"."Id" AS "C1", "c"."ArticleId" AS "C2", "c"."AuthorName" AS "C3", "c"."AuthorUrl" AS "C4", "c"."Body" AS "C5", "c"."BodyText" AS "C6", "c"."CreatedAt" AS "C7", "c"."Depth" AS "C8", "c"."EditedAt" AS "C9", "c"."LikeCount" AS "C10", "c"."ParentId" AS "C11", "c"."ReplyCount" AS "C12", "c"."Status" AS "C13"
FROM (
    SELECT "value" AS "Value" FROM json_each(@P1)
) AS "s"
CROSS JOIN "comments" AS "c"
WHERE "c"."Id" IN (
    SELECT "c0"."Id"
    FROM "comments" AS "c0"
    WHERE "c0"."Status" = 0 AND "c0"."ArticleId" = CAST("s"."Value" AS INTEGER)
    ORDER BY "c0"."CreatedAt" DESC, "c0"."Id" DESC
    LIMIT @P0
)
ORDER BY "c"."CreatedAt" DESC, "c"."Id" DESC

-- 61f3c68a034b9a64c54c3d852e29cd55 (@P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13 C14 C15 C16
SELECT "a"."Id" AS "C0", "a"."CommentCount" AS "C1", "a"."CommentsOpen" AS "C2", "a"."IsProtected" AS "C3", "a"."Language" AS "C4", "a"."ModifiedAt" AS "C5", "a"."PublishedAt" AS "C6", "a"."ReadingMinutes" AS "C7", "a"."Slug" AS "C8", "a"."Status" AS "C9", "a"."ThreadCount" AS "C10", "a"."Title" AS "C11", "a"."WordCount" AS "C12", "a"."ImageAlt" AS "C13", "a"."ImageHeight" AS "C14", "a"."ImageUrl" AS "C15", "a"."ImageWidth" AS "C16"
FROM "articles" AS "a"
WHERE "a"."Status" = 3 AND "a"."Slug" = @P0

-- 6576d22e1a8527026a3e59d8b850b356 (@P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13 C14 C15 C16
SELECT "a"."Id" AS "C0", "a"."CommentCount" AS "C1", "a"."CommentsOpen" AS "C2", "a"."IsProtected" AS "C3", "a"."Language" AS "C4", "a"."ModifiedAt" AS "C5", "a"."PublishedAt" AS "C6", "a"."ReadingMinutes" AS "C7", "a"."Slug" AS "C8", "a"."Standfirst" AS "C9", "a"."Status" AS "C10", "a"."Title" AS "C11", "a"."WordCount" AS "C12", "a"."ImageAlt" AS "C13", "a"."ImageHeight" AS "C14", "a"."ImageUrl" AS "C15", "a"."ImageWidth" AS "C16"
FROM "articles" AS "a"
WHERE "a"."Status" = 3
ORDER BY "a"."PublishedAt" DESC, "a"."Id" DESC
LIMIT @P0

-- 754d77debe8f3fda46a87fc889cec8c5 (@P1:1 @P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13 C14 C15
SELECT "a1"."Id" AS "C0", "a1"."CommentCount" AS "C1", "a1"."CommentsOpen" AS "C2", "a1"."IsProtected" AS "C3", "a1"."Language" AS "C4", "a1"."ModifiedAt" AS "C5", "a1"."PublishedAt" AS "C6", "a1"."ReadingMinutes" AS "C7", "a1"."Slug" AS "C8", "a1"."Status" AS "C9", "a1"."Title" AS "C10", "a1"."WordCount" AS "C11", "a1"."ImageAlt" AS "C12", "a1"."ImageHeight" AS "C13", "a1"."ImageUrl" AS "C14", "a1"."ImageWidth" AS "C15"
FROM "article_authors" AS "a"
INNER JOIN (
    SELECT "a0"."Id", "a0"."CommentCount", "a0"."CommentsOpen", "a0"."IsProtected", "a0"."Language", "a0"."ModifiedAt", "a0"."PublishedAt", "a0"."ReadingMinutes", "a0"."Slug", "a0"."Status", "a0"."Title", "a0"."WordCount", "a0"."ImageAlt", "a0"."ImageHeight", "a0"."ImageUrl", "a0"."ImageWidth"
    FROM "articles" AS "a0"
    WHERE "a0"."Status" = 3
) AS "a1" ON "a"."ArticleId" = "a1"."Id"
WHERE "a"."ListedAt" IS NOT NULL AND "a"."AuthorId" = @P1
ORDER BY "a"."ListedAt" DESC, "a"."ArticleId" DESC
LIMIT @P0

-- 790a4750b88555cb50c24e151a3a0703 (@P1:1) C0 C1
SELECT "c"."ArticleId" AS "C0", COUNT(*) AS "C1"
FROM "comments" AS "c"
WHERE "c"."Status" = 0 AND ("c"."ParentId" IS NULL OR NOT EXISTS (
    SELECT 1
    FROM "comments" AS "c0"
    WHERE "c0"."Status" = 0 AND "c0"."Id" = "c"."ParentId")) AND "c"."ArticleId" = @P1
GROUP BY "c"."ArticleId"

-- 7bb3b44af6c7a720aec816d14b5150f4 (@P1:1) C0 C1
SELECT "a"."AuthorId" AS "C0", COUNT(*) AS "C1"
FROM "article_authors" AS "a"
INNER JOIN (
    SELECT "a0"."Id"
    FROM "articles" AS "a0"
    WHERE "a0"."Status" = 3
) AS "a1" ON "a"."ArticleId" = "a1"."Id"
WHERE "a"."ListedAt" IS NOT NULL AND "a"."AuthorId" = @P1
GROUP BY "a"."AuthorId"

-- 8026840f12441168aab179f8904e5968 (@P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13 C14 C15 C16
SELECT "a"."Id" AS "C0", "a"."CommentCount" AS "C1", "a"."CommentsOpen" AS "C2", "a"."IsProtected" AS "C3", "a"."Language" AS "C4", "a"."ModifiedAt" AS "C5", "a"."PublishedAt" AS "C6", "a"."ReadingMinutes" AS "C7", "a"."Slug" AS "C8", "a"."Status" AS "C9", "a"."ThreadCount" AS "C10", "a"."Title" AS "C11", "a"."WordCount" AS "C12", "a"."ImageAlt" AS "C13", "a"."ImageHeight" AS "C14", "a"."ImageUrl" AS "C15", "a"."ImageWidth" AS "C16"
FROM "articles" AS "a"
WHERE "a"."Status" = 3
ORDER BY "a"."PublishedAt" DESC, "a"."Id" DESC
LIMIT @P0

-- 8bb2bc94ff807ebf4099b5fb8a9e2ad4 (@P1:1 @P0:0 @P2:2) C0 C1 C2
SELECT "u"."TagId" AS "C0", "u"."ArticleId" AS "C1", "u"."ListedAt" AS "C2"
FROM (
    SELECT "s"."ArticleId", "s"."TagId", "s"."ListedAt"
    FROM (
        SELECT "a"."ArticleId", "a"."TagId", "a"."ListedAt"
        FROM "article_tags" AS "a"
        INNER JOIN (
            SELECT "a0"."Id"
            FROM "articles" AS "a0"
            WHERE "a0"."Status" = 3
        ) AS "a1" ON "a"."ArticleId" = "a1"."Id"
        WHERE "a"."TagId" = @P1 AND "a"."ListedAt" IS NOT NULL
        ORDER BY "a"."ListedAt" DESC, "a"."ArticleId" DESC
        LIMIT @P0
    ) AS "s"
    UNION ALL
    SELECT "s0"."ArticleId", "s0"."TagId", "s0"."ListedAt"
    FROM (
        SELECT "a2"."ArticleId", "a2"."TagId", "a2"."ListedAt"
        FROM "article_tags" AS "a2"
        INNER JOIN (
            SELECT "a3"."Id"
            FROM "articles" AS "a3"
            WHERE "a3"."Status" = 3
        ) AS "a4" ON "a2"."ArticleId" = "a4"."Id"
        WHERE "a2"."TagId" = @P2 AND "a2"."ListedAt" IS NOT NULL
        ORDER BY "a2"."ListedAt" DESC, "a2"."ArticleId" DESC
        LIMIT @P0
    ) AS "s0"
) AS "u"

-- 8c16c7f6c895ab999e45b8efa21a15ce (@P1:1) C0 C1
SELECT "c"."ArticleId" AS "C0", COUNT(*) AS "C1"
FROM "comments" AS "c"
WHERE "c"."Status" = 0 AND "c"."ArticleId" = @P1
GROUP BY "c"."ArticleId"

-- 8d5508fdb3765bec88861c4a6331a2c7 (@P0:0) C0 C1 C2 C3 C4
SELECT "a"."Id" AS "C0", "a"."Bio" AS "C1", "a"."ImportKey" AS "C2", "a"."Name" AS "C3", "a"."Slug" AS "C4"
FROM "authors" AS "a"
WHERE "a"."Slug" = @P0

-- 96de469fb54aeaf5e4cdca1d16e58fe0 (@P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13 C14 C15
SELECT "a"."Id" AS "C0", "a"."CommentCount" AS "C1", "a"."CommentsOpen" AS "C2", "a"."IsProtected" AS "C3", "a"."Language" AS "C4", "a"."ModifiedAt" AS "C5", "a"."PublishedAt" AS "C6", "a"."ReadingMinutes" AS "C7", "a"."Slug" AS "C8", "a"."Status" AS "C9", "a"."Title" AS "C10", "a"."WordCount" AS "C11", "a"."ImageAlt" AS "C12", "a"."ImageHeight" AS "C13", "a"."ImageUrl" AS "C14", "a"."ImageWidth" AS "C15"
FROM "articles" AS "a"
WHERE "a"."Status" = 3 AND "a"."Slug" = @P0

-- 9adaa41c189bbeca9ca78b14929dd591 (@P1:1 @P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10
SELECT "c"."Id" AS "C0", "c"."ArticleId" AS "C1", "c"."AuthorName" AS "C2", "c"."BodyText" AS "C3", "c"."CreatedAt" AS "C4", "c"."Depth" AS "C5", "c"."EditedAt" AS "C6", "c"."LikeCount" AS "C7", "c"."ParentId" AS "C8", "c"."ReplyCount" AS "C9", "c"."Status" AS "C10"
FROM "comments" AS "c"
WHERE "c"."Status" = 0 AND ("c"."ParentId" IS NULL OR NOT EXISTS (
    SELECT 1
    FROM "comments" AS "c0"
    WHERE "c0"."Status" = 0 AND "c0"."Id" = "c"."ParentId")) AND "c"."ArticleId" = @P1
ORDER BY "c"."CreatedAt", "c"."Id"
LIMIT @P0

-- 9bd60c9b258e6cff123ee99c4b4200ed (@P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13 C14 C15 C16 C17 C18 C19
SELECT "a"."Id" AS "C0", "a"."Body" AS "C1", "a"."BodyText" AS "C2", "a"."CanonicalUrl" AS "C3", "a"."CommentCount" AS "C4", "a"."CommentsOpen" AS "C5", "a"."IsProtected" AS "C6", "a"."Language" AS "C7", "a"."ModifiedAt" AS "C8", "a"."PublishedAt" AS "C9", "a"."ReadingMinutes" AS "C10", "a"."Slug" AS "C11", "a"."Standfirst" AS "C12", "a"."Status" AS "C13", "a"."Title" AS "C14", "a"."WordCount" AS "C15", "a"."ImageAlt" AS "C16", "a"."ImageHeight" AS "C17", "a"."ImageUrl" AS "C18", "a"."ImageWidth" AS "C19"
FROM "articles" AS "a"
WHERE "a"."Status" = 3
ORDER BY "a"."PublishedAt" DESC, "a"."Id" DESC
LIMIT @P0

-- 9d1499ed793bab10783b57c6c1535ed6 (@P0:0 @P1:1) C0 C1
SELECT "a"."Id" AS "C0", (
    SELECT "a0"."ArticleId"
    FROM "article_tags" AS "a0"
    WHERE "a0"."TagId" = @P0 AND "a0"."ListedAt" <= "a"."PublishedAt" AND ("a0"."ListedAt" < "a"."PublishedAt" OR "a0"."ArticleId" < "a"."Id")
    ORDER BY "a0"."ListedAt" DESC, "a0"."ArticleId" DESC
    LIMIT 1) AS "C1"
FROM "articles" AS "a"
WHERE "a"."Id" IN (
    SELECT "p"."value"
    FROM json_each(@P1) AS "p"
)

-- 9d316544b9d907ca5c272640b085b0f9 (@P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13 C14 C15 C16 C17
SELECT "a"."Id" AS "C0", "a"."Body" AS "C1", "a"."CommentCount" AS "C2", "a"."CommentsOpen" AS "C3", "a"."IsProtected" AS "C4", "a"."Language" AS "C5", "a"."ModifiedAt" AS "C6", "a"."PublishedAt" AS "C7", "a"."ReadingMinutes" AS "C8", "a"."Slug" AS "C9", "a"."Standfirst" AS "C10", "a"."Status" AS "C11", "a"."Title" AS "C12", "a"."WordCount" AS "C13", "a"."ImageAlt" AS "C14", "a"."ImageHeight" AS "C15", "a"."ImageUrl" AS "C16", "a"."ImageWidth" AS "C17"
FROM "articles" AS "a"
WHERE "a"."Status" = 3 AND "a"."Slug" = @P0

-- 9e49bb7dd194886898f4785b30fa8ae0 (P1:1 @P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12
SELECT CAST("s"."Value" AS INTEGER) AS "C0", "c"."Id" AS "C1", "c"."ArticleId" AS "C2", "c"."AuthorName" AS "C3", "c"."AuthorUrl" AS "C4", "c"."BodyText" AS "C5", "c"."CreatedAt" AS "C6", "c"."Depth" AS "C7", "c"."EditedAt" AS "C8", "c"."LikeCount" AS "C9", "c"."ParentId" AS "C10", "c"."ReplyCount" AS "C11", "c"."Status" AS "C12"
FROM (
    SELECT "value" AS "Value" FROM json_each(@P1)
) AS "s"
CROSS JOIN "comments" AS "c"
WHERE "c"."Id" IN (
    SELECT "c0"."Id"
    FROM "comments" AS "c0"
    WHERE "c0"."Status" = 0 AND ("c0"."ParentId" IS NULL OR NOT EXISTS (
        SELECT 1
        FROM "comments" AS "c1"
        WHERE "c1"."Status" = 0 AND "c1"."Id" = "c0"."ParentId")) AND "c0"."ArticleId" = CAST("s"."Value" AS INTEGER)
    ORDER BY "c0"."CreatedAt", "c0"."Id"
    LIMIT @P0
)
ORDER BY "c"."CreatedAt", "c"."Id"

-- ba1279401034aee2513b2177d731b383 (@P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13 C14 C15
SELECT "a"."Id" AS "C0", "a"."CommentCount" AS "C1", "a"."CommentsOpen" AS "C2", "a"."IsProtected" AS "C3", "a"."Language" AS "C4", "a"."ModifiedAt" AS "C5", "a"."PublishedAt" AS "C6", "a"."ReadingMinutes" AS "C7", "a"."Slug" AS "C8", "a"."Status" AS "C9", "a"."Title" AS "C10", "a"."WordCount" AS "C11", "a"."ImageAlt" AS "C12", "a"."ImageHeight" AS "C13", "a"."ImageUrl" AS "C14", "a"."ImageWidth" AS "C15"
FROM "articles" AS "a"
WHERE "a"."Id" IN (
    SELECT "p"."value"
    FROM json_each(@P0) AS "p"
)

-- c3a02ec30f3560742cebd6c52ae20996 (@P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13 C14 C15 C16 C17 C18
SELECT "a"."Id" AS "C0", "a"."BodyText" AS "C1", "a"."CanonicalUrl" AS "C2", "a"."CommentCount" AS "C3", "a"."CommentsOpen" AS "C4", "a"."IsProtected" AS "C5", "a"."Language" AS "C6", "a"."ModifiedAt" AS "C7", "a"."PublishedAt" AS "C8", "a"."ReadingMinutes" AS "C9", "a"."Slug" AS "C10", "a"."Standfirst" AS "C11", "a"."Status" AS "C12", "a"."Title" AS "C13", "a"."WordCount" AS "C14", "a"."ImageAlt" AS "C15", "a"."ImageHeight" AS "C16", "a"."ImageUrl" AS "C17", "a"."ImageWidth" AS "C18"
FROM "articles" AS "a"
WHERE "a"."Status" = 3 AND "a"."CanonicalUrl" = @P0
ORDER BY "a"."Id" DESC

-- dd706953f9cddf258e00135fd34fc60c (@P1:1 @P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10
SELECT "c"."Id" AS "C0", "c"."ArticleId" AS "C1", "c"."AuthorName" AS "C2", "c"."BodyText" AS "C3", "c"."CreatedAt" AS "C4", "c"."Depth" AS "C5", "c"."EditedAt" AS "C6", "c"."LikeCount" AS "C7", "c"."ParentId" AS "C8", "c"."ReplyCount" AS "C9", "c"."Status" AS "C10"
FROM "comments" AS "c"
WHERE "c"."Status" = 0 AND "c"."ParentId" IS NOT NULL AND "c"."ParentId" = @P1
ORDER BY "c"."CreatedAt", "c"."Id"
LIMIT @P0

-- dff538250f5b52c2ad1b68c5b780d306 (P1:1 @P0:0) C0 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12
SELECT CAST("s"."Value" AS INTEGER) AS "C0", "c"."Id" AS "C1", "c"."ArticleId" AS "C2", "c"."AuthorName" AS "C3", "c"."AuthorUrl" AS "C4", "c"."Body" AS "C5", "c"."CreatedAt" AS "C6", "c"."Depth" AS "C7", "c"."EditedAt" AS "C8", "c"."LikeCount" AS "C9", "c"."ParentId" AS "C10", "c"."ReplyCount" AS "C11", "c"."Status" AS "C12"
FROM (
    SELECT "value" AS "Value" FROM json_each(@P1)
) AS "s"
CROSS JOIN "comments" AS "c"
WHERE "c"."Id" IN (
    SELECT "c0"."Id"
    FROM "comments" AS "c0"
    WHERE "c0"."Status" = 0 AND "c0"."ParentId" IS NOT NULL AND "c0"."ParentId" = CAST("s"."Value" AS INTEGER)
    ORDER BY "c0"."CreatedAt", "c0"."Id"
    LIMIT @P0
)
ORDER BY "c"."CreatedAt", "c"."Id"

-- e4c2fe386171604f9b2a42a8264f5c74 (@P0:0) C0 C1 C2 C3 C4 C5 C6
SELECT "a"."ArticleId" AS "C0", "a"."Position" AS "C1", "t"."Id" AS "C2", "t"."ArticleCount" AS "C3", "t"."Description" AS "C4", "t"."Name" AS "C5", "t"."Slug" AS "C6"
FROM "article_tags" AS "a"
INNER JOIN "tags" AS "t" ON "a"."TagId" = "t"."Id"
WHERE "a"."ArticleId" IN (
    SELECT "p"."value"
    FROM json_each(@P0) AS "p"
)

-- ee51a5aae37b90d48ca856fadb25ac87 (@P0:0) C0 C1 C2 C3 C4
SELECT "t"."Id" AS "C0", "t"."ArticleCount" AS "C1", "t"."Description" AS "C2", "t"."Name" AS "C3", "t"."Slug" AS "C4"
FROM "tags" AS "t"
WHERE "t"."Slug" = @P0

-- fd36e392c5010046f45846a0115c88e4 (@P0:0) C0 C1 C2 C3 C4
SELECT "a"."ArticleId" AS "C0", "t"."Id" AS "C1", "t"."Name" AS "C2", "t"."ArticleCount" AS "C3", "t"."Revision" AS "C4"
FROM "article_tags" AS "a"
INNER JOIN "tags" AS "t" ON "a"."TagId" = "t"."Id"
WHERE "a"."ArticleId" IN (
    SELECT "p"."value"
    FROM json_each(@P0) AS "p"
)

-- ffbe718a5f0b27a9922194d49dd8adb1 (@P1:1) C0
SELECT "a"."PublicCount" AS "C0"
FROM "article_totals" AS "a"
ORDER BY "a"."Id"
LIMIT @P1
