import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import type { SourceFile } from './tree.ts';

const fileLinesMax = 400;
const functionLinesMax = 70;
const lineCharactersMax = 100;
const indexLinesMax = 40;

/** Looks at one file among all and gives a sentence for each fault. */
export type Rule = (file: SourceFile, all: readonly SourceFile[]) => string[];

const isCode = (path: string): boolean => /\.(?:ts|tsx|mts|mjs)$/.test(path);
const isTest = (path: string): boolean =>
  /\.(?:spec|conformance|fixture)\.tsx?$|^(?:test|libs\/testing)\//.test(path);
const isMarkdown = (path: string): boolean => path.endsWith('.md');
const linesOf = (text: string): string[] => text.replace(/\n$/, '').split('\n');

function faultsByLine(file: SourceFile, fault: (line: string) => string | undefined): string[] {
  return linesOf(file.text).flatMap((line, index) => {
    const sentence = fault(line);
    return sentence === undefined ? [] : [`${file.path}:${index + 1} ${sentence}`];
  });
}

/** A file is read in one sitting. */
export const shortFiles: Rule = (file) => {
  const count = linesOf(file.text).length;
  if (isMarkdown(file.path) || count <= fileLinesMax) return [];
  return [`${file.path} has ${count} lines; cut it in two below ${fileLinesMax}`];
};

