/** Writes a ustar archive as a stream: enough for the file system of an image, no dependency. */

export interface TarEntry {
  /** Absolute; the leading slash is dropped. */
  readonly path: string;
  readonly mode: number;
  /** Null: a folder. */
  readonly content: TarContent | null;
}

export interface TarContent {
  readonly bytes: number;
  /** Must give exactly `bytes`. */
  read(): AsyncIterable<Buffer> | Iterable<Buffer>;
}

const BLOCK = 512;
const FILE = 0x30;
const FOLDER = 0x35;

export async function* writeTar(entries: Iterable<TarEntry>): AsyncGenerator<Buffer> {
  for (const entry of entries) {
    yield header(entry);
    if (entry.content === null) continue;
    let written = 0;
    for await (const piece of entry.content.read()) {
      written += piece.length;
      yield piece;
    }
    if (written !== entry.content.bytes) throw new Error(`${entry.path} changed while it was read.`);
    if (written % BLOCK > 0) yield Buffer.alloc(BLOCK - (written % BLOCK));
  }
  yield Buffer.alloc(2 * BLOCK);
}

function header({ path, mode, content }: TarEntry): Buffer {
  const block = Buffer.alloc(BLOCK);
  const text = (at: number, value: string) => block.write(value, at, 'latin1');
  const octal = (at: number, length: number, value: number) =>
    text(at, `${value.toString(8).padStart(length - 1, '0')}\0`);
  const [prefix, name] = splitPath(path.replace(/^\/+/, '') + (content === null ? '/' : ''));
  text(0, name);
  octal(100, 8, mode);
  octal(108, 8, 0); // owner and group: root
  octal(116, 8, 0);
  octal(124, 12, content?.bytes ?? 0);
  octal(136, 12, 0); // no time, so that the same files make the same archive
  block.fill(0x20, 148, 156); // the checksum counts itself as spaces
  block[156] = content === null ? FOLDER : FILE;
  text(257, 'ustar\0');
  text(263, '00');
  text(345, prefix);
  const sum = block.reduce((total, byte) => total + byte, 0);
  text(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return block;
}

/** A name holds 100 bytes; what stands before one of its slashes may go into a prefix of 155. */
function splitPath(path: string): readonly [string, string] {
  if (!/^[\x20-\x7e]+$/.test(path)) throw new Error(`${path} cannot be named in an archive.`);
  if (path.length <= 100) return ['', path];
  const cut = path.lastIndexOf('/', Math.min(155, path.length - 2));
  const [prefix, name] = [path.slice(0, Math.max(cut, 0)), path.slice(cut + 1)];
  if (cut <= 0 || name.length > 100) throw new Error(`${path} is too long for an archive.`);
  return [prefix, name];
}
