/**
 * Where words and results go. For people: words on stdout, problems on stderr. With `--json`: one JSON document (or JSON
 * lines) on stdout and nothing else there; problems also as a sentence on stderr.
 */

export interface Output {
  readonly json: boolean;
  /** A line for people; silent with `--json`. */
  say(...lines: readonly string[]): void;
  /** The result for machines; silent without `--json`. */
  result(document: unknown): void;
  /** One line of a stream of JSON lines; silent without `--json`. */
  jsonLine(document: unknown): void;
  /** A line for people that must be seen in either mode. */
  warn(...lines: readonly string[]): void;
}

type TextStream = { write(text: string): unknown };

export function createOutput(streams: { stdout: TextStream; stderr: TextStream }, json: boolean): Output {
  return {
    json,
    say(...lines) {
      if (!json) for (const line of lines) streams.stdout.write(`${line}\n`);
    },
    result(document) {
      if (json) streams.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    },
    jsonLine(document) {
      if (json) streams.stdout.write(`${JSON.stringify(document)}\n`);
    },
    warn(...lines) {
      for (const line of lines) streams.stderr.write(`${line}\n`);
    },
  };
}
