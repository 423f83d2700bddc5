import ts from 'typescript';

/** What keeps a row's test from running each time. */
const EXCEPTIONS: ReadonlySet<string> = new Set(['only', 'runIf', 'skip', 'skipIf', 'todo']);

/** A `row(stage, 7, …)` in a spec, and its case where it names one. */
export interface ShownRow {
  readonly number: number;
  readonly case: string | undefined;
}

/**
 * The rows of the fault matrix that a spec has tests of. A number that is no literal, as in a loop,
 * is none. Throws where one stands in a suite that does not always run.
 */
export function rowsShown(spec: string): readonly ShownRow[] {
  const source = ts.createSourceFile('a.spec.ts', spec, ts.ScriptTarget.Latest, true);
  const shown: ShownRow[] = [];
  const visit = (node: ts.Node): void => {
    const row = ts.isCallExpression(node) ? rowOf(node) : undefined;
    if (row !== undefined) {
      assertRuns(node, row);
      shown.push(row);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return shown;
}

function rowOf({ expression, arguments: [, number, settings] }: ts.CallExpression) {
  if (!ts.isIdentifier(expression) || expression.text !== 'row') return undefined;
  if (number === undefined || !ts.isNumericLiteral(number)) return undefined;
  return { number: Number(number.text), case: caseOf(settings) };
}

function caseOf(settings: ts.Expression | undefined): string | undefined {
  if (settings === undefined || !ts.isObjectLiteralExpression(settings)) return undefined;
  for (const property of settings.properties) {
    if (!ts.isPropertyAssignment(property) || property.name.getText() !== 'case') continue;
    if (ts.isStringLiteralLike(property.initializer)) return property.initializer.text;
  }
  return undefined;
}

function assertRuns(call: ts.Node, { number }: ShownRow): void {
  for (let node = call.parent; node !== undefined; node = node.parent) {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) continue;
    if (EXCEPTIONS.has(node.expression.name.text)) {
      throw new Error(`row ${number} stands in a suite that does not always run`);
    }
  }
}
