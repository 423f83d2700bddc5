import { relative } from 'node:path/posix';
import type { NamedTest } from '../../test/faults/matrix/row.ts';

/** Lines of a table. Aligned, one longer cell would change every line. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const [head = [], ...body] = rows;
  const lines = [head, head.map(() => '---'), ...body];
  return [
    '<!-- prettier-ignore -->',
    ...lines.map((cells) => `| ${cells.map(cell).join(' | ')} |`),
  ];
}

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');
}

/** As seen from docs. */
export function fileLink(file: string): string {
  return `[${file.split('/').at(-1)}](${relative('docs', file)})`;
}

export function testLink({ file, name }: NamedTest): string {
  return `${fileLink(file)} › \`${name}\``;
}
