import ts from 'typescript';

const SUITES: ReadonlySet<string> = new Set(['describe', 'it', 'suite', 'test']);
/** What keeps a test, or a suite of them, from running each time, or from having to hold. */
const EXCEPTIONS: ReadonlySet<string> = new Set([
  'fails',
  'only',
  'runIf',
  'skip',
  'skipIf',
  'todo',
]);

export type Showing = 'a test that runs' | 'a test that does not run, or not always' | 'no test';

/**
 * What stands behind the name of a test in the text of a spec: the name is part of the title of a
 * test, of a suite, or of a row of their table.
 */
export function shownBy(spec: string, name: string): Showing {
  const source = ts.createSourceFile('a.spec.ts', spec, ts.ScriptTarget.Latest, true);
  const found: Showing[] = [];
  const titles = (node: ts.Node): readonly ts.Node[] => [node, ...usesAsRows(source, node)];
  const visit = (node: ts.Node): void => {
    if (isText(node) && node.text.includes(name)) {
      found.push(...titles(node).filter(isTitle).map(standingOf));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.find((one) => one !== 'a test that runs') ?? found[0] ?? 'no test';
}

type Text = ts.StringLiteral | ts.NoSubstitutionTemplateLiteral | ts.TemplateHead;

/** Of a text with values in it, what stands before the first. */
const isText = (node: ts.Node): node is Text =>
  ts.isStringLiteralLike(node) || ts.isTemplateHead(node);

/** Where a table of its own, in which this text stands, is given to `each`. */
function usesAsRows(source: ts.SourceFile, text: ts.Node): readonly ts.Node[] {
  const table = ts.findAncestor(text, ts.isVariableDeclaration);
  if (table === undefined || table.initializer === undefined) return [];
  if (ts.isFunctionLike(table.initializer)) return [];
  const uses: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    const isUse = ts.isIdentifier(node) && node.text === table.name.getText(source);
    if (isUse && node.parent !== table) uses.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return uses;
}

/** A title, or a row: no function stands between it and the call that makes the test. */
function isTitle(text: ts.Node): boolean {
  for (let node = text.parent; node !== undefined; node = node.parent) {
    if (ts.isFunctionLike(node)) return false;
    if (ts.isCallExpression(node) && SUITES.has(wordsOf(node.expression)[0] ?? '')) return true;
  }
  return false;
}

/** Of the test and of each suite around it. */
function standingOf(text: ts.Node): Showing {
  for (let node = text.parent; node !== undefined; node = node.parent) {
    if (!ts.isCallExpression(node)) continue;
    const words = wordsOf(node.expression);
    if (!SUITES.has(words[0] ?? '')) continue;
    const isExcepted = words.some((word) => EXCEPTIONS.has(word)) || hasException(node);
    if (isExcepted) return 'a test that does not run, or not always';
  }
  return 'a test that runs';
}

/** `it.concurrent.each(rows)` → it, concurrent, each. */
function wordsOf(callee: ts.Expression): readonly string[] {
  if (ts.isIdentifier(callee)) return [callee.text];
  if (ts.isPropertyAccessExpression(callee)) {
    return [...wordsOf(callee.expression), callee.name.text];
  }
  const inner = ts.isCallExpression(callee) || ts.isTaggedTemplateExpression(callee);
  if (!inner) return [];
  return wordsOf(ts.isCallExpression(callee) ? callee.expression : callee.tag);
}

/** Among its options, or by a call within a test's own body. */
function hasException(call: ts.CallExpression): boolean {
  return call.arguments.some((argument) => {
    if (ts.isObjectLiteralExpression(argument)) return argument.properties.some(isException);
    return ts.isFunctionLike(argument) && isTest(call) && callsSkip(argument);
  });
}

function isTest(call: ts.CallExpression): boolean {
  const [first] = wordsOf(call.expression);
  return first === 'it' || first === 'test';
}

function isException({ name }: ts.ObjectLiteralElementLike): boolean {
  return name !== undefined && EXCEPTIONS.has(name.getText());
}

function callsSkip(node: ts.Node): boolean {
  if (ts.isCallExpression(node) && isSkip(node.expression)) return true;
  return ts.forEachChild(node, (child) => callsSkip(child) || undefined) ?? false;
}

/** `skip()`, or `context.skip()` of one name. A reader of bits skips as well, by a longer way. */
function isSkip(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === 'skip';
  return (
    ts.isPropertyAccessExpression(callee) &&
    callee.name.text === 'skip' &&
    ts.isIdentifier(callee.expression) &&
    /^(?:context|ctx|task|test)$/.test(callee.expression.text)
  );
}