/** A function is seen whole on one screen. A suite's `describe` is no function in this sense. */
export const shortFunctions: Rule = (file) => {
  if (!isCode(file.path) || isTest(file.path)) return [];
  const kind = file.path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true, kind);
  const lineAt = (position: number): number =>
    source.getLineAndCharacterOfPosition(position).line + 1;
  const faults: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) {
      const start = lineAt(node.getStart(source));
      const count = lineAt(node.getEnd()) - start + 1;
      if (count > functionLinesMax) {
        faults.push(
          `${file.path}:${start} function of ${count} lines; at most ${functionLinesMax}`,
        );
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return faults;
};

/** Two files stand side by side. A line that is one long link or import cannot be broken. */
export const shortLines: Rule = (file) => {
  if (isMarkdown(file.path)) return [];
  return faultsByLine(file, (line) => {
    const unbreakable = /^import .* from |https?:\/\//.test(line);
    if (line.length <= lineCharactersMax || unbreakable) return undefined;
    return `has ${line.length} characters; at most ${lineCharactersMax}`;
  });
};

/** What is to be done stands in an issue, where it is seen. */
export const noReminders: Rule = (file) => {
  if (!isCode(file.path) || file.path.startsWith('tools/tidy')) return [];
  return faultsByLine(file, (line) =>
    /\b(?:TODO|FIXME|XXX)\b/.test(line) ? 'holds a reminder; open an issue instead' : undefined,
  );
};

/** A suite that skips or narrows itself proves less than it seems to. */
export const noNarrowedTests: Rule = (file) => {
  if (!isTest(file.path) || file.path.startsWith('tools/tidy')) return [];
  return faultsByLine(file, (line) =>
    /\b(?:describe|it|test)\.(?:only|skip|todo)\b/.test(line)
      ? 'narrows its suite; run every case or delete it'
      : undefined,
  );
};

const portFor: ReadonlyArray<readonly [call: RegExp, port: string]> = [
  [/\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b/, 'Clock'],
  [/\bset(?:Timeout|Interval|Immediate)\b/, 'Timers'],
  [/\bMath\.random\b|\brandom(?:Bytes|Int|UUID)\b/, 'Random'],
];

/** Time and chance are parameters of wire and engine, so that a run can be repeated from a seed. */
export const timeAndChanceAreParameters: Rule = (file) => {
  const pure = /^libs\/(?:amf|flv|rtmp|still|ring|media|relay-core)\/src\//.test(file.path);
  if (!pure || isTest(file.path)) return [];
  return faultsByLine(file, (line) => {
    if (/^\s*(?:\*|\/\/|\/\*)/.test(line)) return undefined;
    const port = portFor.find(([call]) => call.test(line))?.[1];
    return port && `reaches for the machine's own; take kernel's ${port} as a parameter`;
  });
};

/** A room's index says what the room is, and lists its names one by one. */
export const roomsIntroduceThemselves: Rule = (file) => {
  if (!/^libs\/[^/]+\/src\/index\.ts$/.test(file.path)) return [];
  const count = linesOf(file.text).length;
  const faults: string[] = [];
  if (!file.text.startsWith('/**')) faults.push('does not start by saying what the room is');
  if (count > indexLinesMax) faults.push(`has ${count} lines; at most ${indexLinesMax}`);
  if (/^export \*/m.test(file.text)) faults.push('re-exports everything; name what is public');
  return faults.map((fault) => `${file.path} ${fault}`);
};

const drawer =
  /(?:^|\/)(?:utils?|helpers?|common|misc|managers?)(?:\.|\/|$)|[.-](?:utils?|helpers?)\./;

/** A name that fits everything says nothing. */
export const noDrawers: Rule = (file) =>
  drawer.test(file.path) ? [`${file.path} is a drawer; name the file for what is in it`] : [];

/** Parts of the API that may look past the workspace of a request, and why each may. */
const ABOVE_WORKSPACES: ReadonlySet<string> = new Set([
  // Finding out who asks.
  ...['auth', 'invitations', 'password-resets'],
  // What is above every workspace, for those who are.
  ...['users', 'workspaces', 'quotas'],
  // What is kept by caller, or by workspace without being read.
  ...['audit', 'idempotency'],
  'broadcasts/operator-actions.interceptor.ts',
  // Connections, not rows.
  ...['infrastructure', 'health'],
]);

/** A route asks for the workspace of its request; who asks for all of them stands in the list. */
export const routesStayInTheirWorkspace: Rule = (file) => {
  const [, place] = /^apps\/api\/src\/(.+)$/.exec(file.path) ?? [];
  if (place === undefined || isTest(file.path)) return [];
  if (ABOVE_WORKSPACES.has(place) || ABOVE_WORKSPACES.has(place.split('/')[0] ?? '')) return [];
  return faultsByLine(file, (line) =>
    /\bdatabase\.system\b|@Inject\(Database\)/.test(line)
      ? 'looks past the workspace of its request; ask for @CurrentWorkspace()'
      : undefined,
  );
};

/** Decisions are numbered from 0001 without a gap, so that none is lost. */
export const decisionsAreNumbered: Rule = (file, all) => {
  const numberOf = (path: string): number | undefined => {
    const digits = /^docs\/adr\/(\d{4})-[a-z0-9-]+\.md$/.exec(path)?.[1];
    return digits === undefined ? undefined : Number.parseInt(digits, 10);
  };
  if (!file.path.startsWith('docs/adr/')) return [];
  const own = numberOf(file.path);
  if (own === undefined) return [`${file.path} is not named NNNN-noun-phrase.md`];
  const numbers = all.map(({ path }) => numberOf(path)).filter((number) => number !== undefined);
  const faults: string[] = [];
  if (numbers.filter((number) => number === own).length > 1) faults.push('shares its number');
  if (own > 1 && !numbers.includes(own - 1)) faults.push('leaves a gap before it');
  return faults.map((fault) => `${file.path} ${fault}`);
};

const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading]) => anchorOf(heading ?? ''));
}

/** Links between our own pages lead somewhere. `exists` answers for files that are not prose. */
export const linksLead =
  (exists: (path: string) => boolean): Rule =>
  (file, all) => {
    if (!isMarkdown(file.path)) return [];
    const links = [...file.text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
    return links
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [path = '', anchor] = target.split('#');
        const at = path === '' ? file.path : normalize(join(dirname(file.path), path));
        if (!exists(at)) return true;
        const page = all.find((other) => other.path === at);
        return anchor !== undefined && page !== undefined && !anchorsOf(page.text).includes(anchor);
      })
      .map((target) => `${file.path} links to ${target}, which is not there`);
  };
