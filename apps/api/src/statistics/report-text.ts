import type { ReportBlock } from './report-document.ts';

/** Of a report, as one line break and other controls must not reach into what is around them. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;
/** What Markdown reads as more than text, wherever it stands. */
const MARKDOWN = /[\\`*_{}[\]<>|~&#!$^=]/g;
/** What many readers of Markdown make a link of by themselves. */
const BARE_LINK = /(?<=\b(?:https?|ftp|mailto|xmpp|rtmps?)):|(?<=\bwww)\.|@/gi;

/** As Markdown, GitHub's tables included. Every text of the report stands for itself alone. */
export function reportAsMarkdown(blocks: readonly ReportBlock[]): string {
  return `${blocks.map(markdownOf).join('\n\n')}\n`;
}

function markdownOf(block: ReportBlock): string {
  switch (block.kind) {
    case 'title':
      return `# ${escapeMarkdown(block.text)}`;
    case 'heading':
      return `## ${escapeMarkdown(block.text)}`;
    case 'paragraph':
      return escapeMarkdown(block.text);
    case 'table': {
      const line = (cells: readonly string[]): string =>
        `| ${cells.map(escapeMarkdown).join(' | ')} |`;
      const rule = `| ${block.head.map(() => '---').join(' | ')} |`;
      return [line(block.head), rule, ...block.rows.map(line)].join('\n');
    }
  }
}

export function escapeMarkdown(text: string): string {
  const escaped = text.replaceAll(CONTROLS, ' ').replaceAll(MARKDOWN, String.raw`\$&`);
  // Entities, not backslashes: links are found before escapes are.
  return escaped.replaceAll(BARE_LINK, (found) => `&#${found.charCodeAt(0)};`);
}

/** As a page of its own, without a script, a style or a link. */
export function reportAsHtml(blocks: readonly ReportBlock[]): string {
  const title = blocks.find(({ kind }) => kind === 'title');
  const name = title !== undefined && 'text' in title ? title.text : '';
  return [
    '<!doctype html>',
    '<html lang="en">',
    `<head><meta charset="utf-8"><title>${escapeHtml(name)}</title></head>`,
    '<body>',
    ...blocks.map(htmlOf),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function htmlOf(block: ReportBlock): string {
  switch (block.kind) {
    case 'title':
      return `<h1>${escapeHtml(block.text)}</h1>`;
    case 'heading':
      return `<h2>${escapeHtml(block.text)}</h2>`;
    case 'paragraph':
      return `<p>${escapeHtml(block.text)}</p>`;
    case 'table': {
      const row = (name: 'td' | 'th', cells: readonly string[]): string =>
        `<tr>${cells.map((cell) => `<${name}>${escapeHtml(cell)}</${name}>`).join('')}</tr>`;
      return [
        '<table border="1">',
        `<thead>${row('th', block.head)}</thead>`,
        '<tbody>',
        ...block.rows.map((cells) => row('td', cells)),
        '</tbody>',
        '</table>',
      ].join('\n');
    }
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text
    .replaceAll(CONTROLS, ' ')
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
