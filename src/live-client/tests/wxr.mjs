// Writes small WordPress exports and imports them beside a running gateway: the way to change what has no mutation.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gatewayAssembly } from '../../../tests/browser/gateway.mjs';

const run = promisify(execFile);

/** Imports articles as WordPress would export them: `{ id, title, tag, open, status, comments: [{ id, text, parent, approved }] }`. */
export async function importArticles(directory, ...articles) {
  const file = path.join(directory, 'export.xml');
  await writeFile(file, exportOf(articles));
  await run('dotnet', [gatewayAssembly(), 'import', file, `--Storage:Directory=${directory}`], { timeout: 60_000 });
}

function exportOf(articles) {
  return `<?xml version="1.0" encoding="UTF-8"?>
    <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:wp="http://wordpress.org/export/1.2/">
    <channel><title>Live</title><wp:base_blog_url>https://live.example</wp:base_blog_url>
    ${articles.map(item).join('\n')}
    </channel></rss>`;
}

function item({ id, title, tag, open = true, status = 'publish', comments = [] }) {
  const category = tag ? `<category domain="post_tag" nicename="${tag}"><![CDATA[${tag}]]></category>` : '';
  return `<item><title>${title}</title><link>https://live.example/${id}</link><guid>https://live.example/?p=${id}</guid>
    <content:encoded><![CDATA[<p>Text of ${title}.</p>]]></content:encoded><wp:post_id>${id}</wp:post_id>
    <wp:post_date_gmt>2026-10-01 08:00:00</wp:post_date_gmt><wp:post_name>live-${id}</wp:post_name>
    <wp:comment_status>${open ? 'open' : 'closed'}</wp:comment_status><wp:status>${status}</wp:status>
    <wp:post_type>post</wp:post_type>${category}${comments.map(comment).join('')}</item>`;
}

function comment({ id, text, parent = 0, approved = '1' }) {
  return `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_parent>${parent}</wp:comment_parent>
    <wp:comment_author>Bo</wp:comment_author><wp:comment_author_email>bo@example.org</wp:comment_author_email>
    <wp:comment_date_gmt>2026-10-01 09:00:00</wp:comment_date_gmt><wp:comment_content><![CDATA[${text}]]></wp:comment_content>
    <wp:comment_approved>${approved}</wp:comment_approved></wp:comment>`;
}
