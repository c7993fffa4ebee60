/** Reads the imports of every TypeScript file of the product, for the tests of the house. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

export type SourceFile = {
  /** Relative to the repository, with forward slashes. */
  path: string;
  /** Without comments. */
  code: string;
  /** Files of the repository that it imports, types included. */
  imports: string[];
};

const root = join(import.meta.dirname, '..', '..');

export function readSourceFiles(folders: readonly string[]): SourceFile[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.m?[tj]sx?$/.test(name) && !isBuilt(join(folder, name)))
        .map((name) =>
          readSourceFile(
            relative(root, join(root, folder, name))
              .split(sep)
              .join('/'),
          ),
        ),
    );
}

/** The page as it was built, which is no source. */
function isBuilt(path: string): boolean {
  return path.startsWith(join('web', 'dist') + sep);
}

function readSourceFile(path: string): SourceFile {
  const code = withoutComments(readFileSync(join(root, path), 'utf8'));
  return { path, code, imports: findImports(path, code) };
}

/** Line comments only where nothing but space stands before them: `https://` in a string is none. */
export function withoutComments(text: string): string {
  return text.replace(/^\s*\/\*[\s\S]*?\*\//gm, '').replace(/(^|\s)\/\/.*$/gm, '');
}

export function findImports(path: string, code: string): string[] {
  const specifiers = code.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*['"](\.[^'"]+)['"]/g);
  return [...specifiers].map(([, specifier]) => posix.normalize(posix.join(dirname(path), specifier ?? '')));
}

/** Each cycle once, as the list of files one walks along. */
export function findCycles(files: readonly SourceFile[]): string[][] {
  const imports = new Map(files.map((file) => [file.path, file.imports]));
  const done = new Set<string>();
  const cycles: string[][] = [];
  const walk = (path: string, trail: string[]) => {
    const at = trail.indexOf(path);
    if (at >= 0) cycles.push([...trail.slice(at), path]);
    if (at >= 0 || done.has(path)) return;
    for (const next of imports.get(path) ?? []) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const { path } of files) walk(path, []);
  return cycles;
}
